import { expect, test } from 'vitest';
import { covering } from '../../src/conformance/covering.ts';
import { matches } from '../../src/scenario/glob.ts';

test.each<[ids: readonly string[], others: readonly string[], globs: readonly string[]]>([
  [['step/a/x'], [], ['step/a/x']],
  [['step/a/x', 'step/b/x'], [], ['step/*']],
  [['step/a/x', 'step/a/y'], ['step/b/x'], ['step/a/*']],
  [['step/a/x'], ['step/a/y'], ['step/a/x']],
  [['step/a-1/x', 'step/a-2/x'], ['step/a-1/y', 'step/b-1/x'], ['step/a-*/x']],
  [['step/a/x+y', 'step/b/y+z'], ['step/a/x+z'], ['step/*/*y*']],
  [
    ['step/a/v+w', 'step/b/w+x'],
    ['step/a/y', 'step/c/w'],
    ['step/a/v+w', 'step/b/w+x'],
  ],
])('%j and not %j is %j', (ids, others, globs) => {
  const found = covering(ids, others);
  expect(found).toEqual(globs);
  for (const id of ids) expect(found.some((glob) => matches(glob, id))).toBe(true);
  for (const id of others) expect(found.filter((glob) => matches(glob, id))).toEqual([]);
});

test('more than six globs are one of the area', () => {
  const words = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const ids = words.map((word) => `step/f/${word}`);
  expect(
    covering(
      ids,
      words.map((word) => `step/f/${word}${word}`),
    ),
  ).toEqual(['step/*']);
  expect(
    covering(
      ids.slice(1),
      words.map((word) => `step/f/${word}${word}`),
    ),
  ).toHaveLength(6);
});
