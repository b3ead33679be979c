import { expect, test } from 'vitest';
import { wrap } from '../../src/report/wrap.ts';

const word = 'x'.repeat(39);

test('a line of 80 columns stays one', () => {
  expect(wrap(`${word}  ${word}`)).toEqual([`${word}  ${word}`]);
});

test('a wider one is broken between words, and goes on four columns further in', () => {
  expect(wrap(`  ${word} ${word} ${word}`)).toEqual([`  ${word}`, `      ${word}`, `      ${word}`]);
  expect(wrap(`  ${word} ${word} end`)).toEqual([`  ${word}`, `      ${word} end`]);
});

test('or as it is told to', () => {
  expect(wrap(`at ${word} ${word}`, '> ')).toEqual([`at ${word}`, `> ${word}`]);
});

test('a word that is wider than a line stands whole on one of its own', () => {
  const id = 'y'.repeat(100);
  expect(wrap(`  FAILED ${id}`)).toEqual(['  FAILED', `      ${id}`]);
});

test('a text of several lines keeps them', () => {
  expect(wrap('  actual  one\ntwo')).toEqual(['  actual  one', '      two']);
  expect(wrap('')).toEqual(['']);
});
