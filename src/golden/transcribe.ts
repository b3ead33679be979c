/**
 * A recorded case in the scenario language: its program, what was observed of each operation, and what it is good for.
 */
import type { Need } from '../scenario/needs.ts';
import type { Observation, Op, Value } from '../scenario/types.ts';
import { encodeNumber } from '../scenario/values.ts';
import { fromBits } from '../tensor/bits.ts';
import { type DType, isHalf } from '../tensor/dtype.ts';
import type { RecordedCase, RecordedGroup, RecordedState } from './recording.ts';
import type { CaseEntry } from './types.ts';

/** The name of the gradients that every imported program steps through. */
export const GRADIENTS = 'recorded';

/** A case of a golden file, with one observation an operation. */
export interface Transcribed {
  readonly entry: Omit<CaseEntry, 'observed'>;
  readonly observations: readonly Observation[];
}

/** Transcribes a case of a group; the bits stay as they are. */
export function transcribe(group: RecordedGroup, recorded: RecordedCase, id: string): Transcribed {
  const pairs = operations(group, recorded);
  // Half types have no bounds that would tell: what is wrong by little rounds away.
  const caught = isHalf(group.dtype) ? [] : catches(recorded);
  return {
    entry: {
      id,
      clauses: clauses(group, recorded),
      needs: needs(group, recorded),
      ...(caught.length ? { catches: caught } : {}),
      program: pairs.map(([op]) => op),
    },
    observations: pairs.map(([, observation]) => observation),
  };
}

/** The names of the tensors that learning rates are in a group, by their numbers. */
export function lrTensors({ cases }: RecordedGroup): ReadonlyMap<number, string> {
  const numbers = new Set(cases.flatMap(({ tensorLr }) => tensorLr ?? []));
  return new Map([...numbers].map((lr, i) => [lr, i === 0 ? 'lr' : `lr${i + 1}`]));
}

type Pair = readonly [Op, Observation];

/** Training is split where the state was recorded and before the steps whose lr was set. */
function operations(group: RecordedGroup, recorded: RecordedCase): Pair[] {
  const { options, tensorLr, lrSchedule, trajectory, state } = recorded;
  const params = Object.keys(group.inputs.shapes).map((name) => `$${name}`);
  const pairs: Pair[] = [
    [
      {
        op: 'optimizer',
        params,
        options: { ...options, ...(tensorLr === undefined ? {} : { lr: `$${lrTensors(group).get(tensorLr)!}` }) },
      },
      UNWARNED,
    ],
  ];
  const stops = new Set([...state.keys(), ...[...lrSchedule.keys()].map((step) => step - 1), trajectory.length]);
  let after = 0;
  for (const stop of [...stops].sort((a, b) => a - b)) {
    const steps = stop - after;
    if (steps > 0)
      pairs.push([
        { op: 'train', gradients: GRADIENTS, steps, ...(after ? { after } : {}) },
        { steps: trajectory.slice(after, stop), ...UNWARNED },
      ]);
    after = stop;
    const [seen, lr] = [state.get(stop), lrSchedule.get(stop + 1)];
    if (seen !== undefined)
      pairs.push([{ op: 'state' }, { value: encodeState(group, seen), not_observed: ['warnings', 'step-tensor'] }]);
    if (lr !== undefined) pairs.push([{ op: 'set', group: 0, option: 'lr', value: encodeNumber(lr) }, UNWARNED]);
  }
  return pairs;
}

const UNWARNED: Observation = { not_observed: ['warnings'] };

function encodeState({ dtype, inputs }: RecordedGroup, state: RecordedState): Value {
  // Recordings do not name devices; an update of parameters on the GPU runs only over buffers that are there too.
  const buffer = (name: string, bits: string): Value => ({
    $tensor: { dtype, shape: inputs.shapes[name]!, bits, device: 'cuda:0' },
  });
  return {
    $dict: Object.entries(state).map(([name, entry]) => [
      name,
      {
        $dict: Object.entries(entry).map(([key, value]) => [
          key,
          typeof value === 'number' ? encodeNumber(value) : buffer(name, value),
        ]),
      },
    ]),
  };
}

function clauses(group: RecordedGroup, { options, tensorLr, lrSchedule, trajectory }: RecordedCase): string[] {
  const { momentum, centered, weight_decay, maximize, foreach, capturable } = options;
  // Where foreach is left out, parameters on a GPU take the foreach path.
  const manyTensors = foreach !== false;
  const when = (condition: unknown, clause: string): string[] => (condition ? [clause] : []);
  return [
    ...when(hasNone(group), 'RMS-1'),
    ...when(maximize, 'RMS-2'),
    'RMS-3',
    ...when(weight_decay, 'RMS-4'),
    'RMS-5',
    ...when(centered, 'RMS-6'),
    'RMS-7',
    ...when(momentum, 'RMS-8'),
    'RMS-9',
    ...when(lrSchedule.size > 0, 'RMS-10'),
    ...when(manyTensors, 'RMS-12'),
    ...when(manyTensors && capturable && tensorLr !== undefined, 'RMS-13'),
    ...when(hasNaN(group.dtype, trajectory), 'RMS-17'),
    ...['NUM-5', 'NUM-6', 'STA-1', 'STA-2', 'STA-3', 'STA-4'],
    ...when(tensorLr !== undefined, 'OPT-4'),
  ];
}

const CLAIMABLE = ['momentum', 'centered', 'weight_decay', 'maximize', 'foreach', 'capturable'] as const;

function needs(group: RecordedGroup, { options, tensorLr, lrSchedule }: RecordedCase): Need[] {
  return [
    'numbers',
    group.dtype,
    ...(hasNone(group) ? (['none-gradients'] as const) : []),
    ...CLAIMABLE.filter((option) => options[option]),
    ...(tensorLr === undefined ? [] : (['tensor-lr'] as const)),
    ...(lrSchedule.size > 0 ? (['lr-change'] as const) : []),
  ];
}

/** The wrong rules (src/conformance/variants) that the case tells from right, by more than any rounding. */
function catches({ options }: RecordedCase): string[] {
  const { momentum, centered, weight_decay, alpha, eps } = options;
  // The variance is rounding alone: nothing is left to tell by.
  if (alpha === 1 || (centered && alpha === 0)) return [];
  // With weight decay and a short memory nothing is small enough for a small eps to show.
  const rootSeen = eps !== 0 && !(weight_decay && alpha === 0.5);
  return [
    ...(rootSeen ? ['eps-inside-root'] : []),
    ...(momentum ? ['lr-inside-buffer'] : []),
    ...(weight_decay ? ['decoupled-weight-decay'] : []),
    ...(centered ? ['stale-mean'] : []),
  ];
}

function hasNone({ inputs }: RecordedGroup): boolean {
  return inputs.grads.some((step) => Object.values(step).includes(null));
}

function hasNaN(dtype: DType, trajectory: RecordedCase['trajectory']): boolean {
  return trajectory.some((step) => Object.values(step).some((bits) => fromBits(dtype, bits).some(Number.isNaN)));
}
