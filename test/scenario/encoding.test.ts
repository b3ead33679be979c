import { describe, expect, it } from 'vitest';
import { bitsOf, elements, encode } from '../../src/scenario/encoding.ts';

const nothing = { nameOf: () => undefined, describe: () => undefined };

it("what stands for no value of Python's cannot be observed, and is named", () => {
  class Mine {}
  expect(() => encode(new Mine(), nothing)).toThrow(
    'cannot observe an object of class Mine; spec/adapter.md says what',
  );
  expect(() => encode(12n, nothing)).toThrow('cannot observe bigint 12');
});

describe('elements of a half type', () => {
  it('are numbers of it in a Float32Array, 16-bit patterns, or numbers that are rounded to it', () => {
    expect(elements(Uint16Array.of(0x3f80, 0xc000), 'bfloat16', 'read(w)')).toEqual(Float32Array.of(1, -2));
    expect(elements(Uint16Array.of(0x3c00), 'float16', 'read(w)')).toEqual(Float32Array.of(1));
    expect(elements([1.001], 'bfloat16', 'read(w)')).toEqual(Float32Array.of(1));
    expect(() => elements(Uint16Array.of(1), 'float32', 'read(w)')).toThrow('read(w): expected a Float32Array');
  });

  it('are compared as float32 where one of them is none', () => {
    expect(bitsOf('bfloat16', Float32Array.of(1, -2))).toBe('3f80 c000');
    expect(bitsOf('bfloat16', Float32Array.of(1, 1.001))).toBe('3f800000 3f8020c5');
    expect(bitsOf('float16', Float32Array.of(NaN, -0))).toBe('7e00 8000');
  });
});
