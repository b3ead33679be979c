/**
 * What a program on the shim may raise: PyTorch's exceptions are observed, the shim's own end the scenario.
 */
import { afterAll, describe, expect, test } from 'vitest';
import type { Target } from '../../../../../../src/scenario/port.ts';
import type { Observation } from '../../../../../../src/scenario/types.ts';
import { type PyodideSource, pyodideTorchSource } from '../../../../../../src/subject/pyodide/source.ts';
import { standIn, stepping } from '../../../stand-in.ts';

const TARGET: Target = { version: '2.99.0', arithmetic: 'separate' };

const source = pyodideTorchSource({
  source: standIn({
    updates: 'with torch.no_grad(): p.mul_(2)',
    raises: "raise RuntimeError('as PyTorch would')",
    writes_leaf: 'p.mul_(2)',
    keyword: '[].sort(revers=True)',
    dictionary: '{[]: 1}',
    unpacking: 'a, b = [1, 2, 3]',
    lacks_method: 'p.cumsum(0)',
    lacks_name: 'torch.cumsum(p, 0)',
    lacks_module: 'import torch.fft',
    lacks_part: 'torch.jit.trace(p)',
    lacks_import: 'from torch.utils._foreach_utils import sorted_by_dtype',
    lacks_kind: 'torch.tensor([[1.0]])',
    mistaken: 'p.permute(5)',
  }),
});

afterAll(() => source.close());

async function step(does: string, from: PyodideSource = source): Promise<readonly Observation[]> {
  const subject = await from.open(TARGET);
  return subject.run(stepping(does));
}

describe('an exception of the program', () => {
  test.each([
    ['raises', 'RuntimeError', 'as PyTorch would'],
    ['writes_leaf', 'RuntimeError', 'a leaf Variable that requires grad is being used in an in-place operation.'],
  ])('is observed: %s', async (does, type, message) => {
    expect((await step(does))[1]).toEqual({ error: { type, message } });
  });

  test.each([
    ['keyword', "sort() got an unexpected keyword argument 'revers'"],
    ['dictionary', "unhashable type: 'list'"],
  ])('is worded as older Pythons do: %s', async (does, message) => {
    expect((await step(does))[1]).toEqual({ error: { type: 'TypeError', message } });
  });

  test('is worded as older Pythons do: unpacking', async () => {
    const message = 'too many values to unpack (expected 2)';
    expect((await step('unpacking'))[1]).toEqual({ error: { type: 'ValueError', message } });
  });

  test('is none where nothing is raised', async () => {
    const [, stepped, read] = await step('updates');
    expect(stepped).toEqual({ value: null });
    expect(read).toMatchObject({ value: { $dict: [['w', { $tensor: { bits: '40000000 40800000' } }]] } });
  });
});

describe('what the shim lacks', () => {
  test.each([
    ['lacks_method', 'the shim lacks Tensor.cumsum'],
    ['lacks_name', 'the shim lacks torch.cumsum'],
    ['lacks_module', 'the shim lacks torch.fft'],
    ['lacks_part', 'the shim lacks torch.jit.trace'],
    ['lacks_import', 'the shim lacks torch.utils._foreach_utils.sorted_by_dtype'],
    ['lacks_kind', 'the shim makes tensors of numbers and of flat lists of them only'],
  ])('is an adapter error that names it: %s', async (does, message) => {
    await expect(step(does)).rejects.toThrow(`pyodide:source 2.99.0: ${message}`);
  });

  test('is told from a mistake of the shim, which is one too', async () => {
    await expect(step('mistaken')).rejects.toThrow('pyodide:source 2.99.0: Views.permute: TypeError: ');
  });

  test('is found when the files are imported', async () => {
    const other = pyodideTorchSource({ source: standIn({}, 'from torch.distributed import get_rank') });
    await expect(other.open(TARGET)).rejects.toThrow('pyodide:source 2.99.0: the shim lacks torch.distributed');
    await other.close();
  });
});
