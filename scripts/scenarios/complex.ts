/**
 * The complex part of area `dtypes`: every combination of the flags, numbers of every kind, layouts, real and complex parameters side by
 * side, state loaded from one into the other, and what is printed.
 */
import { NEEDS, type Need } from '../../src/scenario/needs.ts';
import type { TensorSpec } from '../../src/scenario/types.ts';
import { type ComplexDType, complex_dtypes, type OpmathDType, partDType } from '../../src/tensor/dtype.ts';
import type { Group } from './group.ts';
import { bothPaths, caseOf, type Options, parameter, sequence, STACKED, STATE, train } from './numerics/case.ts';
import { KIND_NAMES, KIND_STEPS, kindGradients, kinds } from './numerics/kinds.ts';
import { bells } from './random.ts';
import { dtypesInto } from './state-dict/cast.ts';
import { combinations } from './step.ts';
import { caseOf as smallCase, dict, groupOf, optimizer, plain } from './tiny.ts';

/** The complex groups of area `dtypes`. */
export function complexGroups(): Group[] {
  return [
    ...complex_dtypes.flatMap((dtype) => [flags(dtype), everyKind(dtype)]),
    ...[layouts(), sideBySide(), text()],
    inComplex(into('complex64', 'complex128'), { w: 'complex64', b: 'complex64', w2: 'complex128', b2: 'complex128' }),
    inComplex(into('complex128', 'complex64'), { w: 'complex128', b: 'complex128', w2: 'complex64', b2: 'complex64' }),
    inComplex(into('float32', 'complex64'), { w2: 'complex64', b2: 'complex64' }),
  ];
}

/** The complex tensors of a group, by name. */
type Complex = Readonly<Record<string, ComplexDType>>;

/** A group some of whose tensors become complex: the imaginary part of an element is the next element, of the last the first. */
function inComplex(group: Group, complex: Complex): Group {
  const pairs = (bits: string): string => {
    const parts = bits.split(' ');
    return parts.map((real, i) => `${real} ${parts[(i + 1) % parts.length]!}`).join(' ');
  };
  const tensors = Object.entries(group.tensors).map(([name, spec]): [string, TensorSpec] => {
    const dtype = complex[name];
    return [name, dtype === undefined ? spec : { ...spec, dtype, bits: pairs(spec.bits) }];
  });
  const gradients = Object.entries(group.gradients).map(([key, steps]) => [
    key,
    steps.map((step) =>
      Object.fromEntries(
        Object.entries(step).map(([name, bits]) => [name, bits !== null && name in complex ? pairs(bits) : bits]),
      ),
    ),
  ]);
  const real = new Set<Need>(tensors.map(([, { dtype }]) => dtype as Need));
  const needs = (own: readonly Need[]): Need[] =>
    NEEDS.filter((need) => need === 'complex' || (own.includes(need) && (!REAL.includes(need) || real.has(need))));
  return {
    ...{ ...group, area: 'dtypes', tensors: Object.fromEntries(tensors), gradients: Object.fromEntries(gradients) },
    cases: group.cases.map((own) => ({
      ...{ ...own, clauses: [...own.clauses, 'NUM-10'], needs: needs(own.needs) },
    })),
  };
}

const REAL: readonly Need[] = ['float32', 'float64'];

const STEPS = 20;

/** Group `flags`: a matrix that misses a gradient once, beside a tensor without dimensions. */
function flags(dtype: ComplexDType): Group {
  const own = partDType(dtype);
  const bell = bells(21);
  const numbers = (): number[] => Array.from({ length: 6 }, bell);
  const made: Group = {
    ...{ area: 'dtypes', name: `flags-${dtype}`, title: `every combination of the flags, ${STEPS} steps, ${dtype}` },
    tensors: { w: parameter(own, [2, 3], numbers()), s: parameter(own, [], [bell()]) },
    gradients: { noisy: sequence(own, STEPS, (step) => ({ w: step === 4 ? null : numbers(), s: [bell()] })) },
    cases: combinations({ differentiable: [false], foreach: [false, true] }).map((all) => {
      const options = Object.fromEntries(Object.entries(all).filter(([, value]) => value)) as Options;
      const observed = train('noisy', STEPS, { params_at: [1, 10, STEPS] });
      return caseOf(own, ['w', 's'], options, [observed, STATE], {
        clauses: ['RMS-1', 'STA-1', 'STA-3'],
        needs: ['none-gradients'],
      });
    }),
  };
  return inComplex(made, { w: dtype, s: dtype });
}

/** Group `kinds`: NaN, infinities, zeros of both signs and subnormals as parts of one number. */
function everyKind(dtype: ComplexDType): Group {
  const own = partDType(dtype);
  const sets: Options[] = [{}, { momentum: 0.9 }, { centered: true }, { weight_decay: 0.1 }, STACKED];
  const made: Group = {
    ...{ area: 'dtypes', name: `kinds-${dtype}`, title: `numbers of every kind as parts, ${dtype}` },
    ...{ tensors: kinds(own), gradients: { kinds: kindGradients(own) } },
    cases: [...sets, { weight_decay: 1, maximize: true }, { ...STACKED, maximize: true }]
      .flatMap(bothPaths)
      .map((options) => {
        const observed = train('kinds', KIND_STEPS, { params_at: [2, KIND_STEPS] });
        return caseOf(own, KIND_NAMES, options, [observed, STATE], { clauses: ['NUM-6'] });
      }),
  };
  return inComplex(made, Object.fromEntries(KIND_NAMES.map((name) => [name, dtype])));
}

