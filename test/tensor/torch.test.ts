/**
 * What the functions of `torch` take and refuse, as ATen does; how they round is held by the golden files.
 */
import { describe, expect, test } from 'vitest';
import { arithmetics } from '../../src/tensor/arithmetic/index.ts';
import type { Reference } from '../../src/tensor/aten.ts';
import { set_grad_enabled } from '../../src/tensor/grad-mode.ts';
import { Elementwise } from '../../src/tensor/ops.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';
import { Torch } from '../../src/tensor/torch.ts';

const torchOf = (reference: Reference): Torch => new Torch(new Elementwise(arithmetics.separate), reference);
const torch = torchOf('2.13');
const tensor = (...data: number[]): Tensor =>
  new Tensor({ dtype: 'float64', shape: [data.length], data: Float64Array.from(data) });
const scalar = (x: number): Tensor => new Tensor({ dtype: 'float64', shape: [], data: Float64Array.of(x) });
const elements = (tensors: readonly Tensor[]): number[][] => tensors.map((x) => [...x.elements()]);

describe('of a tensor', () => {
  test.each<readonly [string, () => Tensor, readonly number[]]>([
    ['neg', () => torch.neg(tensor(1, -2)), [-1, 2]],
    ['mul_ by a number', () => torch.mul_(tensor(1, -2), 3), [3, -6]],
    ['mul_ by a boolean', () => torch.mul_(tensor(1, -2), true), [1, -2]],
    ['mul_ by a tensor', () => torch.mul_(tensor(1, -2), tensor(2, 3)), [2, -6]],
    ['add', () => torch.add(tensor(1), tensor(2), { alpha: 3 }), [7]],
    ['add, alpha a tensor without dimensions', () => torch.add(tensor(1), tensor(2), { alpha: scalar(3) }), [7]],
    ['add_ of a number', () => torch.add_(tensor(1), 2), [3]],
    ['addcmul', () => torch.addcmul(tensor(1), tensor(2), tensor(3), { value: -1 }), [-5]],
    ['addcmul_', () => torch.addcmul_(tensor(1), tensor(2), tensor(3)), [7]],
    ['addcdiv_', () => torch.addcdiv_(tensor(1), tensor(6), tensor(3), { value: 2 }), [5]],
    ['lerp_', () => torch.lerp_(tensor(1), tensor(5), 0.25), [2]],
    ['sqrt', () => torch.sqrt(tensor(9)), [3]],
    ['sqrt_', () => torch.sqrt_(tensor(9)), [3]],
  ])('%s', (_, run, expected) => {
    expect([...run().elements()]).toEqual(expected);
  });

  test.each<readonly [string, () => unknown, string]>([
    ['TypeError', () => torch.mul_(tensor(1), 'a'), "mul_(): argument 'other' (position 1) must be Tensor, not str"],
    ['AttributeError', () => torch.mul_(5 as never, 1), "'int' object has no attribute 'mul_'"],
    [
      'TypeError',
      () => torch.add(tensor(1), tensor(1), { alpha: 'a' }),
      "add(): argument 'alpha' must be Number, not str",
    ],
    [
      'RuntimeError',
      () => torch.add_(tensor(1), tensor(1), { alpha: true }),
      'Boolean alpha only supported for Boolean results.',
    ],
    [
      'TypeError',
      () => torch.addcmul_(tensor(1), tensor(1), tensor(1), { value: tensor(1) }),
      "addcmul_(): argument 'value' must be Number, not Tensor",
    ],
    [
      'TypeError',
      () => torch.addcdiv_(tensor(1), tensor(1), tensor(1), { value: null }),
      "addcdiv_(): argument 'value' must be Number, not NoneType",
    ],
    ['TypeError', () => torch.lerp_(tensor(1), tensor(1), 'a'), "lerp_(): argument 'weight' must be Number, not str"],
  ])('%s: %s', (type, run, message) => {
    expect(run).toThrow(expect.objectContaining({ type, message }));
  });

  test('a weight of another dtype is refused before 2.13', () => {
    const weight = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(0.5) });
    expect([...torch.lerp_(tensor(0), tensor(2), weight).elements()]).toEqual([1]);
    expect(() => torchOf('2.1').lerp_(tensor(0), tensor(2), weight)).toThrow(
      'expected dtype double for `weight` but got dtype float',
    );
  });

  test('what is computed in a wider dtype is not written by three operands in 2.1', () => {
    const narrow = (): Tensor => new Tensor({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
    expect([...torch.addcmul_(narrow(), tensor(2), tensor(3)).elements()]).toEqual([7]);
    expect(() => torchOf('2.1').addcmul_(narrow(), tensor(2), tensor(3))).toThrow('needs_dynamic_casting');
  });
});

