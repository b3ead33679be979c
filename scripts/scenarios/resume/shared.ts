/**
 * What area `resume` shares: three tensors, gradients, checkpoints of them, and terse operations.
 */
import type { Gradients, LoadOp, Op, PlainCheckpoint, PlainGroup } from '../../../src/scenario/types.ts';
import type { SaveOp, TensorSpec, TensorValue, Value } from '../../../src/scenario/types.ts';
import { DEFAULTS } from '../../../src/scenario/fixed.ts';
import { type Need, NEEDS } from '../../../src/scenario/needs.ts';
import { needsOf } from '../../../src/scenario/needs-of.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells, bitsOf, uniforms } from '../random.ts';
import type { Options } from '../tiny.ts';

const SHAPES = { scalar: [], vector: [3], matrix: [2, 3] } as const;

/** The names of the tensors. */
export const NAMES: readonly (keyof typeof SHAPES)[] = ['scalar', 'vector', 'matrix'];

const STEPS = 8;
/** Steps behind what a checkpoint holds. */
const TAKEN = 3;

/** Flags that the cases go through beside every combination. */
export const FLAGS: Readonly<Record<string, Options>> = {
  plain: {},
  momentum: { momentum: 0.9 },
  centered: { centered: true },
  'momentum+centered': { momentum: 0.9, centered: true },
  everything: { lr: 0.05, alpha: 0.9, eps: 0.001, weight_decay: 0.1, momentum: 0.5, centered: true, maximize: true },
};

/** Of an optimizer that loads: all of them are replaced by the file's (clause LSD-2). */
export const OTHER: Options = { lr: 3, alpha: 0.5, eps: 1 };

/** The tensors in an element type. */
export function tensors(dtype: FloatingDType): Record<string, TensorSpec> {
  const bell = bells(29_112_026);
  return Object.fromEntries(
    NAMES.map((name) => {
      const bits = bitsOf(dtype, Array.from({ length: numel(name) }, bell));
      return [name, { dtype, shape: SHAPES[name], bits, parameter: true }];
    }),
  );
}

/** `noisy` for all tensors; in `late` the vector has no gradient before step 5. */
export function gradients(dtype: FloatingDType): Record<string, readonly Gradients[]> {
  const bell = bells(1811);
  const noisy = Array.from({ length: STEPS }, () =>
    Object.fromEntries(NAMES.map((name) => [name, bitsOf(dtype, Array.from({ length: numel(name) }, bell))])),
  );
  const late = noisy.map((step, i) => (i < 4 ? { ...step, vector: null } : step));
  return { noisy, late };
}

/** A file of cases over the tensors. */
export function groupOf(name: string, title: string, dtype: FloatingDType, cases: readonly ScenarioCase[]): Group {
  const used = cases.some(({ program }) => program.some((op) => op.op === 'train' && op.gradients === 'late'));
  const { noisy, late } = gradients(dtype);
  const sequences = { noisy: noisy!, ...(used ? { late: late! } : {}) };
  return { area: 'resume', name, title, tensors: tensors(dtype), gradients: sequences, cases };
}

/** A case; its needs are read off its program. */
export function caseOf(
  id: string,
  clauses: readonly string[],
  dtype: FloatingDType,
  program: readonly Op[],
  needs: readonly Need[] = [],
): ScenarioCase {
  const late = program.some((op) => op.op === 'train' && op.gradients === 'late');
  const own = needsOf({ id, tensors: tensors(dtype), gradients: {}, program });
  const all = new Set<Need>([...own, ...needs, ...(late ? (['none-gradients'] as const) : [])]);
  return { id, clauses: ['LSD-1', ...clauses], needs: NEEDS.filter((need) => all.has(need)), program };
}

/** A checkpoint of a training that took three steps, with the buffers that its options need: as numbers that no port has computed. */
export function checkpoint(
  options: Options,
  dtype: FloatingDType,
  { names = NAMES, step = TAKEN }: { readonly names?: readonly (keyof typeof SHAPES)[]; readonly step?: number } = {},
): PlainCheckpoint {
  const [bell, uniform] = [bells(7), uniforms(8)];
  const state = Object.fromEntries(
    names.map((name) => {
      const all = (draw: () => number): number[] => Array.from({ length: numel(name) }, draw);
      const squares = all(() => 0.01 + bell() ** 2 / 40);
      const means = squares.map((square) => (uniform() - 0.5) * Math.sqrt(square));
      const velocities = all(() => 2 * bell());
      return [
        name,
        {
          step,
          square_avg: buffer(name, squares, dtype),
          ...(options['momentum'] ? { momentum_buffer: buffer(name, velocities, dtype) } : {}),
          ...(options['centered'] ? { grad_avg: buffer(name, means, dtype) } : {}),
        },
      ];
    }),
  );
  return { groups: [group(options)], state };
}

/** A group of a checkpoint, with all options of the formula. */
export function group(options: Options, params: readonly string[] = NAMES): PlainGroup {
  return { params, options: { ...DEFAULTS, ...options } };
}

/** Makes the optimizer `opt`, or another. */
export function optimizer(options: Options = {}, as?: string, params: Value = NAMES.map((name) => `$${name}`)): Op {
  return { op: 'optimizer', ...(as === undefined ? {} : { as }), params, options };
}

/** Trains an optimizer through gradients, from step `after` + 1 on. */
export function train(steps: number, after: number, optimizer?: string, sequence = 'noisy'): Op {
  return { op: 'train', ...(optimizer === undefined ? {} : { optimizer }), gradients: sequence, steps, after };
}

/** Loads a checkpoint, or the one that was saved last. */
export function load(value?: PlainCheckpoint, optimizer?: string): LoadOp {
  return { op: 'load', ...(optimizer === undefined ? {} : { optimizer }), ...(value === undefined ? {} : { value }) };
}

/** Observes and keeps what an optimizer would go on from. */
export function save(optimizer?: string): SaveOp {
  return { op: 'save', ...(optimizer === undefined ? {} : { optimizer }) };
}

function buffer(name: keyof typeof SHAPES, numbers: readonly number[], dtype: FloatingDType): TensorValue {
  return { dtype, shape: SHAPES[name], bits: bitsOf(dtype, numbers) };
}

function numel(name: keyof typeof SHAPES): number {
  return SHAPES[name].reduce((product: number, size) => product * size, 1);
}
