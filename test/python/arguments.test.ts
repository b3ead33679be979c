/**
 * Binding calls to signatures. What is expected was seen in Python 3.11.
 */
import { expect, test } from 'vitest';
import { bind, call, given, splitArguments } from '../../src/python/arguments.ts';

const STEP = { method: 'RMSprop.step', names: ['self', 'closure'], required: 1 };
const INIT = { method: 'RMSprop.__init__', names: ['self', 'params', 'lr'], required: 2 };

test('positional values come by the order of the names, keywords by name', () => {
  expect(bind(INIT, [1, 2], { lr: 3 })).toEqual({ self: 1, params: 2, lr: 3 });
  expect(bind(STEP, [1], {})).toEqual({ self: 1 });
});

test.each([
  [() => bind(STEP, [1, 2, 3], {}), 'RMSprop.step() takes from 1 to 2 positional arguments but 3 were given'],
  [() => bind(STEP, [1, 2, 3], { closur: 1 }), "RMSprop.step() got an unexpected keyword argument 'closur'"],
  [() => bind(STEP, [1, 2], { closure: 1 }), "RMSprop.step() got multiple values for argument 'closure'"],
  [() => bind(INIT, [1], {}), "RMSprop.__init__() missing 1 required positional argument: 'params'"],
  [() => bind(INIT, [], {}), "RMSprop.__init__() missing 2 required positional arguments: 'self' and 'params'"],
  [() => call(1), "'int' object is not callable"],
])('%s is refused: %s', (run, message) => {
  expect(run).toThrow(expect.objectContaining({ type: 'TypeError', message }));
});

test('keywords that are no object are refused in the port’s own words', () => {
  expect(() => bind(INIT, [1, 2], [0.1])).toThrow(
    'RMSprop.__init__() takes keyword arguments as one object; the port has no other positional arguments',
  );
});

test('a plain object behind the others holds the keyword arguments, copied', () => {
  const keywords = { closure: null };
  const [args, kwargs] = splitArguments('self', [1, keywords]);
  expect([args, kwargs]).toEqual([['self', 1], keywords]);
  expect(kwargs).not.toBe(keywords);
  expect(splitArguments('self', [1])).toEqual([['self', 1], {}]);
});

test('what is undefined was not given', () => {
  expect(given({ a: undefined, b: null })).toEqual({ b: null });
});
