import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goldenFolder, goldenPaths } from '../../src/golden/folder.ts';
import { readGolden } from '../../src/golden/read.ts';
import { readText } from '../../src/golden/text.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { partOfGolden, spoiledGolden, temporaryFolder } from '../fixtures/temporary.ts';

const NAME = 'step/flags-float32';
const FILE = `${NAME}.json`;

describe('golden files', () => {
  test('hold no path of the machine that recorded them', () => {
    const paths = /(?<![\w.])\/(?:root|home|tmp|usr|var|opt|Users)\/|site-packages|\.py"|from user code/;
    for (const path of goldenPaths(goldenFolder)) expect(readText(path), path).not.toMatch(paths);
    expect(paths.test('File "/root/torch/optim/rmsprop.py", line 1')).toBe(true);
  });

  test('hold an observation of every case by some reference', () => {
    expect(readGolden().cases.filter(({ observed }) => observed.size === 0)).toEqual([]);
  });

  test.each([
    ['is no JSON', (text: string) => text.slice(0, 100), 'is no JSON'],
    ['has an unknown key', (text: string) => text.replace('"title":', '"titel":'), ' at /: '],
    [
      'has an unknown operation',
      (text: string) => text.replace('"op": "train"', '"op": "drain"'),
      ' at /cases/0/program/1',
    ],
    [
      'names a need that is none',
      (text: string) => text.replace('"numbers"', '"numbrs"'),
      ' at /cases/0/needs/0: expected one of numbers, ',
    ],
    [
      'has a tensor with too few elements',
      (text: string) => text.replace('"shape": [7]', '"shape": [8]'),
      ' at /tensors/vector/bits: expected 8 elements of shape [8], got 7',
    ],
    [
      'steps through gradients that are not there',
      (text: string) => text.replace('"gradients": "noisy"', '"gradients": "quiet"'),
      ' at /cases/0/program/1: there are no gradients quiet',
    ],
    [
      'refers to a tensor that is not there',
      (text: string) => text.replace('"$scalar"', '"$scaler"'),
      ' at /cases/0/program/0: there is no tensor scaler',
    ],
    [
      'names an unknown reference',
      (text: string) => text.replace('"torch-2.13.0/separate"', '"torch-2.12.0/separate"'),
      ' at /cases/0/observed/torch-2.12.0~1separate: the reference torch-2.12.0/separate is not in references.json',
    ],
    [
      'has an observation changed by hand',
      (text: string) =>
        text.replace(/"steps": \[\s*\{\s*"scalar": "[0-9a-f]{8}"/, (found) =>
          found.replace(/[0-9a-f]{8}"$/, '00000000"'),
        ),
      ' at /observations: what torch-2.1',
    ],
    [
      'has a gradient changed by hand',
      (text: string) => text.replace(/("noisy": [^]*?": ")[0-9a-f]{8}/, '$100000000'),
      ': its tensors, gradients and programs have the digest ',
    ],
    [
      'has a tensor changed by hand',
      (text: string) => text.replace(/("vector": [^]*?"bits": ")[0-9a-f]{8}/, '$100000000'),
      ': its tensors, gradients and programs have the digest ',
    ],
    [
      'has a program changed by hand',
      (text: string) => text.replace('"momentum": 0.9', '"momentum": 0.8'),
      ': its tensors, gradients and programs have the digest ',
    ],
    [
      'has another name than its path',
      (text: string) => text.replace('"name": "flags-float32"', '"name": "flags-float16"'),
      ' at /name: expected the area and name of its path, step/flags-float32, got step/flags-float16',
    ],
    ['uses an id twice', (text: string) => text.replace('plain+foreach=false', 'plain+foreach=none'), 'is used twice'],
    [
      'has an id of another file',
      (text: string) =>
        text.replace('"step/flags-float32/plain+foreach=none"', '"step/flags-float64/plain+foreach=none"'),
      ' at /cases/0/id: expected an id that begins with step/flags-float32/',
    ],
  ])('that %s are refused, with file and place, exit code 3', async (_, spoil, message) => {
    const { folder, path } = spoiledGolden(FILE, spoil, NAME);
    const { code, stderr } = await rmsproof('check', '--golden', folder);
    expect(stderr).toContain(path);
    expect(stderr).toContain(message);
    expect(code).toBe(3);
  });

  test('are refused where references.json breaks its schema', async () => {
    const { folder } = spoiledGolden('references.json', (text) => text.replace('"git"', '"got"'), NAME);
    const { code, stderr } = await rmsproof('check', '--golden', folder);
    expect(stderr).toContain('references.json at /references/');
    expect(code).toBe(3);
  });

  test('are refused where references.json has no digest of their inputs', async () => {
    const { folder, path } = spoiledGolden(
      'references.json',
      (text) => text.replace(`"step/flags-float32": `, '"x": '),
      NAME,
    );
    const { code, stderr } = await rmsproof('check', '--golden', folder);
    expect(stderr).toContain(path.replace('references.json', FILE));
    expect(stderr).toContain('references.json says nothing; golden files are written by generators');
    expect(code).toBe(3);
  });

  test('are refused where one that a reference observed is missing', async () => {
    const folder = partOfGolden(NAME, 'step/flags-float64');
    const path = join(folder, FILE);
    rmSync(path);
    const { code, stderr } = await rmsproof('check', '--golden', folder);
    expect(stderr).toContain(`${path}: `);
    expect(stderr).toContain('observed it, but it is not there');
    expect(code).toBe(3);
  });

  test('are opened where a case is asked for that they may hold, and no others', async () => {
    const { folder } = spoiledGolden(FILE, () => 'no JSON', NAME, 'step/flags-float64');
    for (const only of ['step/flags-float64/plain*', 'step/flags-float64/plain+foreach=none', 'step/flags-float6*'])
      expect((await rmsproof('check', '--golden', folder, '--only', only)).code).toBe(0);
    expect((await rmsproof('show', 'step/flags-float64/plain+foreach=none', '--golden', folder)).code).toBe(0);
    for (const only of ['*flags-float64/plain*', 'step/flags-float*', '*'])
      expect(await rmsproof('check', '--golden', folder, '--only', only)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('is no JSON'),
      });
  });

  test('lie in folders of the name of their area', async () => {
    const folder = partOfGolden(NAME);
    cpSync(join(folder, 'step'), join(folder, 'stop'), { recursive: true });
    const { code, stderr } = await rmsproof('check', '--golden', folder);
    expect(stderr).toContain('stop/flags-float32.json at /name: expected the area and name of its path');
    expect(code).toBe(3);
  });

  test('are refused where there is no such folder', async () => {
    const { code, stderr } = await rmsproof('check', '--golden', '/no/such/folder');
    expect(stderr).toContain('/no/such/folder: is no folder of golden files: there is no references.json in it');
    expect(code).toBe(3);
  });

  test('are refused where references.json is alone', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/references.json`, '{ "format": 1, "inputs": {}, "references": {} }');
    const { code, stderr } = await rmsproof('check', '--golden', folder);
    expect(stderr).toBe(`rmsproof: ${folder}: there is no golden file in it, only references.json\n`);
    expect(code).toBe(3);
  });
});
