/**
 * What the functions of src/python ask of an object that is more than its entries, as Python's built-in functions do.
 */
import { describe, expect, test } from 'vitest';
import { copy } from '../../src/python/copy.ts';
import { deepcopy } from '../../src/python/deepcopy.ts';
import { gt, le, ne, neg, sub } from '../../src/python/operator.ts';
import { answers } from '../../src/python/protocol.ts';
import { repr, str } from '../../src/python/text/repr.ts';
import { bool } from '../../src/python/truth.ts';

/** Says which of its methods was asked, and with what. */
class Asked {
  __bool__(): boolean {
    return false;
  }
  __repr__(): string {
    return 'Asked()';
  }
  __format__(): string {
    return 'formatted';
  }
  __ne__(other: number): boolean {
    return other !== 0;
  }
  __gt__(other: number): boolean {
    return other < 3;
  }
  __ge__(other: number): boolean {
    return other <= 3;
  }
  __neg__(): unknown {
    return 'negated';
  }
  __rsub__(other: number): unknown {
    return `${other} less`;
  }
  __copy__(): unknown {
    return 'copied';
  }
  __deepcopy__(): unknown {
    return 'copied deeply';
  }
}

const asked = new Asked();

describe('an object answers', () => {
  test.each([
    ['bool', () => bool(asked), false],
    ['repr', () => repr([asked]), '[Asked()]'],
    ['an f-string', () => str(asked), 'formatted'],
    ['x != 0', () => [ne(asked, 0), ne(asked, 1)], [false, true]],
    ['x > y', () => [gt(asked, 2), gt(asked, 3)], [true, false]],
    ['y <= x', () => [le(3, asked), le(4, asked)], [true, false]],
    ['-x', () => neg(asked), 'negated'],
    ['1 - x', () => sub(1, asked), '1 less'],
    ['copy', () => copy(asked), 'copied'],
    ['deepcopy', () => deepcopy([asked]), ['copied deeply']],
  ])('%s', (_, ask, answer) => {
    expect(ask()).toEqual(answer);
  });
});

test('an entry of an object with the name of a special method is none: its class is asked', () => {
  const dict = { __bool__: () => false, __repr__: () => 'no' };
  expect(answers(dict, '__bool__')).toBe(false);
  expect(bool(dict)).toBe(true);
  expect(answers(null, '__bool__')).toBe(false);
  expect(answers(Object.create(null), '__bool__')).toBe(false);
});
