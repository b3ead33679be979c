import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generated } from '../../scripts/readme.ts';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');

test('the generated blocks of the README are what runs make now', async () => {
  expect(await generated(readme)).toBe(readme);
});
