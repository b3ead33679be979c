/**
 * The numbers of checkpoints as people have them (test/fixtures/foreign): whose file holds state of RMSprop, whatever wrapped it.
 */
import { readFileSync } from 'node:fs';
import type { PlainCheckpoint, PlainGroup, TensorValue } from '../../../src/scenario/types.ts';
import { DEFAULTS } from '../../../src/scenario/fixed.ts';
import { readCheckpoint } from '../../../src/state-dict/checkpoint.ts';
import { toBits } from '../../../src/tensor/bits.ts';
import { Tensor } from '../../../src/tensor/tensor.ts';
import { type Group } from '../group.ts';
import { bells, bitsOf } from '../random.ts';
import { caseOf, load, optimizer, save, train } from './shared.ts';

/** The three tensors of the model that the files are of: `Linear(3, 2)`, and a `Linear(2, 1)` without a bias. */
const SHAPES = { weight: [2, 3], bias: [2], out: [1, 2] } as const;
const NAMES = Object.keys(SHAPES) as (keyof typeof SHAPES)[];

/** Files by the ids of cases, and where in them the optimizer lies. */
const FILES: Readonly<Record<string, readonly [file: string, ...at: (string | number)[]]>> = {
  full: ['torch-2.1.2/1-full.pt'],
  legacy: ['torch-2.1.2/3-legacy.pt'],
  'torch-1-3': ['torch-2.1.2/9-as-torch-1.3.pt'],
  untrained: ['torch-2.13.0/1-untrained.pt'],
  nested: ['torch-2.13.0/2-nested.pt', 'optimizer_state_dict'],
  lightning: ['torch-2.13.0/6-lightning.ckpt', 'optimizer_states', 0],
  'by-name': ['torch-2.13.0/5-dcp-fqn.pt'],
  fresh: ['torch-2.13.0/5-dcp-fresh.pt'],
  views: ['torch-2.13.0/8-views-of-one-storage.pt'],
  capturable: ['torch-2.13.0/11-capturable.pt'],
  'nan-and-negative': ['torch-2.13.0/12-nan-and-negative.pt'],
};

/** Group `foreign`: each file loaded over the model of one of them, saved, trained on and saved. */
export function foreign(): Group {
  const folder = new URL('../../../test/fixtures/foreign/', import.meta.url);
  const read = (file: string): unknown => readCheckpoint(readFileSync(new URL(file, folder)));
  const model = at(read(FILES['nested']![0]), ['model_state_dict']) as Map<string, Tensor>;
  const tensors = [...entriesOf(model)].map(([, tensor], i) => [
    NAMES[i]!,
    { ...valueOf(tensor as Tensor), parameter: true },
  ]);
  const bell = bells(31);
  const noisy = Array.from({ length: 4 }, () =>
    Object.fromEntries(NAMES.map((name) => [name, bitsOf('float32', Array.from({ length: numel(name) }, bell))])),
  );
  const cases = Object.entries(FILES).map(([id, [file, ...where]]) =>
    caseOf(id, ['LSD-2', 'LSD-4'], 'float32', [
      optimizer(
        {},
        undefined,
        NAMES.map((name) => `$${name}`),
      ),
      load(numbersOf(at(read(file), where))),
      save(),
      train(4, 0),
      save(),
    ]),
  );
  return {
    ...{ area: 'resume', name: 'foreign', title: 'the numbers of checkpoints as people have them' },
    ...{ tensors: Object.fromEntries(tensors), gradients: { noisy }, cases },
  };
}

/** What a state dict of one group says of numbers, its parameters by position. */
function numbersOf(file: unknown): PlainCheckpoint {
  const [group] = entry(file, 'param_groups') as readonly unknown[];
  const ids = entry(group, 'params') as readonly unknown[];
  const state = [...entriesOf(entry(file, 'state'))].map(([id, entries]) => {
    const own = [...entriesOf(entries)].map(([name, value]): [string, number | TensorValue] => {
      const key = String(name);
      if (key !== 'step') return [key, valueOf(value as Tensor)];
      return [key, value instanceof Tensor ? value.elements()[0]! : (value as number)];
    });
    return [NAMES[ids.findIndex((known) => String(known) === String(id))]!, Object.fromEntries(own)] as const;
  });
  const options = Object.keys(DEFAULTS).flatMap((option) => {
    const value = entry(group, option);
    return value === undefined ? [] : [[option, value] as const];
  });
  const plain = { params: NAMES, options: { ...DEFAULTS, ...Object.fromEntries(options) } } as PlainGroup;
  return { groups: [plain], state: Object.fromEntries(state) };
}

function at(start: unknown, keys: readonly (string | number)[]): unknown {
  return keys.reduce((container, key) => entry(container, key), start);
}

function entry(container: unknown, key: string | number): unknown {
  return container instanceof Map ? (container.get(key) as unknown) : (container as Record<string, unknown>)[key];
}

function entriesOf(dict: unknown): Iterable<readonly [unknown, unknown]> {
  return dict instanceof Map ? (dict as Map<unknown, unknown>) : Object.entries(dict as object);
}

function valueOf(tensor: Tensor): TensorValue {
  return { dtype: tensor.dtype, shape: tensor.shape, bits: toBits(tensor.elements()) };
}

function numel(name: keyof typeof SHAPES): number {
  return SHAPES[name].reduce((product: number, size) => product * size, 1);
}
