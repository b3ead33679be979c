/**
 * The lists of mutants, and the page about them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Mutant, mutantsOf, repository } from '../../scripts/mutation/mutants.ts';
import { page } from '../../scripts/mutation/page.ts';

describe.each(['gate', 'port'] as const)('the mutants of the %s', (list) => {
  const mutants = JSON.parse(readFileSync(join(repository, 'scripts/mutation', `${list}.json`), 'utf8')) as Mutant[];

  test('change something, each something else', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(list === 'port' ? 200 : 90);
    expect(mutants.filter(({ find, replace }) => find === replace)).toEqual([]);
    const changes = mutants.map(({ file, find, replace }) => [file, find, replace].join('\n'));
    expect(new Set(changes).size).toBe(changes.length);
  });
});

test('every mutant of the gate is of a text that is in its file once', () => {
  expect(mutantsOf('gate').stale).toEqual([]);
});

test('the page tells how many were killed, and shows survivors with their reasons', () => {
  const mutant = { file: 'src/a.ts', find: 'if (a)\n  b;', replace: 'if (a)\n  c;', about: 'RMS-1' };
  const text = page(
    [{ mutant, killed: true, by: 'test/a.test.ts' }],
    [
      { mutant: { ...mutant, survives: 'b is c.' }, killed: false },
      { mutant, killed: true, by: 'step/a' },
    ],
  );
  expect(text).toContain('| the gate | 1 | 0 | 1 | 100.0 % |');
  expect(text).toContain('| the port | 2 | 0 | 1 | 50.0 % |');
  expect(page([], [{ mutant: { ...mutant, equivalent: true }, killed: false }])).toContain(
    '| the port | 1 | 1 | 0 | 0.0 % |',
  );
  expect(text).toContain('- `src/a.ts`, RMS-1. b is c.');
  expect(text).toContain('  -   b;\n  +   c;');
  expect(text).toContain('| `src/a.ts` | 3 | 2 |');
});