describe('over lists of tensors', () => {
  const two = (): Tensor[] => [tensor(1), tensor(2)];

  test('make tuples', () => {
    expect(Object.isFrozen(torch._foreach_neg(two()))).toBe(true);
    expect(elements(torch._foreach_neg(two()))).toEqual([[-1], [-2]]);
    expect(elements(torch._foreach_mul(two(), scalar(3)))).toEqual([[3], [6]]);
    expect(elements(torch._foreach_add(two(), two(), { alpha: 2 }))).toEqual([[3], [6]]);
    expect(elements(torch._foreach_addcmul(two(), two(), two(), { value: -1 }))).toEqual([[0], [-2]]);
    expect(elements(torch._foreach_sqrt([tensor(4)]))).toEqual([[2]]);
  });

  test('write', () => {
    const lists = two();
    torch._foreach_mul_(lists, [tensor(3), tensor(4)]);
    expect(elements(lists)).toEqual([[3], [8]]);
    torch._foreach_add_(lists, two());
    expect(elements(lists)).toEqual([[4], [10]]);
    torch._foreach_addcdiv_(lists, [tensor(4), tensor(4)], [tensor(2), tensor(4)]);
    expect(elements(lists)).toEqual([[6], [11]]);
    torch._foreach_lerp_(lists, [tensor(8), tensor(13)], 0.5);
    expect(elements(lists)).toEqual([[7], [12]]);
    torch._foreach_addcmul_(lists, two(), two(), { value: -1 });
    torch._foreach_div_(lists, scalar(2));
    torch._foreach_sqrt_(lists);
    expect(elements(lists)).toEqual([[Math.sqrt(3)], [2]]);
  });

  test('write to none where one is a leaf that requires grad', () => {
    const leaf = new Parameter({ dtype: 'float64', shape: [1], data: Float64Array.of(1) });
    const lists = [tensor(1), leaf];
    const refusal = 'a leaf Variable that requires grad is being used in an in-place operation.';
    expect(() => torch._foreach_mul_(lists, 2)).toThrow(refusal);
    expect(elements(lists)).toEqual([[1], [1]]);
    set_grad_enabled(false, () => torch._foreach_mul_(lists, 2));
    expect(elements(lists)).toEqual([[2], [2]]);
  });

  test.each<readonly [string, () => unknown, string]>([
    [
      'RuntimeError',
      () => torch._foreach_mul_(two(), tensor(1)),
      'scalar tensor expected to be 0 dim but it has 1 dimensions and 1 elements.',
    ],
    [
      'RuntimeError',
      () => torch._foreach_add_(two(), [tensor(1)]),
      'Tensor lists must have the same number of tensors, got 2 and 1',
    ],
    [
      'TypeError',
      () => torch._foreach_add_(two(), [tensor(1), 'a']),
      'expected Tensor as element 1 in argument 1, but got str',
    ],
    [
      'TypeError',
      () => torch._foreach_add_([null as never], 1),
      'expected Tensor as element 0 in argument 0, but got NoneType',
    ],
    [
      'TypeError',
      () => torch._foreach_addcmul_(two(), two(), two(), { value: 'a' }),
      "_foreach_addcmul_(): argument 'value' must be Number, not str",
    ],
  ])('%s: %s', (type, run, message) => {
    expect(run).toThrow(expect.objectContaining({ type, message }));
  });

  test('an argument of a wrong type is refused with the signatures of the version', () => {
    const text = (of: Torch): string => {
      try {
        of._foreach_mul_(two(), 'a');
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    expect(text(torch)).toContain(
      '_foreach_mul_() received an invalid combination of arguments - got (list, str), but expected one of:\n',
    );
    expect(text(torch)).toContain(
      "didn't match because some of the arguments have invalid types: (!list of [Tensor, Tensor]!, !str!)",
    );
  });

  test('are grouped by device and dtype of the first list, in the order of the version', () => {
    const single = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
    const [a, b] = two() as [Tensor, Tensor];
    const lists = { params: [a, single, b], grads: [a, single, b], grad_avgs: [] };
    const float64 = { params: [a, b], grads: [a, b], grad_avgs: [] };
    const float32 = { params: [single], grads: [single], grad_avgs: [] };
    expect(torchOf('2.1')._group_tensors_by_device_and_dtype(lists)).toEqual([float64, float32]);
    expect(torch._group_tensors_by_device_and_dtype(lists)).toEqual([float32, float64]);
    expect(torch._group_tensors_by_device_and_dtype({ params: [a], grads: [b] })).toEqual([
      { params: [a], grads: [b] },
    ]);
  });

  test('are not grouped where state is of a dtype that no step could have', () => {
    const single = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
    expect(() => torchOf('2.1')._group_tensors_by_device_and_dtype({ params: [single], state: [tensor(1)] })).toThrow(
      'Tensors of the same index must be on the same device and the same dtype except `step` tensors that can be CPU and float32 notwithstanding',
    );
  });
});

describe('compiled', () => {
  const { compiled } = arithmetics;
  const [one, lists] = [new Elementwise(compiled), new Elementwise(compiled, 'foreach')];
  const compiling = new Torch(one, '2.15', lists, true);
  const single = (shape: readonly number[], x: number): Tensor =>
    new Tensor({ dtype: 'float32', shape, data: Float32Array.of(x) });
  /** Its square is 1 + 2 ** -29 + 2 ** -60, of which a float64 number has not the last. */
  const x = 1 + 2 ** -30;

  test('an alpha or value that is a tensor is multiplied and added in one rounding', () => {
    expect(compiling.add_(scalar(-1), scalar(x), { alpha: scalar(x) }).item()).toBe(2 ** -29 + 2 ** -60);
    expect(compiling.add_(scalar(-1), scalar(x), { alpha: x }).item()).toBe(2 ** -29);
    expect(torch.add_(scalar(-1), scalar(x), { alpha: scalar(x) }).item()).toBe(2 ** -29);
    const [quotient, value] = [[scalar(2 * x), scalar(2)] as const, scalar(x)];
    expect(compiling.addcdiv_(scalar(-1), ...quotient, { value }).item()).toBe(2 ** -29 + 2 ** -60);
  });

  test('beside float32 of no dimensions a float64 factor stays what it is, beside others it is rounded', () => {
    const sum = (shape: readonly number[]): number =>
      compiling.add_(single(shape, -1), single(shape, 1), { alpha: scalar(x) }).elements()[0]!;
    expect([sum([]), sum([1])]).toEqual([2 ** -30, 0]);
    const quotient = (shape: readonly number[]): number => {
      const own = [single(shape, 1)];
      compiling._foreach_div_(own, scalar(1 + 3 * 2 ** -26));
      return own[0]!.elements()[0]!;
    };
    expect([quotient([]), quotient([1])]).toEqual([1 - 2 ** -24, 1]);
  });

  test('a scalar too large for the element type is infinite, and not refused', () => {
    expect(compiling.add_(single([1], 1), single([1], 2), { alpha: -1e39 }).elements()[0]).toBe(-Infinity);
    expect(() => torch.add_(single([1], 1), single([1], 2), { alpha: -1e39 })).toThrow('without overflow');
    expect(compiling.add_(single([1], 1), single([1], 2), { alpha: scalar(-1e39) }).elements()[0]).toBe(-Infinity);
  });
});
