/**
 * Texts of optimizers that no program of golden/ prints: groups that are Maps, with keys that are no texts.
 */
import { expect, test } from 'vitest';
import { optimizerText } from '../../src/optim/repr.ts';

test('a group that is a Map prints as one that is an object, sorted by code points', () => {
  const entries: [unknown, unknown][] = [
    ['params', []],
    ['lr', 0.1],
    ['\u{1f600}', 1],
    ['\uff41', null],
    [5, true],
  ];
  expect(optimizerText('RMSprop', [new Map(entries), { params: [], lr: 1 }])).toBe(
    'RMSprop (\nParameter Group 0\n    5: True\n    lr: 0.1\n    \uff41: None\n    \u{1f600}: 1\n\nParameter Group 1\n    lr: 1\n)',
  );
});
