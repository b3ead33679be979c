import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { build, fileOf } from '../../scripts/kernel.ts';

test.each(['one-pass', 'operations'] as const)('the committed module %s is what its text compiles to', (name) => {
  const { file, text } = fileOf(name, build(name));
  expect(readFileSync(file, 'utf8')).toBe(text);
});
