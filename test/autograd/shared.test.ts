/**
 * Writing into views, and into what has them: gradients, numbers and history as twin.py recorded them.
 */
import { describe, expect, test } from 'vitest';
import { add_, addcmul_, backward, clone, mul, mul_, narrow, no_grad, sum, t, view } from '../../src/autograd.ts';
import { toBits } from '../../src/tensor/bits.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { recordings } from './recorded.ts';

const doubles = (...numbers: number[]): Tensor =>
  new Tensor({ dtype: 'float64', shape: [numbers.length], data: Float64Array.from(numbers) });
const leafOf = (...numbers: number[]): Tensor => Object.assign(doubles(...numbers), { requires_grad: true });
const bits = (tensor: Tensor): string[] => toBits(tensor.elements()).split(' ');

const scaled = (written: Tensor, base: Tensor): Tensor[] => {
  mul_(written, 2);
  return [base, written];
};

/** By the names that twin.py has. */
const ACTS: Readonly<Record<string, (base: Tensor) => Tensor[]>> = {
  part: (base) => scaled(narrow(base, 1, 2), base),
  whole: (base) => scaled(view(base, [2, 3]), base),
  columns: (base) => scaled(narrow(t(view(base, [2, 3])), 1, 2), base),
  base_written: (base) => scaled(base, narrow(base, 2, 3)),
  other_view(base) {
    const [other, written] = [narrow(base, 0, 4), narrow(base, 2, 4)];
    mul_(written, clone(written));
    return [other, base];
  },
  twice(base) {
    const written = narrow(base, 1, 4);
    mul_(written, 2);
    add_(narrow(written, 1, 2), clone(narrow(base, 0, 2)), { alpha: 0.5 });
    mul_(base, 3);
    return [base, written];
  },
};

const counted = (tensor: Tensor): Tensor =>
  new Tensor({ dtype: 'float64', shape: tensor.shape, data: new Float64Array(tensor.numel()).map((_, i) => i + 1) });

describe.each(recordings)('PyTorch $version', ({ views }) => {
  test.each(Object.keys(ACTS))('%s', (name) => {
    const leaf = leafOf(1, 2, 3, 4, 5, 6);
    const base = clone(mul(leaf, 3));
    const tensors = ACTS[name]!(base);
    backward(tensors.map((tensor) => ({ tensor, gradient: counted(tensor) })));
    const found = { numbers: bits(base), gradient: bits(leaf.grad!), grad_fn: tensors.map((x) => x.grad_fn!.name) };
    expect(found).toEqual(views[name]);
  });

  test('what records nothing has a history once a view of it is written with what does', () => {
    const [leaf, plain] = [leafOf(1, 2), doubles(1, 2, 3, 4)];
    addcmul_(narrow(plain, 1, 2), leaf, leaf, { value: 0.5 });
    plain.backward(doubles(1, 2, 3, 4));
    const found = { numbers: bits(plain), gradient: bits(leaf.grad!), grad_fn: [plain.grad_fn!.name] };
    expect(found).toEqual(views['into_plain']);
  });

  test('nothing else was recorded', () => {
    expect(Object.keys(views)).toEqual([...Object.keys(ACTS), 'into_plain']);
  });
});

test('a view of a leaf can be written where nothing is recorded', () => {
  const leaf = leafOf(1, 2);
  const part = narrow(leaf, 0, 1);
  no_grad(() => mul_(part, 2));
  expect([...leaf.elements(), leaf.is_leaf]).toEqual([2, 2, true]);
});

test('what was gone back through is gone, also behind what was written over', () => {
  const leaf = leafOf(1, 2);
  const base = clone(leaf);
  const part = narrow(base, 0, 1);
  mul_(part, clone(part));
  sum(base).backward();
  expect(() => sum(base).backward()).toThrow('Trying to backward through the graph a second time');
});

test('views of elements that do not lie in C order are not recorded when one is written', () => {
  const base = clone(t(view(mul(leafOf(1, 2, 3, 4, 5, 6), 1), [2, 3])));
  const part = narrow(base, 0, 1);
  const refused = 'in-place operations on views of elements that do not lie in C order';
  expect(() => mul_(part, 2)).toThrow(refused);
  expect(() => mul_(base, 2)).toThrow(refused);
});
