/**
 * Gradients that are set once and kept for three steps: whoever changes the gradient that it is given computes with another one
 * from the second step on.
 */
import type { Gradients, Op } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bitsOf } from '../random.ts';
import { caseOf, clone } from '../small.ts';
import { type Options, optimizer, parameter, read, state, train } from '../tiny.ts';

/** Each option makes or would make another gradient, or works on it. */
const OPTIONS: Readonly<Record<string, Options>> = {
  weight_decay: { weight_decay: 0.1 },
  maximize: { maximize: true },
  momentum: { momentum: 0.9 },
  centered: { centered: true },
  foreach: { foreach: true },
};

/** Groups `kept`, of either dtype. */
export function kept(dtype: FloatingDType): Group {
  const once = (gradients: Readonly<Record<string, readonly number[]>>): Gradients =>
    Object.fromEntries(Object.entries(gradients).map(([name, numbers]) => [name, bitsOf(dtype, numbers)]));
  const [b, later] = [{ b: [0.75] }, { b: [-1.5] }];
  const needs = dtype === 'float64' ? (['float64'] as const) : [];
  const clauses = ['RMS-11', 'RMS-2', 'RMS-4'];
  const flags = combinations().map((options) =>
    caseOf(Object.keys(options).join('+') || 'plain', clauses, needs, [
      ...[optimizer(options, ['$p']), ...stepwise('once', 'p'), state()],
    ]),
  );
  const both: Options = { weight_decay: 0.1, maximize: true };
  return {
    ...{ area: 'grads', name: `kept-${dtype}`, title: `one gradient for three steps, ${dtype}` },
    tensors: {
      p: parameter([1, 2], dtype),
      b: parameter([0.5], dtype),
      ...(dtype === 'float32' ? { clone: clone([1, 2]) } : {}),
    },
    gradients: {
      once: [once({ p: [0.5, -0.25] }), {}, {}],
      beside: [once({ p: [0.5, -0.25], ...b }), once(later), once(b)],
      absent: [once({ p: [0.5, -0.25], ...b }), { b: null }, once({ ...later, p: [1, 1] })],
      ...(dtype === 'float32' ? { clone: [once({ clone: [0.5, -0.25] }), {}, {}] } : {}),
    },
    cases: [
      ...flags,
      ...[both, { ...both, foreach: true }].flatMap((options): ScenarioCase[] => [
        caseOf(Object.keys({ beside: 1, ...options }).join('+'), clauses, needs, [
          ...[optimizer(options, ['$p', '$b']), ...stepwise('beside', 'p', 'b'), state()],
        ]),
        caseOf(
          Object.keys({ absent: 1, ...options }).join('+'),
          [...clauses, 'RMS-1'],
          [...needs, 'none-gradients'],
          [...[optimizer(options, ['$p', '$b']), ...stepwise('absent', 'p', 'b'), state()]],
        ),
      ]),
      ...(dtype === 'float32' ? [recorded(both)] : []),
    ],
  };
}

/** With recording on, over a tensor that is no leaf. */
function recorded(options: Options): ScenarioCase {
  return caseOf(
    'recorded',
    ['RMS-11', 'GRD-1'],
    [],
    [...[optimizer({ differentiable: true, ...options }, ['$clone']), ...stepwise('clone', 'clone'), state()]],
  );
}

/** Three steps, the tensors read after each: a step observes of itself only the tensors whose gradients it sets. */
function stepwise(gradients: string, ...names: readonly string[]): Op[] {
  return [0, 1, 2].flatMap((after) => [train(1, { gradients, ...(after ? { after } : {}) }), read(...names)]);
}

function combinations(): Options[] {
  return Object.values(OPTIONS).reduce<Options[]>(
    (made, option) => made.flatMap((options) => [options, { ...options, ...option }]),
    [{}],
  );
}
