/**
 * Every combination of the flags over inputs that are not in golden/.
 */
import { bells, bitsOf, uniforms } from '../../scripts/scenarios/random.ts';
import { needsOf } from '../../src/scenario/needs-of.ts';
import type { Need } from '../../src/scenario/needs.ts';
import type { Gradients, Scenario, TensorSpec, Value } from '../../src/scenario/types.ts';
import type { DType } from '../../src/tensor/dtype.ts';

/** A scenario and what it takes. */
export interface Flagged {
  readonly scenario: Scenario;
  readonly needs: readonly Need[];
}

const SHAPES: Readonly<Record<string, readonly number[]>> = { a: [], b: [3], c: [2, 5] };
const STEPS = 4;

const FLAGS: Readonly<Record<string, readonly Value[]>> = {
  momentum: [0, 0.85],
  centered: [false, true],
  weight_decay: [0, 0.03],
  maximize: [false, true],
  foreach: [null, false, true],
  capturable: [false, true],
  differentiable: [false, true],
};

/** One scenario a combination: steps with a None gradient among them, the state after the first and the last, what it refuses. */
export function everyCombination(dtype: DType, seed: number): Flagged[] {
  let options: Record<string, Value>[] = [{}];
  for (const [flag, values] of Object.entries(FLAGS))
    options = options.flatMap((own) => values.map((value) => ({ ...own, [flag]: value })));
  return options.map((own, i) => scenarioOf(dtype, own, seed + i));
}

function scenarioOf(dtype: DType, flags: Record<string, Value>, seed: number): Flagged {
  const [bell, uniform] = [bells(seed), uniforms(seed + 1)];
  const numbers = (shape: readonly number[]): number[] =>
    Array.from(
      { length: shape.reduce((product, size) => product * size, 1) },
      () => bell() * 10 ** Math.floor(uniform() * 5 - 3),
    );
  // Where a step is recorded, parameters that are no leaves can be written to.
  const kind = flags['differentiable'] === true ? ({ leaf: false } as const) : ({ parameter: true } as const);
  const tensors: Record<string, TensorSpec> = {};
  for (const [name, shape] of Object.entries(SHAPES))
    tensors[name] = { dtype, shape, bits: bitsOf(dtype, numbers(shape)), ...kind };
  const gradients = Array.from({ length: STEPS }, (_, step): Gradients =>
    Object.fromEntries(
      Object.entries(SHAPES).map(([name, shape]) => [
        name,
        step === 2 && name === 'b' && !('leaf' in kind) ? null : bitsOf(dtype, numbers(shape)),
      ]),
    ),
  );
  const scenario: Scenario = {
    id: 'differential/flags/combination',
    tensors,
    gradients: { own: gradients },
    program: [
      {
        op: 'optimizer',
        params: Object.keys(SHAPES).map((name) => `$${name}`),
        options: { ...flags, lr: 0.037, alpha: 0.93, eps: 1e-5 },
      },
      { op: 'train', gradients: 'own', steps: 1 },
      { op: 'state' },
      { op: 'train', gradients: 'own', steps: STEPS - 1, after: 1 },
      { op: 'state' },
      { op: 'read', tensors: Object.keys(SHAPES) },
    ],
  };
  return { scenario, needs: needsOf(scenario) };
}
