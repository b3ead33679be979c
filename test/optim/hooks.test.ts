/**
 * What the scenario language cannot say of hooks. Expected values were seen in PyTorch 2.13.0 and 2.1.2 under Python 3.11.
 */
import { expect, test } from 'vitest';
import { OrderedDict } from '../../src/python/ordered-dict.ts';
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

/** Runs through the values 0, 1 and 2 and changes the dictionary at one of them. */
function run(at: number, change: (dict: OrderedDict<number, number>) => void): readonly number[] | string {
  const dict = new OrderedDict([0, 1, 2].map((x) => [x, x] as const));
  const seen: number[] = [];
  try {
    for (const x of dict.values()) {
      seen.push(x);
      if (x === at) change(dict);
    }
    return seen;
  } catch (error) {
    return `${seen.join(' ')}: ${(error as Error).message}`;
  }
}

const MUTATED = 'OrderedDict mutated during iteration';

test.each<readonly [string, (dict: OrderedDict<number, number>) => void, readonly (readonly number[] | string)[]]>([
  [
    'clear',
    (dict) => dict.clear(),
    [...['0', '0 1'].map((seen) => `${seen}: OrderedDict changed size during iteration`), [0, 1, 2]],
  ],
  [
    'clear and fill',
    (dict) => [dict.clear(), [0, 1, 2].map((x) => dict.set(x, x))],
    [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]],
  ],
  ['move to the end', (dict) => dict.move_to_end(0), [`0: ${MUTATED}`, `0 1: ${MUTATED}`, [0, 1, 2]]],
  [
    'move where it is',
    (dict) => dict.move_to_end(0, { last: false }),
    [
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ],
  ],
  [
    'set',
    (dict) => dict.set(2, 22),
    [
      [0, 1, 22],
      [0, 1, 22],
      [0, 1, 2],
    ],
  ],
])('an ordered dictionary notices a change while it is run: %s (HKS-15)', (_name, change, expected) => {
  expect([0, 1, 2].map((at) => run(at, change))).toEqual(expected);
});
