/**
 * Area `step`: every combination of the flags, an lr that changes in mid-run, and the combinations that PyTorch refuses.
 */
import type { Gradients, Op, TensorSpec, Value } from '../../src/scenario/types.ts';
import type { FloatingDType, HalfDType } from '../../src/tensor/dtype.ts';
import type { Need } from '../../src/scenario/needs.ts';
import type { Group, ScenarioCase } from './group.ts';
import { bells, bitsOf, uniforms } from './random.ts';

const SHAPES = { scalar: [], vector: [7], matrix: [4, 5] } as const;
const PARAMS = Object.keys(SHAPES).map((name) => `$${name}`);
const STEPS = 20;

/** A combination of the options that area `step` goes through. */
export interface Flags {
  readonly momentum: number;
  readonly centered: boolean;
  readonly weight_decay: number;
  readonly maximize: boolean;
  readonly foreach: boolean | null;
  readonly differentiable: boolean;
}

/** Every combination of the flags over leaves, on both paths, as a group of an area of its own. */
export function halfFlags(dtype: HalfDType): Group {
  return {
    ...{ area: 'dtypes', name: `flags-${dtype}`, title: `every combination of the flags, ${STEPS} steps, ${dtype}` },
    tensors: params(dtype, true),
    gradients: { noisy: noisy(dtype, true) },
    cases: combinations({ differentiable: [false], foreach: [false, true] }).map((flags) => {
      const { catches: _, ...made } = flagCase(dtype, flags);
      return { ...made, clauses: [...made.clauses, 'NUM-9'] };
    }),
  };
}

/** The groups of area `step` for one dtype. */
export function stepGroups(dtype: FloatingDType): Group[] {
  const shared = { area: 'step', gradients: { noisy: noisy(dtype, true) } } as const;
  const leaves = params(dtype, true);
  return [
    {
      ...{ ...shared, name: `flags-${dtype}`, title: `every combination of the flags, ${STEPS} steps, ${dtype}` },
      tensors: leaves,
      cases: combinations({ differentiable: [false] }).map((flags) => flagCase(dtype, flags)),
    },
    {
      ...{
        ...shared,
        name: `differentiable-${dtype}`,
        title: `every combination with differentiable, over non-leaf tensors, ${dtype}`,
      },
      tensors: params(dtype, false),
      // Reading an absent gradient of a non-leaf tensor makes autograd warn, in words that differ from version to version.
      gradients: { noisy: noisy(dtype, false) },
      cases: combinations({ differentiable: [true] }).map((flags) =>
        flags.foreach ? refusedForeach(dtype, flags) : flagCase(dtype, flags),
      ),
    },
    {
      ...{ ...shared, name: `lr-change-${dtype}`, title: `an lr that changes in mid-run, ${dtype}` },
      tensors: leaves,
      cases: combinations({ differentiable: [false], foreach: [false, true], weight_decay: [0] }).map((flags) =>
        lrCase(dtype, flags),
      ),
    },
    {
      ...{
        ...shared,
        name: `refused-${dtype}`,
        title: `what PyTorch refuses to step: differentiable over leaves, capturable on the CPU, ${dtype}`,
      },
      tensors: leaves,
      cases: [
        ...combinations({ differentiable: [true] }).map((flags) =>
          refusedCase(dtype, 'leaves', [flags.foreach ? 'RMS-14' : 'GRD-2'], flags, {}),
        ),
        ...combinations({ differentiable: [false] }).map((flags) =>
          refusedCase(dtype, 'capturable', ['RMS-15', 'OPT-2', 'VER-1'], flags, { capturable: true }),
        ),
      ],
    },
  ];
}

/** The combinations of the flags, of those that are fixed with the given values alone. */
export function combinations(fixed: Partial<{ readonly [K in keyof Flags]: readonly Flags[K][] }>): Flags[] {
  const all = {
    ...{ momentum: [0, 0.9], centered: [false, true], weight_decay: [0, 0.1], maximize: [false, true] },
    ...{ foreach: [null, false, true], differentiable: [false, true] },
    ...fixed,
  };
  let made: Record<string, unknown>[] = [{}];
  for (const [key, values] of Object.entries(all))
    made = made.flatMap((flags) => (values as readonly unknown[]).map((value) => ({ ...flags, [key]: value })));
  return made as unknown as Flags[];
}

function flagCase(dtype: FloatingDType, flags: Flags): ScenarioCase {
  return {
    id: slug(flags),
    clauses: clauses(flags),
    needs: needs(dtype, flags),
    catches: catches(flags),
    program: [optimizer(flags), ...observedTraining([1, 10, STEPS])],
  };
}

function lrCase(dtype: FloatingDType, flags: Flags): ScenarioCase {
  return {
    id: slug(flags),
    clauses: [...clauses(flags), 'RMS-10'],
    needs: [...needs(dtype, flags), 'lr-change'],
    catches: catches(flags),
    program: [
      optimizer(flags),
      { op: 'train', gradients: 'noisy', steps: 8 },
      { op: 'set', group: 0, option: 'lr', value: 0.1 },
      { op: 'train', gradients: 'noisy', steps: 7, after: 8 },
      { op: 'set', group: 0, option: 'lr', value: 0.00001 },
      { op: 'train', gradients: 'noisy', steps: 5, after: 15 },
      { op: 'state' },
    ],
  };
}

