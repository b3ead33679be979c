/**
 * Cases that are new since a release, from the list of an older one to what a report says.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { idsIn, moduleWith, withNew } from '../../scripts/since.ts';
import { judge } from '../../src/conformance/expectations.ts';
import type { Conformance } from '../../src/conformance/verdicts.ts';
import { readCaseLines } from '../../src/golden/read.ts';
import { goldenFolder } from '../../src/golden/folder.ts';
import { SINCE } from '../../src/golden/since.ts';
import { judgementTexts } from '../../src/report/judgement.ts';
import { rmsproof } from '../fixtures/cli.ts';

const now = readCaseLines(goldenFolder).map(({ id }) => id);

/** The cases of today, of which some are missing: a whole golden file, and one case of another. */
const GONE = 'resume/edges/late-gradient';
const older = now.filter((id) => !id.startsWith('resume/foreign/') && id !== GONE);

describe('a pinned list that is older', () => {
  const table = withNew({}, older, now, '0.2.0');

  test('says of a new golden file, and of a new case in an old one, since when they are there', () => {
    expect(table).toEqual({ 'resume/edges/late-gradient': '0.2.0', 'resume/foreign': '0.2.0' });
  });

  test('makes a report name what is new to who pinned the version before, and nothing to who did not', () => {
    const cases = now.map((id) => ({ id, verdict: 'exact', area: '', profile: 'numbers', clauses: [] }) as const);
    const reference = 'torch-2.15.0/separate';
    const run = { reference, arithmetic: 'separate', claims: [], compared: [], cases } as const;
    const found: Conformance = { subject: { name: 'a port' }, runs: [run] };
    const expectations = { format: 1, rmsproof: '0.1.0', references: [reference], claims: [], accepted: [] } as const;
    const judged = judge(found, { expectations, today: '2026-11-29', since: table });
    const foreign = now.filter((id) => id.startsWith('resume/foreign/'));
    expect([...judged.fresh].sort()).toEqual([GONE, ...foreign].sort());
    expect(judgementTexts(judged).join()).toContain('new since rmsproof 0.1.0: resume/');
    const pinned = { ...expectations, rmsproof: '0.2.0' } as const;
    expect(judge(found, { expectations: pinned, today: '2026-11-29', since: table }).fresh).toEqual([]);
  });

  test('goes into the table of the module, whose other lines stay', async () => {
    const text = readFileSync(new URL('../../src/golden/since.ts', import.meta.url), 'utf8');
    const made = await moduleWith(text, table);
    expect(made).toContain("  'resume/foreign': '0.2.0',\n");
    expect(await moduleWith(made, SINCE)).toBe(text);
  });
});

test('a later release adds to the table, and takes nothing from it but what is gone', () => {
  const table = { 'step/a': '0.2.0', 'step/gone/x': '0.2.0' };
  expect(withNew(table, ['step/a/x'], ['step/a/x', 'step/a/y', 'step/b/x'], '0.10.0')).toEqual({
    'step/a': '0.2.0',
    'step/a/y': '0.10.0',
    'step/b': '0.10.0',
  });
});

test.each<[Readonly<Record<string, string>>, readonly string[], string, string]>([
  [{}, ['step/a/x'], '0.2', 'expected a version such as 0.2.0, got 0.2'],
  [{}, [], '0.2.0', 'expected what `rmsproof list` printed, got no case'],
  [{ 'step/a': '0.3.0' }, ['step/a/x'], '0.2.0', '0.2.0 is not newer than 0.3.0, which the table has'],
])('%j with %j in %s is wrong usage', (table, before, version, message) => {
  expect(() => withNew(table, before, ['step/a/x'], version)).toThrow(message);
});

test('ids are read from what `rmsproof list` prints', async () => {
  const { stdout } = await rmsproof('list', 'resume/*');
  expect(idsIn(stdout)).toEqual(now.filter((id) => id.startsWith('resume/')));
});

test('every entry of the table is a case or a golden file of today', () => {
  const known = new Set([...now, ...now.map((id) => id.split('/').slice(0, 2).join('/'))]);
  expect(Object.keys(SINCE).filter((key) => !known.has(key))).toEqual([]);
});
