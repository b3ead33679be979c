import { expect, it } from 'vitest';
import { encode } from '../../src/scenario/encoding.ts';

const nothing = { nameOf: () => undefined, describe: () => undefined };

it("what stands for no value of Python's cannot be observed, and is named", () => {
  class Mine {}
  expect(() => encode(new Mine(), nothing)).toThrow(
    'cannot observe an object of class Mine; spec/adapter.md says what',
  );
  expect(() => encode(12n, nothing)).toThrow('cannot observe bigint 12');
});