/** Group `layouts`: state lies as its parameter does, and both are seen as parts. */
function layouts(): Group {
  const bell = bells(22);
  const views = { across: ['transposed', [2, 3]], every_second: ['gapped', [5]], narrow: ['gapped', [2, 1]] } as const;
  const names = Object.keys(views);
  const numbers = (): Record<string, number[]> =>
    Object.fromEntries(
      Object.entries(views).map(([name, [, shape]]) => [
        name,
        Array.from({ length: shape.reduce<number>((product, size) => product * size, 1) }, bell),
      ]),
    );
  const start = numbers();
  const made: Group = {
    ...{ area: 'dtypes', name: 'layouts-complex64', title: 'transposed and gapped parameters, complex64' },
    tensors: Object.fromEntries(
      Object.entries(views).map(([name, [layout, shape]]) => [
        name,
        { ...parameter('float32', shape, start[name]!), layout },
      ]),
    ),
    gradients: { noisy: sequence('float32', 2, numbers) },
    cases: [{}, STACKED].flatMap(bothPaths).map((options) =>
      caseOf('float32', names, options, [train('noisy', 2), STATE], {
        clauses: ['STA-3'],
        needs: ['layouts', 'state', 'bookkeeping'],
      }),
    ),
  };
  return inComplex(made, Object.fromEntries(names.map((name) => [name, 'complex64'])));
}

/** Group `mixed-complex`: real and complex parameters in one group, whose parts go through one list each. */
function sideBySide(): Group {
  const bell = bells(23);
  const numbers = (): number[] => Array.from({ length: 3 }, bell);
  const dtypes: Readonly<Record<string, OpmathDType>> = { a: 'float32', b: 'float32', c: 'float64', d: 'float64' };
  const names = Object.keys(dtypes);
  const steps = 4;
  const made: Group = {
    ...{ area: 'dtypes', name: 'mixed-complex', title: 'real and complex parameters in one group' },
    tensors: Object.fromEntries(names.map((name) => [name, parameter(dtypes[name]!, [3], numbers())])),
    gradients: {
      noisy: Array.from({ length: steps }, () =>
        Object.assign({}, ...names.map((name) => sequence(dtypes[name]!, 1, () => ({ [name]: numbers() }))[0])),
      ),
    },
    cases: [{}, { momentum: 0.9 }, { ...STACKED, maximize: true }].flatMap(bothPaths).map((options) =>
      caseOf('float32', names, options, [train('noisy', steps), STATE], {
        clauses: ['RMS-12', 'STA-3'],
        needs: ['float64'],
      }),
    ),
  };
  return inComplex(made, { b: 'complex64', d: 'complex128' });
}

function into(from: string, to: string): Group {
  const real = (dtype: string): OpmathDType => (dtype.endsWith('128') ? 'float64' : 'float32');
  const title = `state of ${from} parameters loaded for ${to} parameters`;
  return { ...dtypesInto('dtypes', real(from), real(to)), name: `${from}-into-${to}`, title };
}

/** Group `text-complex`: what is printed of complex tensors. */
function text(): Group {
  const vectors: Readonly<Record<string, readonly number[]>> = {
    whole: [1, -2, 0, 300, -7],
    decimals: [0.5, -1.25, 3, 0, 1e-3],
    far_apart: [1e-6, 2, 0.5, -3e9],
    broken: [NaN, Infinity, -Infinity, 1.5, -0],
    zeros: [0, -0],
    long: Array.from({ length: 30 }, (_, i) => (i % 3 === 1 ? -1 : 1) * (0.5 + i / 8)),
  };
  const shaped = {
    ...Object.fromEntries(Object.entries(vectors).map(([name, numbers]) => [name, plain([numbers.length], numbers)])),
    matrix: plain([2, 3], [1, 2.5, -3, 4, 5, -6]),
    none: plain([], [0.25]),
  };
  const tensors: Record<string, TensorSpec> = {
    ...shaped,
    ...Object.fromEntries(
      Object.entries(shaped).map(([name, spec]) => [`trained_${name}`, { ...spec, parameter: true }]),
    ),
  };
  const names = Object.keys(tensors);
  const shown = Object.fromEntries(names.map((name) => [name, `$${name}`]));
  const made = groupOf(
    ['dtypes', 'text-complex', 'complex tensors as text'],
    [
      smallCase(
        'text',
        ['RPR-7', 'RPR-8', 'RPR-9'],
        ['messages', 'bookkeeping'],
        [optimizer({}, [dict({ params: ['$w'], ...shown })]), { op: 'repr' }],
      ),
    ],
    { tensors },
  );
  return inComplex(made, Object.fromEntries(names.map((name) => [name, 'complex64'])));
}
