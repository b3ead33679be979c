/**
 * What the functions of src/python ask of an object that is more than its entries, as Python's built-in functions do.
 */
import { describe, expect, test } from 'vitest';
import { contains } from '../../src/python/contains.ts';
import { copy } from '../../src/python/copy.ts';
import { deepcopy } from '../../src/python/deepcopy.ts';
import { assign, item } from '../../src/python/item.ts';
import { isUnpackable, iterate, list } from '../../src/python/iterate.ts';
import { len } from '../../src/python/length.ts';
import { gt, le, ne, neg, sub } from '../../src/python/operator.ts';
import { answers } from '../../src/python/protocol.ts';
import { repr, str } from '../../src/python/text/repr.ts';
import { bool } from '../../src/python/truth.ts';

/** Says which of its methods was asked, and with what. */
class Asked {
  __bool__(): boolean {
    return false;
  }
  __len__(): number {
    return 7;
  }
  __iter__(): Iterable<unknown> {
    return ['iterated'];
  }
  __getitem__(key: unknown): unknown {
    return ['got', key];
  }
  readonly assigned: unknown[] = [];
  __setitem__(key: unknown, value: unknown): void {
    this.assigned.push(key, value);
  }
  __contains__(x: unknown): boolean {
    return x === 'inside';
  }
  __index__(): number {
    throw new Error('asked for its index');
  }
  __repr__(): string {
    return 'Asked()';
  }
  __format__(): string {
    return 'formatted';
  }
  __eq__(other: number): boolean {
    return other === 4;
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
    ['len', () => len(asked), 7],
    ['iter', () => [...iterate(asked)], ['iterated']],
    ['list', () => list(asked), ['iterated']],
    ['f(*x)', () => isUnpackable(asked), true],
    ['x[key]', () => item(asked, 'lr'), ['got', 'lr']],
    ['x in container', () => [contains(asked, 'inside'), contains(asked, 'outside')], [true, false]],
    ['x == item of a list', () => [contains([asked], 4), contains([asked], 5)], [true, false]],
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

  test('x[key] = value', () => {
    assign(asked, 'lr', 1);
    expect(asked.assigned).toEqual(['lr', 1]);
  });

  test('when a sequence is indexed by it', () => {
    expect(() => item(['a'], asked)).toThrow('asked for its index');
    expect(() => item('a', asked)).toThrow('asked for its index');
  });
});

test('an entry of an object with the name of a special method is none: its class is asked', () => {
  const dict = { __len__: () => 9, __bool__: () => false, __repr__: () => 'no' };
  expect(answers(dict, '__len__')).toBe(false);
  expect([len(dict), bool(dict)]).toEqual([3, true]);
  expect(answers(null, '__len__')).toBe(false);
  expect(answers(Object.create(null), '__len__')).toBe(false);
});
