import { expect, test } from 'vitest';
import { checkPort } from '../../src/subject/check-port.ts';

const nothing = (): void => {};
const right = {
  name: 'mine',
  supports: ['numbers', 'float32'],
  tensor: nothing,
  read: nothing,
  setGrad: nothing,
  optimizer: nothing,
  step: nothing,
};

test('a port with the five members and claims that can be tried is one', () => {
  expect(() => checkPort(right, 'mine.ts')).not.toThrow();
});

test.each([
  [null, 'expected a default export that is a port, got null'],
  [{ ...right, read: 5 }, 'expected the port to have a function read, got number'],
  [{ ...right, grad: null }, "expected the port's grad to be a function, got null"],
  [{ ...right, name: undefined }, "expected the port's name to be a string, got undefined"],
  [{ ...right, supports: null }, "expected the port's supports to be an array of needs, got null"],
  [{ ...right, supports: ['tensorflow'] }, 'supports has "tensorflow", which is no need; the needs are numbers, '],
  [{ ...right, supports: ['float32'] }, 'supports lacks "numbers", which every case needs'],
  [{ ...right, supports: ['numbers'] }, 'supports has neither "float32" nor "float64"'],
  [
    { ...right, supports: [...right.supports, 'state'] },
    'the port claims "state", so it must have a function state, got undefined',
  ],
  [
    { ...right, supports: [...right.supports, 'lr-change'] },
    'the port claims "lr-change", so it must have a function setOption, got undefined',
  ],
  [
    { ...right, supports: [...right.supports, 'messages'] },
    'the port claims "messages", so it must have a function takeWarnings, got undefined',
  ],
])('%j is none', (port, message) => {
  expect(() => checkPort(port, 'mine.ts')).toThrow(`mine.ts: ${message}`);
});
