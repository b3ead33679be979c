import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { fakePython, hello } from '../fixtures/fake-python.ts';
import { spoiledGolden, temporaryFolder } from '../fixtures/temporary.ts';

const OBSERVE = '{ id: r.run.id, observations: r.run.program.map(() => ({})) }';

/** golden/ with one file of one tiny case, and no reference. */
function tinyGolden(): string {
  const folder = temporaryFolder();
  const file = {
    ...{ format: 1, area: 'step', name: 'tiny', title: 'one case' },
    tensors: { w: { dtype: 'float32', shape: [], bits: '3f800000' } },
    gradients: {},
    cases: [
      {
        id: 'step/tiny/one',
        clauses: ['RMS-1'],
        needs: ['numbers'],
        program: [{ op: 'read', tensors: ['w'] }],
        observed: {},
      },
    ],
    observations: [],
  };
  mkdirSync(join(folder, 'step'));
  writeFileSync(join(folder, 'step', 'tiny.json'), JSON.stringify(file));
  writeFileSync(join(folder, 'references.json'), '{ "format": 1, "inputs": {}, "references": {} }');
  return folder;
}

describe('rmsproof record', () => {
  test('writes what PyTorch observed, with provenance and digests that reading verifies', async () => {
    const golden = tinyGolden();
    const { code, stdout } = await rmsproof(
      'record',
      '--add',
      '--golden',
      golden,
      '--python',
      fakePython(`${hello('9.9.9')} answer(${OBSERVE});`),
    );
    expect(stdout).toContain('torch-9.9.9/separate  1 cases, 1 changed');
    expect(code).toBe(0);
    const { references, cases } = readGolden(golden);
    expect(Object.keys(references.references)).toEqual(['torch-9.9.9/fused', 'torch-9.9.9/separate']);
    expect(cases[0]!.observed.get('torch-9.9.9/fused')).toEqual([{}]);
  });

  test('refuses a PyTorch of another version unless told to add it', async () => {
    const python = fakePython(`${hello('9.9.9')} answer(${OBSERVE});`);
    for (const args of [['record'], ['record', '--verify']]) {
      const { code, stderr } = await rmsproof(...args, '--golden', tinyGolden(), '--python', python);
      expect(stderr).toContain('torch-9.9.9/separate is not a recorded reference; those are ');
      expect(code).toBe(3);
    }
  });

  test('refuses to add a version that is recorded', async () => {
    const golden = tinyGolden();
    const python = fakePython(`${hello('9.9.9')} answer(${OBSERVE});`);
    await rmsproof('record', '--add', '--golden', golden, '--python', python);
    expect(await rmsproof('record', '--add', '--golden', golden, '--python', python)).toMatchObject({
      code: 3,
      stderr: `rmsproof: ${python}: torch-9.9.9/separate is a recorded reference; without --add it is recorded anew\n`,
    });
  });

  test.each(['2.16', '2.16.0a0', 'nightly'])('refuses a torch of version %s, which is no release', async (version) => {
    const python = fakePython(`${hello(version)} answer(${OBSERVE});`);
    expect(await rmsproof('record', '--add', '--golden', tinyGolden(), '--python', python)).toMatchObject({
      code: 3,
      stderr: `rmsproof: ${python}: expected a released torch, of a version such as 2.15.0, got ${version}\n`,
    });
  });

  describe('--compiled', () => {
    const compiling = (version: string): string =>
      hello(version).replace(/arithmetic: [^,]*/, "arithmetic: 'compiled'");

    test('records a reference of its own, file by file', async () => {
      const golden = tinyGolden();
      const second = readFileSync(join(golden, 'step', 'tiny.json'), 'utf8').replaceAll('tiny', 'wee');
      writeFileSync(join(golden, 'step', 'wee.json'), second);
      const record = (...args: string[]): ReturnType<typeof rmsproof> =>
        rmsproof('record', '--compiled', '--golden', golden, ...args);
      const python = fakePython(`${compiling('9.9.9')} answer(${OBSERVE});`);
      const first = await record('--add', '--only', 'step/tiny', '--python', python);
      expect(first).toMatchObject({ code: 0, stdout: 'torch-9.9.9/compiled  1 cases, 1 changed\n' });
      // A file that no version recorded compiled is not missing.
      expect(await record('--verify', '--python', python)).toMatchObject({ code: 0 });
      expect((await record('--only', 'step/wee', '--python', python)).code).toBe(0);
      const { references } = readGolden(golden).references;
      expect(Object.keys(references)).toEqual(['torch-9.9.9/compiled']);
      expect(Object.keys(references['torch-9.9.9/compiled']!.observed)).toEqual(['step/tiny', 'step/wee']);
    });

    test('does not mix what two programs or builds recorded', async () => {
      const golden = tinyGolden();
      const second = readFileSync(join(golden, 'step', 'tiny.json'), 'utf8').replaceAll('tiny', 'wee');
      writeFileSync(join(golden, 'step', 'wee.json'), second);
      const record = (only: string, python: string, ...args: string[]): ReturnType<typeof rmsproof> =>
        rmsproof('record', '--compiled', '--golden', golden, '--only', only, '--python', python, ...args);
      await record('step/tiny', fakePython(`${compiling('9.9.9')} answer(${OBSERVE});`), '--add');
      const other = fakePython(`${compiling('9.9.9').replace('"git":"9.9.9"', '"git":"other"')} answer(${OBSERVE});`);
      expect(await record('step/wee', other)).toMatchObject({
        code: 3,
        stderr:
          'rmsproof: torch-9.9.9/compiled was recorded by another PyTorch or other programs: record all of its files anew\n',
      });
    });

    test('says so where there is no file of the areas that have numbers', async () => {
      const golden = tinyGolden();
      const python = fakePython(compiling('9.9.9'));
      expect(
        await rmsproof('record', '--compiled', '--add', '--only', 'hooks/*', '--golden', golden, '--python', python),
      ).toMatchObject({ code: 3, stderr: 'rmsproof: there is no file to record\n' });
    });
  });

  test('refuses --add with --verify, which writes nothing', async () => {
    expect(await rmsproof('record', '--verify', '--add', '--golden', tinyGolden())).toMatchObject({
      code: 2,
      stderr: 'rmsproof: --add is for recording; --verify writes nothing\n',
    });
  });

  test('writes nothing where PyTorch observes something else the second time', async () => {
    const golden = tinyGolden();
    const before = readFileSync(join(golden, 'step', 'tiny.json'), 'utf8');
    const python = fakePython(`${hello('9.9.9')} answer({ id: r.run.id, observations: [{ value: process.pid }] });`);
    const { code, stderr } = await rmsproof('record', '--add', '--golden', golden, '--python', python);
    expect(stderr).toContain('torch-9.9.9/separate observed something else the second time: step/tiny/one');
    expect(code).toBe(3);
    expect(readFileSync(join(golden, 'step', 'tiny.json'), 'utf8')).toBe(before);
    expect(readdirSync(golden)).toEqual(['references.json', 'step']);
  });

  test('with --verify exits 1 and names the cases that differ, and writes nothing', async () => {
    const golden = tinyGolden();
    await rmsproof(
      'record',
      '--add',
      '--golden',
      golden,
      '--python',
      fakePython(`${hello('9.9.9')} answer(${OBSERVE});`),
    );
    const same = await rmsproof(
      'record',
      '--verify',
      '--golden',
      golden,
      '--python',
      fakePython(`${hello('9.9.9')} answer(${OBSERVE});`),
    );
    expect([same.code, same.stdout]).toEqual([
      0,
      expect.stringContaining('torch-9.9.9/separate  1 cases, 0 differ from those recorded'),
    ]);
    const before = readFileSync(join(golden, 'step', 'tiny.json'), 'utf8');
    const other = fakePython(`${hello('9.9.9')} answer({ id: r.run.id, observations: [{ value: 1 }] });`);
    const { code, stdout } = await rmsproof('record', '--verify', '--golden', golden, '--python', other);
    expect(stdout).toContain('torch-9.9.9/separate  1 cases, 1 differ from those recorded\n  step/tiny/one');
    expect(code).toBe(1);
    expect(readFileSync(join(golden, 'step', 'tiny.json'), 'utf8')).toBe(before);
  });

  test('with --verify says where other programs recorded, and whether that matters', async () => {
    const golden = tinyGolden();
    const python = fakePython(`${hello('9.9.9')} answer(${OBSERVE});`);
    await rmsproof('record', '--add', '--golden', golden, '--python', python);
    const path = join(golden, 'references.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"recorder": "[0-9a-f]{8}/, '"recorder": "00000000'));
    const { code, stdout } = await rmsproof('record', '--verify', '--golden', golden, '--python', python);
    expect(stdout).toMatch(/^ {2}recorded by other programs than those of this package, which observed the same$/m);
    expect(code).toBe(0);
    const other = fakePython(
      `${hello('9.9.9')} answer(VALUE);`.replace('VALUE', OBSERVE.replace('({})', '({ value: 1 })')),
    );
    const differing = await rmsproof('record', '--verify', '--golden', golden, '--python', other);
    expect(differing.stdout).toMatch(/^ {2}recorded by other programs than those of this package: record it anew$/m);
    expect(differing.code).toBe(1);
    await rmsproof('record', '--golden', golden, '--python', python);
    const anew = await rmsproof('record', '--verify', '--golden', golden, '--python', python);
    expect(anew).toMatchObject({ code: 0, stdout: expect.not.stringContaining('other programs') });
  });

  test('writes all files or none', async () => {
    const golden = tinyGolden();
    rmSync(join(golden, 'step'), { recursive: true });
    const tiny = readFileSync(join(tinyGolden(), 'step', 'tiny.json'), 'utf8');
    for (const area of ['a', 'b']) {
      mkdirSync(join(golden, area));
      writeFileSync(join(golden, area, 'tiny.json'), tiny.replaceAll('step', area));
    }
    // The second file's temporary cannot be made: its name is taken.
    mkdirSync(join(golden, 'b', `tiny.json.${process.pid}.tmp`));
    const before = readFileSync(join(golden, 'a', 'tiny.json'), 'utf8');
    const python = fakePython(`${hello('9.9.9')} answer(${OBSERVE});`);
    const { code, stderr } = await rmsproof('record', '--add', '--golden', golden, '--python', python);
    expect(stderr).toContain(`${join(golden, 'b', 'tiny.json')}: cannot be written`);
    expect(code).toBe(3);
    expect(readFileSync(join(golden, 'a', 'tiny.json'), 'utf8')).toBe(before);
    expect(readdirSync(join(golden, 'a'))).toEqual(['tiny.json']);
    expect(readFileSync(join(golden, 'references.json'), 'utf8')).toBe(
      '{ "format": 1, "inputs": {}, "references": {} }',
    );
  });

  test('refuses a golden file that breaks its schema', async () => {
    const { folder, path } = spoiledGolden(
      'step/flags-float32.json',
      (text) => text.replace('"op": "train"', '"op": "drain"'),
      'step/flags-float32',
    );
    const { code, stderr } = await rmsproof('record', '--golden', folder, '--python', fakePython(hello('2.13.0')));
    expect(stderr).toContain(`${path} at /cases/0/program/1`);
    expect(code).toBe(3);
  });
});
