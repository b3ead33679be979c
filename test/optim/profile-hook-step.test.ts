/**
 * What the scenario language cannot say of hooks. Expected values were seen in PyTorch 2.13.0 and 2.1.2 under Python 3.11.
 */
import { expect, test } from 'vitest';
import { Parameter, RMSprop, type Reference, Tensor, tuple } from '../../src/index.ts';

function trained(reference: Reference): { w: Parameter; optimizer: RMSprop } {
  const w = new Parameter({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
  w.grad = new Tensor({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
  return { w, optimizer: new RMSprop([w], {}, { reference }) };
}

test('what hooks do to keyword arguments does not reach the object of the caller (HKS-5)', () => {
  const { optimizer } = trained('2.13');
  const given = { closure: null };
  const seen: unknown[] = [];
  optimizer.register_step_pre_hook((_optimizer, _args, kwargs) => {
    seen.push(kwargs);
    delete kwargs['closure'];
  });
  optimizer.register_step_post_hook((_optimizer, _args, kwargs) => void seen.push(kwargs));
  optimizer.step(given);
  expect(given).toEqual({ closure: null });
  expect(seen).toEqual([{}, {}]);
  expect(seen[0]).toBe(seen[1]);
});

test.each([
  ['2.1', "RMSprop.step() missing 1 required positional argument: 'self'"],
  ['2.13', 'tuple index out of range'],
] as const)('without an optimizer among the arguments %s says: %s (HKS-9)', (reference, message) => {
  const { w, optimizer } = trained(reference);
  optimizer.register_step_pre_hook(() => tuple(tuple(), {}));
  expect(() => optimizer.step()).toThrow(message);
  expect(w.item()).toBe(1);
});

test('a step without hooks goes straight to its body, one with hooks around it', () => {
  const { optimizer } = trained('2.13');
  const seen: string[] = [];
  optimizer.step();
  const handle = optimizer.register_step_post_hook(() => void seen.push('after'));
  optimizer.step();
  handle.remove();
  optimizer.step();
  expect(seen).toEqual(['after']);
});
