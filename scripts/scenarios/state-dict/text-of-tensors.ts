/**
 * Tensors as text: they stand as options of a group, and the optimizer is printed.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Op, TensorSpec, Value } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, groupOf, optimizer, parameter, plain, train, twinGradients, twins } from '../tiny.ts';

/** Tensors of one case, by the clause that they are about. */
interface Shown {
  readonly clause: string;
  readonly tensors: readonly TensorSpec[];
}

/** Group `text-of-tensors` of an element type. */
export function textOfTensors(dtype: FloatingDType): Group {
  const shown = { ...forms(dtype), ...lines(dtype), ...(dtype === 'float32' ? cuts() : {}), ...states(dtype) };
  const cases = Object.entries(shown).map(([id, { clause, tensors }]) =>
    printed(id, [clause], [dtype], named(id, tensors)),
  );
  return groupOf(
    ['state_dict', `text-of-tensors-${dtype}`, `tensors of ${dtype} as text`],
    [...cases, ...recorded(dtype)],
    {
      tensors: { ...twins(dtype), ...allNamed(shown), clone: clone([2], [0.5, -1], dtype) },
      gradients: { ...twinGradients(dtype), clone: [{ clone: dtype === 'float32' ? HALVES32 : HALVES64 }] },
    },
  );
}

const HALVES32 = '3f000000 3f000000';
const HALVES64 = '3fe0000000000000 3fe0000000000000';

/** Group `text-of-odd-tensors`: without elements, of other layouts, of both element types in one container. */
export function textOfOddTensors(): Group {
  const shown = {
    empty: { clause: 'RPR-8', tensors: empty('float32') },
    'empty-float64': { clause: 'RPR-9', tensors: empty('float64') },
    layouts: {
      clause: 'RPR-8',
      tensors: [
        { ...plain([2, 3], numbers(6)), layout: 'transposed' as const },
        { ...plain([3], [1, 2, 3]), layout: 'gapped' as const },
        { ...plain([1, 2, 2, 2], numbers(8)), layout: 'channels_last' as const },
        { ...parameter([1, 2, 3]), layout: 'gapped' as const },
        { ...plain([30, 40], numbers(1200)), layout: 'transposed' as const },
      ],
    },
  };
  const needs = ['float32', 'float64', 'empty-tensors', 'layouts'] as const;
  return groupOf(
    ['state_dict', 'text-of-odd-tensors', 'tensors without elements or of other layouts as text'],
    Object.entries(shown).map(([id, { clause, tensors }]) => printed(id, [clause], needs, named(id, tensors))),
    { tensors: allNamed(shown) },
  );
}

/** Which form is taken for all elements. */
function forms(dtype: FloatingDType): Record<string, Shown> {
  const of = (...all: readonly (readonly number[])[]): Shown => ({
    clause: 'RPR-7',
    tensors: all.map((elements) => plain([elements.length], elements, dtype)),
  });
  const zeros = [[0], [-0], [0, -0], [0, -0, 10], [-0, 0.5]];
  const notFinite = [[NaN], [Infinity, -Infinity], [NaN, 0], [NaN, 1], [-Infinity, 100], [NaN, 0.5, -Infinity]];
  return {
    fractions: of([0.25], [0.1, -0.2], [1.5, -20.25, 300], [99999.5, 100], [-0.00012]),
    whole: of([1], [1, -20, 300], [123456789], [1, 10, 100, 1000]),
    zeros: of(...zeros),
    'not-finite': of(...notFinite, [Infinity, 1e9], [NaN, 1e-5]),
    quotient: of([1, 1000], [1, 1001], [0.5, 500], [0.5, 500.5], [0, 1000.5, Infinity], [-1001, 1]),
    greatest: of([1e8], [-1e8], [1e8 + 8], [-1e8 - 8], [99999999.5]),
    // The nearest float32 to 1e-4 is less than that.
    least: of([1e-4], [0.00010001], [0.000099], [-1e-5], [2 ** -14], [2 ** -13]),
    halves: of([0.03125, 0.09375, 0.15625, -0.21875], [2.00390625, 8.03125], [100005, 100015, 1], [1000050000, 1]),
    'carried-digits': of([0.99995, 9.99995], [9.99995e-6], [999995000]),
    exponents: of([1e-10, 1], [1e30], [3e-38, 3e38], dtype === 'float32' ? [2 ** -149] : [5e-324, 1.5e300, -1e-100]),
  };
}

/** Brackets, and where a line ends. */
function lines(dtype: FloatingDType): Record<string, Shown> {
  const of = (...shapes: readonly (readonly number[])[]): Shown => ({
    clause: 'RPR-8',
    tensors: shapes.map((shape) => plain(shape, numbers(count(shape)), dtype)),
  });
  const filled = (size: number, element: number): TensorSpec => plain([size], Array(size).fill(element), dtype);
  return {
    vectors: of([7], [8], [9], [10], [18], [19]),
    'vectors-of-other-widths': {
      clause: 'RPR-8',
      // A line has 73 characters after the bracket; each element takes two more than it has.
      tensors: [filled(40, 1), filled(30, -10), filled(20, 1e10), filled(20, 12345.5), filled(15, 1234567.25)],
    },
    matrices: of([1, 1], [2, 3], [3, 1], [2, 12], [9, 8]),
    'more-dimensions': of([2, 2, 2], [1, 1, 1], [2, 1, 2, 2], [1, 2, 1, 2, 1], [1, 1, 1, 1, 1, 1, 1, 11]),
    'one-number': {
      clause: 'RPR-2',
      tensors: [plain([], [0.1], dtype), plain([], [3], dtype), plain([], [1e-9], dtype)],
    },
  };
}

