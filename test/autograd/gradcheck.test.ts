/**
 * Derivatives through steps of RMSprop against differences: the set of area `differentiable`, and the inputs of PyTorch's own test.
 */
import { expect, test } from 'vitest';
import { differentiableGroups } from '../../scripts/scenarios/differentiable.ts';
import { clone, gradcheck } from '../../src/autograd.ts';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import type { RMSpropOptions } from '../../src/optim/rmsprop-options.ts';
import type { OptimizerOp, TensorSpec } from '../../src/scenario/types.ts';
import { fromBits } from '../../src/tensor/bits.ts';
import { Tensor } from '../../src/tensor/tensor.ts';

const groups = differentiableGroups().filter(({ name }) => name.endsWith('float64') || name === 'upstream');
const rows = groups.flatMap(({ name, tensors, cases }) =>
  cases.map((entry) => {
    const options = (entry.program[0] as OptimizerOp).options as RMSpropOptions;
    return { name: `${name}/${entry.id}`, tensors, options, steps: name === 'two-steps-float64' ? 2 : 1 };
  }),
);
const twice = (options: RMSpropOptions, steps: number): boolean => steps === 2 && options.centered === true;

const leaf = ({ shape, bits }: TensorSpec): Tensor =>
  new Tensor({ dtype: 'float64', shape, data: fromBits('float64', bits), requires_grad: true });

/** The inputs of steps, and what makes parameter and state of them. */
function stepped(tensors: Readonly<Record<string, TensorSpec>>, options: RMSpropOptions, steps: number) {
  const { momentum = 0, centered = false } = options;
  const state = ['square_avg', ...(momentum > 0 ? ['momentum_buffer'] : []), ...(centered ? ['grad_avg'] : [])];
  const gradients = ['g1', 'g2'].slice(0, steps);
  const inputs = Object.fromEntries(['w', ...state, ...gradients].map((name) => [name, leaf(tensors[name]!)]));
  const make = (): readonly Tensor[] => {
    const w = clone(inputs['w']!);
    const buffers = state.map((name) => [name, clone(inputs[name]!)] as const);
    const optimizer = new RMSprop([w], options);
    optimizer.state.set(w, { step: 0, ...Object.fromEntries(buffers) });
    optimizer.__setstate__({});
    for (const gradient of gradients) {
      w.grad = clone(inputs[gradient]!);
      optimizer.step();
    }
    return [w, ...buffers.map(([, buffer]) => buffer)];
  };
  return { inputs: Object.values(inputs), make };
}

test('there are as many rows as the area has', () => {
  expect(rows.length).toBe(16 + 16 + 4);
});

test.each(rows.filter(({ options, steps }) => !twice(options, steps)))('$name', ({ tensors, options, steps }) => {
  const { inputs, make } = stepped(tensors, options, steps);
  expect(make().every(({ requires_grad, is_leaf }) => requires_grad && !is_leaf)).toBe(true);
  gradcheck(make, inputs);
});

test.each(rows.filter(({ options, steps }) => twice(options, steps)))(
  '$name has no way back',
  ({ tensors, options, steps }) => {
    const { inputs, make } = stepped(tensors, options, steps);
    expect(() => gradcheck(make, inputs)).toThrow(
      'which is output 0 of Lerp, is at version 2; expected version 1 instead',
    );
  },
);

test('a wrong step is found: one that forgets how the root depends on the gradient', () => {
  const { tensors, options } = rows.find(({ name }) => name === 'one-step-float64/plain')!;
  const { inputs, make } = stepped(tensors, options, 1);
  const wrong = (): readonly Tensor[] => {
    const [w, square_avg] = make() as [Tensor, Tensor];
    const blind = square_avg.storage[0]!;
    const made = clone(w);
    made.storage[0] = w.storage[0]! + blind;
    return [made];
  };
  expect(() => gradcheck(wrong, inputs)).toThrow('element 0 of result 0 by element 0 of input 1: the graph says');
});
