import { existsSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { type Measured, ratios, times, withTables } from '../../../scripts/speed/page.ts';

const root = new URL('../../../', import.meta.url);
const row = {
  ...{ size: '100', variant: 'plain', tensors: 1, elements: 100 },
  seconds: { fast: 2e-6, single: 3e-5, foreach: 5e-5, 'tfjs wasm': 1e-3, copy: 1e-6, 'fast, arrays': 3e-6, literal: 4 },
};

test('a ratio says how many times as fast the fast path is, and what was wanted where it is not reached', () => {
  expect(ratios([row])[1]).toEqual(['100', 'plain', '2.00 us', '15 (of 20)', '', '', '500', '50%', '10', '2000000']);
  const enough = { ...row, size: '10^4', seconds: { ...row.seconds, 'single, 2 threads': 1e-6 } };
  expect(ratios([enough])[1]!.slice(3, 5)).toEqual(['15', '0.50 (of 1)']);
});

test('times have three digits and a unit; who did not answer has an empty cell', () => {
  expect(times([row, { ...row, seconds: { copy: 0.0123 } }])).toEqual([
    ['size', 'variant', 'fast', 'single', 'foreach', 'tfjs wasm', 'copy', 'fast, arrays', 'literal'],
    ['100', 'plain', '2.00 us', '30.0 us', '50.0 us', '1.00 ms', '1.00 us', '3.00 us', '4.00 s'],
    ['100', 'plain', '', '', '', '', '12.3 ms', '', ''],
  ]);
});

test('a page without a place for its tables is refused', () => {
  expect(() => withTables('# Speed', { processor: 'x', cores: 2, node: '20', rounds: 1, rows: [row] })).toThrow(
    'spec/speed.md: expected <!-- machine --> and <!-- end of machine -->',
  );
});

test('spec/speed.md has the tables of spec/speed.json', async () => {
  const path = new URL('spec/speed.json', root);
  expect(existsSync(path)).toBe(true);
  const page = readFileSync(new URL('spec/speed.md', root), 'utf8');
  const measured = JSON.parse(readFileSync(path, 'utf8')) as Measured;
  const config = await resolveConfig(new URL('package.json', root).pathname);
  expect(await format(withTables(page, measured), { ...config, filepath: 'speed.md' })).toBe(page);
});
