import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { pack } from '../../scripts/pack.ts';
import { readCaseLines, readGolden } from '../../src/golden/read.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { partOfGolden, temporaryFolder } from '../fixtures/temporary.ts';

const FILE = 'step/flags-float32.json';

let plain: string;
let packed: string;

beforeEach(() => {
  plain = partOfGolden('step/flags-float32', 'step/flags-float64');
  packed = join(temporaryFolder(), 'packed');
  pack(plain, packed);
});

describe('packed golden files', () => {
  test('read as those they were made of', () => {
    expect(readGolden(packed)).toEqual(readGolden(plain));
    const lines = readCaseLines(packed);
    expect(lines).toEqual(readGolden(plain).cases.map(({ id, clauses, needs }) => ({ id, clauses, needs })));
    expect(lines.length).toBeGreaterThan(90);
  });

  test.each([
    [['list', 'step/flags-float32/*']],
    [['show', 'RMS-8']],
    [['show', 'step/flags-float32/momentum+foreach=false']],
    [['check', '--only', 'step/flags-float32/momentum*']],
    [['drift', 'torch-2.1.2', 'torch-2.13.0', '--only', '*float64/plain*']],
  ])('give %j the same to print', async (args) => {
    const [before, after] = [await rmsproof(...args, '--golden', plain), await rmsproof(...args, '--golden', packed)];
    expect(after).toEqual(before);
    expect(after.code).toBe(0);
  });

  test('are refused where their text is another, with both digests', async () => {
    const path = join(packed, `${FILE}.gz`);
    const text = gunzipSync(readFileSync(path)).toString('utf8');
    writeFileSync(path, gzipSync(text.replace('momentum', 'momentun')));
    const { code, stderr } = await rmsproof('check', '--golden', packed);
    expect(stderr).toMatch(
      /: its text has the digest [0-9a-f]{64}, the index says [0-9a-f]{64}; install the package anew/,
    );
    expect(stderr).toContain(path);
    expect(code).toBe(3);
  });

  test('are refused where they are no gzip, or not in the index', async () => {
    const path = join(packed, `${FILE}.gz`);
    writeFileSync(path, 'no gzip');
    expect((await rmsproof('check', '--golden', packed)).stderr).toContain(`${path}: is no gzip: `);
    copyFileSync(join(packed, 'step/flags-float64.json.gz'), path);
    copyFileSync(path, join(packed, 'step/new.json.gz'));
    expect((await rmsproof('check', '--golden', packed, '--only', 'step/new/*')).stderr).toContain(
      'the index says nothing',
    );
  });

  test.each([
    [['record']],
    [['import-recording', 'cuda-x.json']],
    [['promote', 'x.json', '--name', 'x', '--clauses', 'RMS-1']],
  ])('are not written by %j', async (args) => {
    expect(await rmsproof(...args, '--golden', packed)).toMatchObject({
      code: 2,
      stderr: `rmsproof: ${packed} is packed, as the package is published; --golden names golden/ of the repository\n`,
    });
  });
});
