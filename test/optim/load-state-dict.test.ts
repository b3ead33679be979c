import { expect, test } from 'vitest';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { TypeError } from '../../src/python/errors.ts';

import { fromJSON } from '../../src/state-dict/json.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';

function stepped(options: object = {}): RMSprop {
  const p = new Parameter({ dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) });
  const optimizer = new RMSprop([p], options);
  p.grad = new Tensor({ dtype: 'float32', shape: [2], data: Float32Array.of(0.5, NaN) });
  optimizer.step();
  return optimizer;
}

test('a state dict is JSON without loss, and loads from it', () => {
  const optimizer = stepped({ eps: Infinity });
  const text = JSON.stringify(optimizer.state_dict());
  expect(text).toContain('"square_avg":{"dtype":"float32","shape":[2],"bits":"3b23d70a 7fc00000"}');
  expect(text).toContain('"eps":{"float":"Infinity"}');
  const other = stepped();
  other.load_state_dict(fromJSON(JSON.parse(text)) as never);
  expect(JSON.stringify(other.state_dict())).toBe(text);
});

test('what is taken apart and put together again is JSON without loss too', () => {
  const saved = stepped().state_dict();
  expect(JSON.stringify({ ...saved })).toBe(JSON.stringify(saved));
  expect(Object.keys(saved)).toEqual(['state', 'param_groups']);
});

const lost = (name: string): TypeError =>
  new TypeError(
    `${name} was a tensor before it became JSON or was copied; fromJSON of rmsproof/state-dict makes it one again`,
  );

test('a state dict whose tensors became JSON is refused by name, and nothing is changed', () => {
  const optimizer = stepped();
  const before = JSON.stringify(optimizer.state_dict());
  expect(() => optimizer.load_state_dict(JSON.parse(before) as never)).toThrow(lost("state[0]['step']"));
  expect(JSON.stringify(optimizer.state_dict())).toBe(before);
});

test('a state dict that structuredClone copied is refused by name', () => {
  const { state, param_groups } = stepped().state_dict();
  const copy = structuredClone({ state: new Map(state), param_groups });
  expect(() => stepped().load_state_dict(copy)).toThrow(lost("state[0]['step']"));
});

test('a learning rate that was a tensor is refused by name', () => {
  const lr = new Tensor({ dtype: 'float32', shape: [], data: Float32Array.of(0.1) });
  const { state, param_groups } = stepped({ lr }).state_dict();
  const groups = JSON.parse(JSON.stringify(param_groups)) as never;
  expect(() => stepped().load_state_dict({ state, param_groups: groups })).toThrow(lost("param_groups[0]['lr']"));
});

test('element types in which the port does not compute are refused by name', () => {
  const saved = stepped().state_dict();
  (saved.state as Map<number, Record<string, unknown>>).get(0)!['square_avg'] = fromJSON({
    dtype: 'float8_e5m2',
    shape: [1],
    bits: '3c',
  });
  expect(() => stepped().load_state_dict(saved as never)).toThrow(
    new TypeError("state[0]['square_avg'] is a tensor of float8_e5m2, in which the port does not compute"),
  );
});
