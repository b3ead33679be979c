/**
 * Texts of tensors and values at random: port, PyTorch's own source in Pyodide and real PyTorch.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { differenceOf } from '../../src/conformance/fuzz/fuzz.ts';
import { port } from '../../src/subject/port.ts';
import { type PyodideSource, pyodideTorchSource } from '../../src/subject/pyodide/source.ts';
import { readTorchFiles } from '../../src/subject/pyodide/torch-files.ts';
import type { Subject } from '../../src/subject/subject.ts';
import { openTorch } from '../../src/subject/torch.ts';
import { pythons } from '../fixtures/torch.ts';
import { printed } from './printed.ts';

const all = Array.from({ length: 150 }, (_, i) => printed(4000 + 100 * i));

test('programs that print begin with what they print', () => {
  expect(all[0]!.program.map(({ op }) => op)).toEqual(['optimizer', 'repr']);
});

describe.each(pythons)('with the torch of %s', (python) => {
  const { version } = readTorchFiles(python);
  const sources: PyodideSource[] = [];
  afterAll(() => Promise.all(sources.map((source) => source.close())));

  /** The first difference: one is easier to read than many. */
  async function differing(subject: Subject): Promise<unknown> {
    const ours = await port.open({ version, arithmetic: 'separate' });
    for (const scenario of all) {
      const difference = await differenceOf(scenario, subject, ours);
      if (difference !== undefined) return { id: scenario.id, difference };
    }
    return undefined;
  }

  test("real PyTorch prints the port's texts", async () => {
    const torch = await openTorch('separate', { python });
    const found = await differing(torch);
    await torch.close();
    expect(found).toBeUndefined();
  });

  test("PyTorch's own source in Pyodide prints the port's texts", async () => {
    const source = pyodideTorchSource({ source: python });
    sources.push(source);
    expect(await differing(await source.open({ version, arithmetic: 'separate' }))).toBeUndefined();
  });
});
