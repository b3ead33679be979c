import { expect, test } from 'vitest';
import { Contender } from '../../../scripts/speed/contender.ts';

const asked = { tensors: 1, elements: 1, options: { lr: 1 }, time: 0 };
const node = (program: string): Contender => new Contender('it', process.execPath, '-e', program);

test('ask() passes over greetings, and asks the same process again', async () => {
  const it = node(
    `let n = 0; console.log('hello'); process.stdin.on('data', () => console.log('{"seconds":' + ++n + '}'))`,
  );
  expect([await it.ask(asked), await it.ask(asked)]).toEqual([1, 2]);
  it.end();
});

test.each([
  ['has none', `process.stdin.on('data', () => console.log('{"seconds":null}'))`],
  ['ends', 'process.exit(1)'],
])('ask() has no answer of a process that %s', async (_, program) => {
  const it = node(program);
  expect([await it.ask(asked), await it.ask(asked)]).toEqual([undefined, undefined]);
  it.end();
});

test('ask() has no answer of a program that there is not, nor of a process that takes too long', async () => {
  expect(await new Contender('it', '/no/such/program').ask(asked)).toBeUndefined();
  expect(await node('setInterval(() => {}, 1000)').ask(asked, 0.01)).toBeUndefined();
});
