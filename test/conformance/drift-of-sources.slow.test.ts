/**
 * PyTorch's own source in WebAssembly observes what PyTorch was recorded to, and drift says what another version does otherwise.
 */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { driftOfSources } from '../../src/conformance/drift-of-sources.ts';
import { readGolden } from '../../src/golden/read.ts';
import { readTorchFiles } from '../../src/subject/pyodide/torch-files.ts';
import { pythons } from '../fixtures/torch.ts';

const WHERE = 'import torch, os; print(os.path.dirname(os.path.dirname(torch.__file__)))';
const folderOf = (python: string): string => execFileSync(python, ['-c', WHERE], { encoding: 'utf8' }).trim();
const { cases } = readGolden(undefined, (name) => name.startsWith('groups/'));

describe.skipIf(pythons.length === 0).each(pythons)('the source of the torch at %s', (python) => {
  const folder = folderOf(python);
  const own = readTorchFiles(folder).version;

  test('drifts in nothing from what that torch was recorded to observe', async () => {
    const [result] = await driftOfSources([folder, `torch-${own}`], cases);
    const { drifts, numbers, cases: compared } = result!;
    expect(compared).toBe(cases.length);
    expect(drifts).toEqual([]);
    expect(numbers.differing).toBe(0);
  });

  test.runIf(own === '2.1.2')(
    'drifts from 2.13.0 in names and capturable, and in no number that both have',
    async () => {
      const [result] = await driftOfSources([folder, 'torch-2.13.0'], cases);
      const texts = result!.drifts.map(({ difference }) => difference.expected);
      expect(texts).toContain('TypeError: optimizer can only optimize Tensors, but one of the params is tuple');
    },
  );
});
