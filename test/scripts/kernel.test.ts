import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { build, fileOf } from '../../scripts/kernel.ts';
import { ONE_PASS } from '../../src/fast/one-pass-bytes.ts';

test('the committed module is what the text of the kernel compiles to', () => {
  const module = build();
  expect(Buffer.from(module).toString('base64')).toBe(ONE_PASS);
  const written = fileOf(module);
  expect(readFileSync(new URL('../../src/fast/one-pass-bytes.ts', import.meta.url), 'utf8')).toBe(written);
});
