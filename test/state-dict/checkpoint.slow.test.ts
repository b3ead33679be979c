/**
 * Every golden case that saves: what it saved goes out through a .pt file into real PyTorch, trains on there, comes back, and goes on in
 * the port, where RMSPROOF_TORCH names interpreters that have it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import type { StateDict } from '../../src/optim/state-dict.ts';
import { setWarningSink } from '../../src/python/warnings.ts';
import { interpret } from '../../src/scenario/interpreter.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/state-dict/checkpoint.ts';
import { toJSON } from '../../src/state-dict/json.ts';
import { portOf } from '../../src/subject/port.ts';
import type { Reference } from '../../src/tensor/aten.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { REFERENCES } from '../../src/validation/dry-run.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { pythons, versionOf } from '../fixtures/torch.ts';
import { real } from './real.ts';

/** Steps there, and then here. */
const STEPS = 3;

/** A file between the two. */
interface Trained {
  readonly optimizer: StateDict;
  readonly groups: readonly (readonly Tensor[])[];
  readonly gradients: readonly (readonly Tensor[])[];
}

/** Gradients that are neither round nor alike. */
function gradients(params: readonly Tensor[], from: number): Tensor[][] {
  return Array.from({ length: STEPS }, (_, t) =>
    params.map(({ dtype, shape }, p) => {
      const numel = shape.reduce((product, size) => product * size, 1);
      const numbers = Array.from({ length: numel }, (_, i) => Math.sin(1 + i + 7 * p + 31 * (from + t)) * 3);
      const data = dtype === 'float64' ? Float64Array.from(numbers) : Float32Array.from(numbers);
      return new Tensor({ dtype, shape, data });
    }),
  );
}

/** Trains on, in the port; gives the error's text where something raises. */
function train({ optimizer, groups, gradients: steps }: Trained, reference: Reference): RMSprop | string {
  try {
    const made = new RMSprop(
      groups.map((params) => ({ params: [...params] })),
      {},
      { reference },
    );
    made.load_state_dict(optimizer);
    for (const step of steps) {
      groups.flat().forEach((p, i) => (p.grad = step[i]!));
      made.step();
    }
    return made;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const text = (optimizer: RMSprop): string =>
  JSON.stringify(toJSON({ saved: optimizer.state_dict(), params: optimizer.param_groups.map(({ params }) => params) }));

describe.each(pythons)('%s', (python) => {
  test('every golden case of state_dict that saves goes there and back', async () => {
    const version = versionOf(python);
    const reference = REFERENCES.find((one) => version.startsWith(`${one}.`))!;
    const files: Uint8Array[] = [];
    const seen = new Set<string>();
    let left = 0;
    class Saving extends RMSprop {
      override state_dict(): StateDict {
        const saved = super.state_dict();
        const groups = this.param_groups.map(({ params }) => params);
        const all = groups.flat();
        const isPlain = all.every(
          (p) => p instanceof Tensor && p.device === 'cpu' && p.dtype !== 'int64' && p.is_leaf && !p.is_sparse,
        );
        try {
          if (!isPlain) throw new globalThis.TypeError('only plain parameters go on');
          const bytes = writeCheckpoint({ optimizer: saved, groups, gradients: gradients(all, 0) });
          const key = Buffer.from(bytes).toString('latin1');
          if (!seen.has(key)) files.push(bytes);
          seen.add(key);
        } catch (error) {
          if (!(error instanceof globalThis.TypeError)) throw error;
          left += 1;
        }
        return saved;
      }
    }
    const sink = setWarningSink(() => undefined);
    const { cases } = readGolden(undefined, (name) => name.startsWith('state_dict/'));
    for (const { scenario } of cases) await interpret(scenario, portOf(Saving, { version, arithmetic: 'separate' }));
    expect(files.length).toBeGreaterThan(100);
    // One case saves the state of a parameter that autograd made.
    expect(left).toBeLessThan(3);

    const folder = temporaryFolder();
    const paths = files.map((bytes, i) => {
      writeFileSync(`${folder}/${i}.pt`, bytes);
      return `${folder}/${i}.pt`;
    });
    const sqrt = fileURLToPath(new URL('../../src/subject/torch', import.meta.url));
    const said = real(python, 'train', sqrt, ...paths) as (string | null)[];
    let wentOn = 0;
    files.forEach((bytes, i) => {
      const here = train(readCheckpoint(bytes.slice()) as Trained, reference);
      expect(typeof here === 'string' ? here : null, `${i}`).toBe(said[i]);
      if (typeof here === 'string') return;
      const more = gradients(
        here.param_groups.flatMap(({ params }) => params),
        STEPS,
      );
      const back = readCheckpoint(readFileSync(`${paths[i]}.back`)) as Trained;
      const there = train({ ...back, gradients: more }, reference);
      const groups = here.param_groups.map(({ params }) => params);
      const on = train({ optimizer: here.state_dict(), groups, gradients: more }, reference);
      expect(typeof on === 'string' ? on : text(on), `${i}`).toBe(typeof there === 'string' ? there : text(there));
      if (typeof on !== 'string') wentOn += 1;
    });
    setWarningSink(sink);
    expect(wentOn).toBeGreaterThan(100);
  });
});