function refusedForeach(dtype: FloatingDType, flags: Flags): ScenarioCase {
  return refused(slug(flags), ['RMS-14'], dtype, flags, {});
}

function refusedCase(
  dtype: FloatingDType,
  prefix: string,
  cited: readonly string[],
  flags: Flags,
  options: Record<string, Value>,
): ScenarioCase {
  return refused(`${prefix}-${slug(flags)}`, cited, dtype, flags, options);
}

function refused(
  id: string,
  cited: readonly string[],
  dtype: FloatingDType,
  flags: Flags,
  options: Record<string, Value>,
): ScenarioCase {
  const own: Need[] = 'capturable' in options ? ['capturable'] : [];
  return {
    id,
    clauses: cited,
    needs: [...needs(dtype, flags), ...own, 'errors'],
    program: [
      optimizer(flags, options),
      { op: 'train', gradients: 'noisy', steps: 2 },
      { op: 'read', tensors: Object.keys(SHAPES) },
      { op: 'state' },
    ],
  };
}

/** Trains up to the last of some steps and observes the state after each of them. */
function observedTraining(steps: readonly number[]): Op[] {
  return steps.flatMap((step, i): Op[] => {
    const after = steps[i - 1] ?? 0;
    return [{ op: 'train', gradients: 'noisy', steps: step - after, ...(after ? { after } : {}) }, { op: 'state' }];
  });
}

function optimizer(flags: Flags, options: Record<string, Value> = {}): Op {
  return { op: 'optimizer', params: PARAMS, options: { ...flags, ...options } };
}

function slug({ momentum, centered, weight_decay, maximize, foreach, differentiable }: Flags): string {
  const on = { momentum, centered, weight_decay, maximize, differentiable };
  const names = Object.entries(on).flatMap(([name, value]) => (value ? [name] : []));
  return [...(names.length ? names : ['plain']), `foreach=${foreach === null ? 'none' : foreach}`].join('+');
}

/** The clauses that a combination tries. */
export function clauses({ momentum, centered, weight_decay, maximize, foreach, differentiable }: Flags): string[] {
  return [
    ...['RMS-1', 'RMS-3', 'RMS-5', 'RMS-7', 'RMS-9', 'STA-1', 'STA-2', 'STA-3', 'STA-4', 'NUM-1'],
    ...(maximize ? ['RMS-2'] : []),
    ...(weight_decay ? ['RMS-4'] : []),
    ...(centered ? ['RMS-6'] : []),
    ...(momentum ? ['RMS-8'] : []),
    ...(foreach === false ? [] : ['RMS-12']),
    ...(differentiable ? ['GRD-1', 'GRD-2'] : []),
  ];
}

function needs(
  dtype: FloatingDType,
  { momentum, centered, weight_decay, maximize, foreach, differentiable }: Flags,
): Need[] {
  const options: [Need, unknown][] = [
    ...([
      ['momentum', momentum],
      ['centered', centered],
      ['weight_decay', weight_decay],
    ] as [Need, unknown][]),
    ...([
      ['maximize', maximize],
      ['foreach', foreach],
      ['differentiable', differentiable],
    ] as [Need, unknown][]),
  ];
  return [
    'numbers',
    dtype,
    ...(differentiable ? [] : (['none-gradients'] as const)),
    ...options.flatMap(([need, on]) => (on ? [need] : [])),
  ];
}

/** The variants that a combination catches. */
export function catches({ momentum, centered, weight_decay }: Flags): string[] {
  return [
    'eps-inside-root',
    ...(momentum ? ['lr-inside-buffer'] : []),
    ...(weight_decay ? ['decoupled-weight-decay'] : []),
    ...(centered ? ['stale-mean'] : []),
  ];
}

/** The tensors of area `step`. */
export function params(dtype: FloatingDType, leaf: boolean): Record<string, TensorSpec> {
  const bell = bells(20_261_123);
  return Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape]) => {
      const bits = bitsOf(dtype, Array.from({ length: numel(shape) }, bell));
      return [name, { dtype, shape, bits, ...(leaf ? { parameter: true } : { leaf: false }) }];
    }),
  );
}

/**
 * Gradients of sizes from 0.001 to 10: `vector` has none in steps 4 and 5 and tiny ones in step 10, `matrix` a zero one in step 8.
 * Without `withNone` the vector has a gradient in every step. The first element of each tensor has the same gradient in every step.
 */
export function noisy(dtype: FloatingDType, withNone: boolean): Gradients[] {
  const [bell, uniform] = [bells(1), uniforms(2)];
  return Array.from({ length: STEPS }, (_, i) => {
    const step = i + 1;
    return Object.fromEntries(
      Object.entries(SHAPES).map(([name, shape]) => {
        const numbers = Array.from({ length: numel(shape) }, (_, at) =>
          at === 0 ? 0.3 : bell() * SIZES[Math.floor(uniform() * SIZES.length)]!,
        );
        if (withNone && name === 'vector' && (step === 4 || step === 5)) return [name, null];
        if (name === 'vector' && step === 10)
          return [
            name,
            bitsOf(
              dtype,
              numbers.map((x) => x * 2 ** -40),
            ),
          ];
        return [name, bitsOf(dtype, name === 'matrix' && step === 8 ? numbers.map(() => 0) : numbers)];
      }),
    );
  });
}

const SIZES = [0.001, 0.01, 0.1, 0.5, 1, 1, 2, 5];

function numel(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
