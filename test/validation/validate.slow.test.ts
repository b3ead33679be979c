/**
 * What the findings say of PyTorch is what real PyTorch does, where RMSPROOF_TORCH names interpreters that have it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { treeFromJSON } from '../../src/state-dict/json.ts';
import { writeTree } from '../../src/state-dict/write-tree.ts';
import { dryRun, REFERENCES } from '../../src/validation/dry-run.ts';
import type { Code } from '../../src/validation/finding.ts';
import { validateStateDict } from '../../src/validation/validate.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { pythons, versionOf } from '../fixtures/torch.ts';
import { real } from '../state-dict/real.ts';
import { CASES } from './cases.ts';

/** What real.py says of a run. */
interface Said {
  readonly by?: string;
  readonly type?: string;
  readonly message?: string;
  readonly nan?: boolean;
}

describe.each(pythons)('%s', (python) => {
  const version = versionOf(python);
  const reference = REFERENCES.find((one) => version.startsWith(`${one}.`))!;

  test('it does with every case what the port does, to the message', () => {
    const folder = temporaryFolder();
    // On a machine without a GPU torch.load itself refuses what lies on one.
    // 2.1 has tensors of eight bits but reads none with weights_only.
    const left: Code[] = ['on-another-device', ...(reference === '2.1' ? (['not-tried'] as const) : [])];
    const cases = CASES.filter(({ code }) => !left.includes(code));
    const files = cases.map(({ json }, i) => {
      writeFileSync(`${folder}/${i}.pt`, writeTree(treeFromJSON(json)));
      return `${folder}/${i}.pt`;
    });
    const said = real(python, 'try', ...files) as Said[][];
    cases.forEach(({ code, json, nan }, i) => {
      const ours = dryRun(treeFromJSON(json), [reference]).map(({ raised }) => raised);
      const theirs = said[i]!.map(({ by, type, message }) => (by === undefined ? undefined : { by, type, message }));
      expect(ours, `${i} ${code}`).toEqual(theirs);
      if (said[i]![0]!.by === undefined) expect(said[i]![0]!.nan, `${i} ${code}`).toBe(nan ?? false);
    });
  });

  test('files that are more than their state dict', () => {
    const folder = temporaryFolder();
    const said = new Map(real(python, 'files', folder) as [string, Record<string, unknown>][]);
    const codes = (name: string): string[] =>
      validateStateDict(readFileSync(`${folder}/${name}.pt`)).findings.map(({ code }) => code);
    expect([codes('whole'), said.get('whole')!['error']]).toEqual([['pickled-optimizer'], 'UnpicklingError']);
    expect([codes('cut'), said.get('cut')]).toEqual([
      ['unreadable'],
      { error: 'RuntimeError', message: expect.any(String) },
    ]);
    expect([codes('protocol-4'), said.get('protocol-4')!['error']]).toEqual([['pickle-protocol'], 'UnpicklingError']);
    expect([codes('legacy'), said.get('legacy')!['error']]).toEqual([['legacy-format'], undefined]);
    expect([codes('packed'), said.get('packed')!['error']]).toEqual([['compressed'], undefined]);
    expect(said.get('mapped')).toHaveProperty('error');
  });

  test('the state of every optimizer of PyTorch is named as what it is', () => {
    const folder = temporaryFolder();
    const names = real(python, 'optimizers', folder) as string[];
    expect(names.length).toBeGreaterThan(11);
    const found = names.map((name) => validateStateDict(readFileSync(`${folder}/${name}.pt`)).found!.optimizer);
    expect(found).toEqual(names.map((name) => (/^AdamW?$/.test(name) ? 'Adam or AdamW' : name)));
  });

  test('what it does silently', () => {
    expect(real(python, 'facts')).toEqual({
      ...{ momentum: 0, shape: 'RuntimeError', number: 'ValueError', 'shared differs': true, 'state left': 0 },
      names: reference === '2.1' ? null : ['a', 'b'],
    });
  });
});
