import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { fakePython, hello } from '../fixtures/fake-python.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

describe('rmsproof promote', () => {
  const scenario = {
    id: 'fuzz/found/program',
    tensors: { p0: { dtype: 'float32', shape: [1], bits: '3f800000', parameter: true } },
    gradients: {},
    program: [{ op: 'read', tensors: ['p0'] }],
  };
  const golden = (): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'references.json'), '{ "format": 1, "inputs": {}, "references": {} }');
    return folder;
  };
  const file = (): string => {
    const path = join(temporaryFolder(), 'counterexample.json');
    writeFileSync(path, JSON.stringify(scenario));
    return path;
  };

  test('records a counterexample into a golden file of its own', async () => {
    const folder = golden();
    const references = { format: 1, inputs: {}, references: {} as Record<string, unknown> };
    const provenance = Object.fromEntries(
      ['torch', 'git', 'python', 'numpy', 'device', 'capability', 'sqrt'].map((key) => [key, 'x']),
    );
    for (const arithmetic of ['separate', 'fused'])
      references.references[`torch-2.13.0/${arithmetic}`] = { provenance, recorder: '0'.repeat(64), observed: {} };
    writeFileSync(join(folder, 'references.json'), JSON.stringify(references));
    const python = fakePython(`${hello('2.13.0')} answer({ id: r.run.id, observations: [{ value: { $dict: [] } }] });`);
    const { code, stdout } = await rmsproof(
      'promote',
      file(),
      '--name',
      'odd-one',
      '--clauses',
      'RMS-1',
      '--golden',
      folder,
      '--python',
      python,
    );
    expect(stdout).toContain('written  ');
    expect(code).toBe(0);
    const { cases } = readGolden(folder);
    expect(cases).toMatchObject([{ id: 'found/odd-one/program', clauses: ['RMS-1'], needs: ['numbers', 'float32'] }]);
    expect([...cases[0]!.observed.keys()]).toEqual(['torch-2.13.0/fused', 'torch-2.13.0/separate']);
    const again = await rmsproof(
      'promote',
      file(),
      '--name',
      'odd-one',
      '--clauses',
      'RMS-1',
      '--golden',
      folder,
      '--python',
      python,
    );
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('ids are immutable') });
  });

  test('leaves nothing behind where PyTorch cannot be run', async () => {
    const folder = golden();
    const { code } = await rmsproof(
      'promote',
      file(),
      '--name',
      'odd-one',
      '--clauses',
      'RMS-1',
      '--golden',
      folder,
      '--python',
      '/no/python',
    );
    expect(code).toBe(3);
    expect(existsSync(join(folder, 'found', 'odd-one.json'))).toBe(false);
  });

  test('refuses a name that is no slug', async () => {
    expect(await rmsproof('promote', file(), '--name', 'Odd One', '--clauses', 'RMS-1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--name: expected letters, digits and hyphens'),
    });
  });
});
