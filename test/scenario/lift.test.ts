/**
 * The door: which of a port's members a program reaches.
 */
import { expect, test, vi } from 'vitest';
import { AdapterError } from '../../src/scenario/adapter-error.ts';
import { interpret } from '../../src/scenario/interpreter.ts';
import { lacking } from '../../src/scenario/lift.ts';
import type { Port } from '../../src/scenario/port.ts';
import type { Op, Scenario } from '../../src/scenario/types.ts';

const scenario = (...program: readonly Op[]): Scenario => ({
  ...{ id: 'step/a/b', gradients: {}, program },
  tensors: { w: { dtype: 'float32', shape: [1], bits: '3f800000', parameter: true } },
});
const opt: Op = { op: 'optimizer', params: ['$w'], options: { lr: 0.5 } };

/** A port whose calls are noted. */
function noted(more: object = {}): { readonly port: Port; readonly calls: string[] } {
  const calls: string[] = [];
  const note =
    (name: string, result?: unknown) =>
    (...given: readonly unknown[]): unknown => {
      calls.push(`${name} ${JSON.stringify(given)}`);
      return result;
    };
  const port = {
    ...{ name: 'mine', supports: ['numbers', 'float32'], tensor: () => 'T', read: () => [2] },
    ...{ setGrad: note('setGrad'), optimizer: note('optimizer', 'O'), step: note('step') },
    ...more,
  } as unknown as Port;
  return { port, calls };
}

const objects = {
  reset: vi.fn<() => void>(),
  construct: () => ({ state: new Map(), step: () => 7 }),
  describe: () => undefined,
  is_grad_enabled: () => true,
};

test('a program that trains runs over the plain members', async () => {
  const { port, calls } = noted();
  const grad: Op = { op: 'grad', tensor: 'w', bits: '40000000' };
  const observed = await interpret(scenario(opt, grad, { op: 'step' }, { op: 'read', tensors: ['w'] }), port);
  expect(calls).toEqual([
    'optimizer [[{"params":["T"],"options":{}}],{"lr":0.5}]',
    'setGrad ["T",{"0":2}]',
    'step ["O"]',
  ]);
  const w = { $tensor: { dtype: 'float32', shape: [1], bits: '40000000' } };
  expect(observed).toEqual([{}, {}, { value: null }, { value: { $dict: [['w', w]] } }]);
});

test('groups are handed over with their options', async () => {
  const { port, calls } = noted();
  const group = { $dict: [['params', ['$w']] as const, ['momentum', 0.9] as const] };
  await interpret(scenario({ op: 'optimizer', params: [group], options: {} }), port);
  expect(calls).toEqual(['optimizer [[{"params":["T"],"options":{"momentum":0.9}}],{}]']);
});

test('so it does where the port has objects, which begin anew all the same', async () => {
  objects.reset.mockClear();
  const { port, calls } = noted({ objects });
  await interpret(scenario(opt, { op: 'step' }), port);
  expect(calls).toHaveLength(2);
  expect(objects.reset).toHaveBeenCalledOnce();
});

test('a program that looks into optimizers runs over the objects', async () => {
  const { port, calls } = noted({ objects });
  const observed = await interpret(scenario(opt, { op: 'look', at: ['opt', 'state'] }, { op: 'step' }), port);
  expect(calls).toEqual([]);
  expect(observed.slice(1)).toEqual([{ value: { $dict: [] } }, { value: 7 }]);
});

test('so does one that asks for state which the port has in its objects only', async () => {
  const { port, calls } = noted({ objects });
  expect((await interpret(scenario(opt, { op: 'state' }), port))[1]).toEqual({ value: { $dict: [] } });
  expect(calls).toEqual([]);
});

test('describe answers a read where there is one', async () => {
  const tensor = { dtype: 'float32', shape: [1], data: Float32Array.of(1), device: 'cuda:0' };
  const read: Op = { op: 'read', tensors: ['w'] };
  const [observed] = await interpret(scenario(read), noted({ describe: () => tensor }).port);
  const $tensor = { dtype: 'float32', shape: [1], bits: '3f800000', device: 'cuda:0' };
  expect(observed).toEqual({ value: { $dict: [['w', { $tensor }]] } });
  await expect(interpret(scenario(read), noted({ describe: () => null }).port)).rejects.toThrow(
    new AdapterError('describe(w): expected a tensor { dtype, shape, data } whose data are of its dtype'),
  );
});

test('a port without objects lacks them for a program that takes them, and for no other', async () => {
  const takes: Op = { op: 'look', at: ['opt'] };
  expect(lacking({}, [opt, takes])).toEqual(['objects']);
  expect(lacking({ objects }, [opt, takes])).toEqual([]);
  expect(lacking({}, [opt])).toEqual([]);
  await expect(interpret(scenario(opt, takes), noted().port)).rejects.toThrow(
    new AdapterError("the program needs the port's member objects"),
  );
});
