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

const objects = Object.fromEntries(
  [
    ...['construct', 'gradient', 'describe', 'deepcopy', 'is_grad_enabled', 'reset'],
    ...['register_optimizer_step_pre_hook', 'register_optimizer_step_post_hook'],
  ].map((name) => [name, nothing]),
);
const claiming = (...words: readonly string[]): typeof right => ({ ...right, supports: [...right.supports, ...words] });

test('a port with the five members and claims that can be tried is one', () => {
  expect(() => checkPort(right, 'mine.ts')).not.toThrow();
});

test('a port may claim a profile, and keep its state in its objects, and go on from it there', () => {
  const profile = { ...right, supports: ['numbers'], setOption: nothing, state: nothing };
  expect(() => checkPort(profile, 'mine.ts')).not.toThrow();
  expect(() => checkPort({ ...claiming('state', 'bookkeeping', 'hooks', 'resume'), objects }, 'mine.ts')).not.toThrow();
});

test.each<[unknown, string]>([
  [null, 'expected a default export that is a port, got null'],
  [undefined, 'expected a default export that is a port, got undefined'],
  ...['tensor', 'read', 'setGrad', 'optimizer', 'step'].map((name): [unknown, string] => [
    { ...right, [name]: 5 },
    `expected the port to have a function ${name}, got number`,
  ]),
  ...['grad', 'describe', 'stateOrder'].map((name): [unknown, string] => [
    { ...right, [name]: null },
    `expected the port's ${name} to be a function, got null`,
  ]),
  [{ ...right, name: undefined }, "expected the port's name to be a string, got undefined"],
  [{ ...right, supports: null }, "expected the port's supports to be an array of needs, got null"],
  [{ ...right, supports: ['tensorflow'] }, 'supports has "tensorflow", which is no need; the needs are numbers, '],
  [{ ...right, supports: ['float32'] }, 'supports lacks "numbers", which every case needs'],
  [{ ...right, supports: ['training'] }, 'supports lacks "numbers", which every case needs'],
  [{ ...right, objects: 5 }, "expected the port's objects to be an object, got number"],
  [{ ...right, objects: null }, "expected the port's objects to be an object, got null"],
  ...Object.keys(objects).map((name): [unknown, string] => [
    { ...right, objects: { ...objects, [name]: undefined } },
    `expected the port's objects to have a function ${name}, got undefined`,
  ]),
  ...[
    ['state', 'state'],
    ['bookkeeping', 'state'],
    ['lr-change', 'setOption'],
    ['set-state', 'setState'],
    ['messages', 'takeWarnings'],
    ['resume', 'load'],
  ].map(([need, member]): [unknown, string] => [
    claiming(need!),
    `the port claims "${need}", so it must have a function ${member}, got undefined`,
  ]),
  [
    { ...claiming('resume'), load: nothing },
    'the port claims "resume", so it must have a function save, got undefined',
  ],
  [claiming('zero_grad'), 'the port claims "zero_grad", so it must have a member objects, got undefined'],
  ...[
    ['closure', 'function objects.no_grad'],
    ['backward', 'function objects.backward'],
    ['attributes', 'function objects.copy'],
    ['subclasses', 'function objects.subclass'],
    ['default-dtype', 'function objects.set_default_dtype'],
  ].map(([need, member]): [unknown, string] => [
    { ...claiming(need!), objects },
    `the port claims "${need}", so it must have a ${member}, got undefined`,
  ]),
  [
    { ...claiming('subclasses'), objects: { ...objects, subclass: nothing } },
    'the port claims "subclasses", so it must have a member objects.base, got undefined',
  ],
  [
    { ...right, supports: ['numbers'], state: nothing },
    'the port claims "numbers", which stands for "lr-change", so it must have a function setOption, got undefined',
  ],
])('%j is none', (port, message) => {
  expect(() => checkPort(port, 'mine.ts')).toThrow(`mine.ts: ${message}`);
});
