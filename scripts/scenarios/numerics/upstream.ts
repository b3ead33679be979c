/**
 * The configurations of PyTorch's own tests (spec/coverage.json): its options, groups, sizes, layouts and numbers of steps.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bells } from '../random.ts';
import { dict } from '../tiny.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STATE, train } from './case.ts';

const SHAPES = { weight: [10, 5], bias: [10], irrelevant: [1] } as const;

/** Steps of the tests of today; those of 2.1 do as many ten times over. */
const STEPS = 20;
const ROUNDS = 10;

/** The options that today's tests go through on a CPU. */
const INPUTS: readonly Options[] = [
  ...[{}, { lr: 0.001 }, { weight_decay: 0.1 }, { maximize: true }],
  ...[
    { weight_decay: 0.1, centered: true },
    { maximize: true, weight_decay: 0.1 },
  ],
  { weight_decay: 0.1, centered: true, momentum: 0.1 },
  { weight_decay: 0.1, centered: true, momentum: 0.1, maximize: true },
];

/** The options of 2.1's tests over two groups, of which the second has an lr of its own. */
const BASIC: readonly Options[] = [
  ...[{}, { centered: true }, { centered: true, momentum: 0.1 }],
  ...[{ momentum: 0.1 }, { momentum: 0.1, weight_decay: 1 }],
];

/** Group `upstream`. */
export function upstream(dtype: FloatingDType): Group {
  const bell = bells(31);
  const numbers = (name: keyof typeof SHAPES): number[] =>
    Array.from({ length: SHAPES[name].reduce((product: number, size) => product * size, 1) }, bell);
  const made = (name: keyof typeof SHAPES) => parameter(dtype, SHAPES[name], numbers(name));
  const rate = (shape: readonly number[]) => ({ dtype: 'float32', shape, bits: '3a83126f' }) as const;
  return group(dtype, 'upstream', "the configurations of PyTorch's own tests", {
    tensors: {
      ...{ weight: made('weight'), bias: made('bias'), irrelevant: made('irrelevant') },
      ...{ weight_slice: { ...made('weight'), layout: 'gapped' }, bias_slice: { ...made('bias'), layout: 'gapped' } },
      ...{ lr0: rate([]), lr1: rate([1]), lr2: rate([1, 1]) },
    },
    gradients: {
      whole: sequence(dtype, STEPS, () => ({ weight: numbers('weight'), bias: numbers('bias') })),
      slices: sequence(dtype, STEPS, () => ({ weight_slice: numbers('weight'), bias_slice: numbers('bias') })),
      each: sequence(dtype, STEPS, () => ({
        ...{ weight: numbers('weight'), bias: numbers('bias'), irrelevant: numbers('irrelevant') },
      })),
    },
    cases: [
      ...INPUTS.flatMap(bothPaths).flatMap((options) => [whole(dtype, options), slices(dtype, options)]),
      ...[false, true].flatMap((maximize) => basic(dtype, maximize)),
      ...[{}, { foreach: true }].flatMap((options) => tensorLr(dtype, options)),
      ...[{}, { foreach: true }].flatMap((options) => ownOptions(dtype, options)),
    ],
  });
}

function whole(dtype: FloatingDType, options: Options): ScenarioCase {
  const ops = [train('whole', STEPS, { params_at: [1, 5, STEPS] }), STATE];
  return caseOf(dtype, ['weight', 'bias'], options, ops);
}

function slices(dtype: FloatingDType, options: Options): ScenarioCase {
  const ops = [train('slices', STEPS, { params_at: [1, 5, STEPS] }), STATE];
  const extra = { id: slug(options, 'slices'), clauses: ['STA-3'], needs: ['layouts'] } as const;
  return caseOf(dtype, ['weight_slice', 'bias_slice'], options, ops, extra);
}

/** 200 steps over one group and over two. */
function basic(dtype: FloatingDType, maximize: boolean): ScenarioCase[] {
  const rounds = Array.from({ length: ROUNDS }, (_, i) =>
    train('whole', STEPS, { params_at: [0, 4, ROUNDS - 1].includes(i) ? [STEPS] : [] }),
  );
  const way: Options = maximize ? { maximize } : {};
  const one = bothPaths({ lr: 0.01, ...way }).map((options) =>
    caseOf(dtype, ['weight', 'bias'], options, [...rounds, STATE], { id: slug(options, 'basic') }),
  );
  const groups = [dict({ params: ['$weight'] }), dict({ params: ['$bias'], lr: 0.001 })];
  const two = BASIC.flatMap((own) => bothPaths({ lr: 0.01, ...own, ...way })).map((options) =>
    grouped(dtype, slug(options, 'basic-groups'), options, groups, [...rounds, STATE]),
  );
  return [...one, ...two];
}

/** An lr that is a number, and a tensor of it with none, one and two dimensions. */
function tensorLr(dtype: FloatingDType, options: Options): ScenarioCase[] {
  const ops = [train('whole', 5), STATE];
  return ['$lr0', '$lr1', '$lr2'].map((lr, rank) =>
    caseOf(dtype, ['weight', 'bias'], { ...options, lr }, ops, {
      id: slug(options, `tensor-lr-of-rank-${rank}`),
      clauses: ['OPT-4'],
      needs: ['tensor-lr', ...(rank > 0 ? (['errors', 'messages'] as const) : [])],
    }),
  );
}

/** A group without the weight decay of the others; groups whose own lr counts and not the optimizer's. */
function ownOptions(dtype: FloatingDType, options: Options): ScenarioCase[] {
  const ops = [train('each', STEPS, { params_at: [1, 5, STEPS] }), STATE];
  const params = (...names: readonly string[]): Value => names.map((name) => `$${name}`);
  return [
    grouped(
      dtype,
      slug(options, 'groups-weight_decay'),
      { ...options, weight_decay: 0.1 },
      [dict({ params: params('weight') }), dict({ params: params('bias', 'irrelevant'), weight_decay: 0 })],
      ops,
    ),
    grouped(
      dtype,
      slug(options, 'groups-lr'),
      { ...options, lr: 1e-28 },
      [
        ...[dict({ params: params('weight'), lr: 0.01 }), dict({ params: params('bias'), lr: 0.001 })],
        dict({ params: params('irrelevant') }),
      ],
      ops,
    ),
  ];
}

function grouped(
  dtype: FloatingDType,
  id: string,
  options: Options,
  params: readonly Value[],
  ops: readonly Op[],
): ScenarioCase {
  const made = caseOf(dtype, [], options, ops, { id, clauses: ['GRP-4'], needs: ['groups'] });
  return { ...made, program: [{ op: 'optimizer', params, options: { ...options } }, ...ops] };
}
