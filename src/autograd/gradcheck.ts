/**
 * Numerical derivatives against those of the graph: `torch.autograd.gradcheck`.
 */
import { AssertionError } from '../python/errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { backward } from './engine.ts';
import { filled } from './numbers.ts';

/** How far numbers are moved, and how far derivatives may be apart: |a - n| <= atol + rtol * |n|. PyTorch's by default. */
export interface GradcheckOptions {
  readonly eps?: number;
  readonly atol?: number;
  readonly rtol?: number;
}

/**
 * Compares every derivative of every result with respect to every input.
 *
 * @param f made anew of the inputs at every call; writes into none of them
 * @param inputs float64 leaves that require grad; their gradients are used up
 * @throws AssertionError naming the first derivative that differs
 * @throws RangeError for an input that is no float64 leaf that requires grad
 */
export function gradcheck(
  f: () => readonly Tensor[],
  inputs: readonly Tensor[],
  { eps = 1e-6, atol = 1e-5, rtol = 1e-3 }: GradcheckOptions = {},
): void {
  inputs.forEach(({ dtype, is_leaf, requires_grad }, i) => {
    if (dtype !== 'float64' || !is_leaf || !requires_grad)
      throw new RangeError(`input ${i} of gradcheck: expected a float64 leaf that requires grad`);
  });
  f().forEach(({ requires_grad, shape }, output) => {
    if (!requires_grad) return;
    const count = shape.reduce((n, size) => n * size, 1);
    for (let element = 0; element < count; element++) {
      const analytical = analyticalOf(f, inputs, output, element);
      inputs.forEach((input, i) =>
        numericalOf(f, input, output, element, eps).forEach((numerical, j) => {
          const found = analytical[i]?.[j] ?? 0;
          if (Math.abs(found - numerical) <= atol + rtol * Math.abs(numerical)) return;
          throw new AssertionError(
            `element ${element} of result ${output} by element ${j} of input ${i}: the graph says ${found}, ` +
              `differences say ${numerical}`,
          );
        }),
      );
    }
  });
}

function analyticalOf(
  f: () => readonly Tensor[],
  inputs: readonly Tensor[],
  output: number,
  element: number,
): (ArrayLike<number> | undefined)[] {
  for (const input of inputs) input.grad = null;
  const tensor = f()[output]!;
  const gradient = filled(tensor, tensor.shape, 0);
  gradient.storage[element] = 1;
  backward([{ tensor, gradient }]);
  return inputs.map(({ grad }) => grad?.elements());
}

function numericalOf(
  f: () => readonly Tensor[],
  input: Tensor,
  output: number,
  element: number,
  eps: number,
): number[] {
  const at = input.offsets();
  const valueWith = (position: number, x: number): number => {
    const before = input.storage[position]!;
    input.storage[position] = x;
    const value = f()[output]!.elements()[element]!;
    input.storage[position] = before;
    return value;
  };
  return Array.from({ length: input.numel() }, (_, j) => {
    const position = at?.[j] ?? j;
    const x = input.storage[position]!;
    return (valueWith(position, x + eps) - valueWith(position, x - eps)) / (2 * eps);
  });
}