/** More than 1000 elements. */
function cuts(): Record<string, Shown> {
  const of = (...shapes: readonly (readonly number[])[]): Shown => ({
    clause: 'RPR-8',
    tensors: shapes.map((shape) => plain(shape, digits(count(shape)))),
  });
  // What is left out tells nothing: not the form, not the width.
  const hidden = digits(1001).map((x, i) => (i === 500 ? 1.5e9 : x));
  const seen = digits(1001).map((x, i) => (i === 998 ? -1.5 : x));
  return {
    'not-cut': of([1000], [10, 100]),
    'cut-vectors': {
      clause: 'RPR-8',
      tensors: [...of([1001]).tensors, plain([1001], hidden), plain([1001], seen)],
    },
    'cut-matrices': of([30, 40], [7, 150], [6, 200], [200, 6], [1, 1001], [1001, 1]),
    'cut-of-more-dimensions': of([7, 8, 20], [2, 3, 200], [6, 2, 100], [8, 1, 130], [1, 1, 1, 1002]),
  };
}

/** Parameters, and what stands behind the elements. */
function states(dtype: FloatingDType): Record<string, Shown> {
  const all = (make: (shape: readonly number[], elements: readonly number[]) => TensorSpec): TensorSpec[] => [
    make([], [0.1]),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((size) => make([size], numbers(size))),
    // The last line is filled to the last character, and to one more.
    ...[make([2, 7], Array(14).fill(1000)), make([2, 10], Array(20).fill(10)), make([9], Array(9).fill(12.125))],
    make([2, 2], numbers(4)),
  ];
  return {
    parameters: { clause: 'RPR-9', tensors: all((shape, own) => ({ ...plain(shape, own, dtype), parameter: true })) },
    'cut-clone': { clause: 'RPR-9', tensors: [clone([1001], digits(1001), dtype)] },
    clones: { clause: 'RPR-9', tensors: all((shape, own) => clone(shape, own, dtype)) },
    plain: { clause: 'RPR-9', tensors: all((shape, own) => plain(shape, own, dtype)) },
  };
}

/** A tensor that is no leaf has the name of the operation that wrote it last. */
function recorded(dtype: FloatingDType): ScenarioCase[] {
  const text: Op = { op: 'repr' };
  const options = { first: {}, momentum: { momentum: 0.9 }, centered: { centered: true } };
  return Object.entries(options).map(([id, own]) =>
    caseOf(
      `recorded-${id}`,
      ['RPR-9', 'GRD-1'],
      ['messages', 'bookkeeping', dtype],
      [
        optimizer({ differentiable: true, ...own }, [dict({ params: ['$clone'], itself: ['$clone'] })]),
        ...[text, train(1, { gradients: 'clone' }), text],
      ],
    ),
  );
}

function printed(id: string, clauses: readonly string[], needs: readonly Need[], tensors: Named): ScenarioCase {
  const options: Record<string, Value> = Object.fromEntries(Object.keys(tensors).map((name) => [name, `$${name}`]));
  const program: Op[] = [optimizer({}, [dict({ params: ['$w'], ...options })]), { op: 'repr' }];
  return caseOf(id, clauses, ['messages', 'bookkeeping', ...needs], program);
}

type Named = Readonly<Record<string, TensorSpec>>;

function named(id: string, tensors: readonly TensorSpec[]): Named {
  return Object.fromEntries(tensors.map((spec, i) => [`${id.replaceAll('-', '_')}_${i}`, spec]));
}

function allNamed(shown: Readonly<Record<string, Shown>>): Named {
  return Object.fromEntries(Object.entries(shown).flatMap(([id, { tensors }]) => Object.entries(named(id, tensors))));
}

function empty(dtype: FloatingDType): TensorSpec[] {
  const shapes = [[0], [0, 3], [3, 0], [2, 0, 3], [0, 0]];
  return [...shapes.map((shape) => plain(shape, [], dtype)), { ...plain([0, 3], [], dtype), parameter: true }];
}

function clone(shape: readonly number[], elements: readonly number[], dtype: FloatingDType): TensorSpec {
  return { ...plain(shape, elements, dtype), leaf: false };
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Numbers of four decimals and two signs. */
function numbers(size: number): number[] {
  return Array.from({ length: size }, (_, i) => (i % 3 === 1 ? -1 : 1) * (0.5 + i / 8));
}

/** Numbers of one digit. */
function digits(size: number): number[] {
  return Array.from({ length: size }, (_, i) => i % 10);
}
