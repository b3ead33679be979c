/**
 * What the scenario language cannot say of hooks. Expected values were seen in PyTorch 2.13.0 and 2.1.2 under Python 3.11.
 */
import { expect, test } from 'vitest';
import { Parameter, RMSprop, type Reference, set_record_function_sink, Tensor, tuple } from '../../src/index.ts';

function trained(reference: Reference): { w: Parameter; optimizer: RMSprop } {
  const w = new Parameter({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
  w.grad = new Tensor({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
  return { w, optimizer: new RMSprop([w], {}, { reference }) };
}

test('an optimizer that a hook gives as the keyword self is stepped in 2.1 (HKS-9)', () => {
  const [own, other] = [trained('2.1'), trained('2.1')];
  own.optimizer.register_step_pre_hook(() => tuple(tuple(), { self: other.optimizer }));
  own.optimizer.step();
  expect(own.w.item()).toBe(1);
  expect(other.w.item()).toBeCloseTo(0.9);
});

test('it is not in 2.13 (HKS-9)', () => {
  const [own, other] = [trained('2.13'), trained('2.13')];
  own.optimizer.register_step_pre_hook(() => tuple(tuple(), { self: other.optimizer }));
  expect(() => own.optimizer.step()).toThrow('tuple index out of range');
  expect([own.w.item(), other.w.item()]).toEqual([1, 1]);
});

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

test('the sink of ranges is replaced and restored (HKS-21)', () => {
  const { optimizer } = trained('2.13');
  const heard: unknown[] = [];
  const before = set_record_function_sink((...range) => heard.push(range));
  optimizer.zero_grad();
  set_record_function_sink(before);
  optimizer.zero_grad();
  expect(heard).toEqual(['begin', 'end'].map((event) => [event, 'Optimizer.zero_grad#RMSprop.zero_grad']));
});
