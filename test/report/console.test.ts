import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../src/conformance/diagnosis/diagnose.ts';
import type { Difference } from '../../src/conformance/difference.ts';
import type { CaseResult, Conformance, Run } from '../../src/conformance/verdicts.ts';
import { NEEDS } from '../../src/scenario/needs.ts';
import { consoleReport } from '../../src/report/console.ts';

const stream = new PassThrough() as unknown as NodeJS.WriteStream;

function reported(cases: readonly CaseResult[], more: Partial<Run> = {}): string[] {
  const run: Run = {
    reference: 'torch-2.13.0/separate',
    arithmetic: 'separate',
    claims: ['numbers', 'float32'],
    compared: ['numbers'],
    cases,
    ...more,
  };
  const result: Conformance = { subject: { name: 'mine' }, runs: [run] };
  return consoleReport(result, { command: 'npx rmsproof check', stream }).split('\n');
}

const numbers = { compared: 10, differing: 1 };
const result = (verdict: CaseResult['verdict'], more: Partial<CaseResult> = {}): CaseResult => ({
  ...{ id: `step/a/${verdict}`, area: 'step', profile: 'numbers', clauses: ['RMS-5'], verdict },
  ...more,
});
const difference: Difference = {
  ...{ op: 1, operation: 'train', facet: 'numbers', where: 'step 1, w' },
  ...{ expected: '0 (00000000)', actual: '-0 (80000000)' },
};

describe('the last lines say what came of it', () => {
  test('that the port conforms, bounded cases and all, in 80 columns', () => {
    const many = Array.from({ length: 1500 }, () => result('bounded', { undetermined: 1000, numbers }));
    const lines = reported([result('exact', { numbers }), ...many, result('unsupported')]);
    expect(lines.slice(-3)).toEqual([
      'CONFORMS  1 cases exact, 1,500 bounded, 1 unsupported; 15,010 numbers, 1,501',
      '          differing, 1,500,000 undetermined',
      '          against torch-2.13.0/separate',
    ]);
  });

  test('that it does not', () => {
    expect(reported([result('exact'), result('failed', { numbers, difference })]).slice(-2)).toEqual([
      'DOES NOT CONFORM  1 of 2 cases failed; 1 of 10 numbers differ',
      '                  against torch-2.13.0/separate',
    ]);
  });

  test('that the adapter broke, which says nothing of the port', () => {
    const cases = [result('exact'), result('failed', { numbers, difference }), result('broken', { broken: 'no step' })];
    const lines = reported(cases);
    expect(lines.slice(-3)).toEqual([
      'BROKEN  the adapter broke in 1 of 3 cases, 1 failed; this says nothing of the',
      '        port',
      '        against torch-2.13.0/separate',
    ]);
    expect(lines.join('\n')).not.toContain('CONFORM');
  });

  test('that no case ran', () => {
    expect(reported([result('unsupported', { unclaimed: ['hooks'] })]).slice(-2)).toEqual([
      'NO CASE RAN  the port claims too little for any of them',
      '             against torch-2.13.0/separate',
    ]);
  });
});

describe('the table of profiles', () => {
  test('counts every case in one of the profiles, and says how much of it is claimed', () => {
    const cases = [
      result('exact'),
      result('failed', { numbers, difference }),
      result('unsupported', { profile: 'hooks', unclaimed: ['hooks'] }),
    ];
    expect(reported(cases).slice(6, 9)).toEqual([
      '  profile  claimed  cases  exact  bounded  failed  unsupported',
      '  numbers  2 of 11      2      1        0       1            0',
      '  hooks    nothing      1      0        0       0            1',
    ]);
  });

  test('is left out where everything is claimed and good, and is there where something failed', () => {
    const head = '  profile  claimed  cases  exact  bounded  failed  unsupported';
    expect(reported([result('exact')], { claims: NEEDS })).not.toContain(head);
    const lines = reported([result('failed', { numbers, difference })], { claims: NEEDS });
    expect(lines).toContain(head);
    expect(lines).toContain('  numbers      all      1      0        0       1            0');
  });
});

describe('what is not claimed', () => {
  const lacking = (...all: CaseResult['unclaimed'][]): string =>
    reported([result('exact'), ...all.map((unclaimed) => result('unsupported', { unclaimed: unclaimed! }))]).join('\n');

  test('is told by what would open most, fixed options first, with a number for the rest', () => {
    const many = ['momentum', 'centered', 'hooks', 'groups', 'names', 'repr', 'fill', 'closure', 'deepcopy'] as const;
    const text = lacking(['momentum', 'hooks'], ['hooks'], ['eps=1e-5'], many).replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'not claimed, by cases that need it: eps=1e-5 (1), hooks (3), momentum (2), centered (1), groups (1), names (1), repr (1), fill (1), and 2 needs more',
    );
    expect(lacking(many).replaceAll(/\s+/g, ' ')).toContain('closure (1), deepcopy (1)');
  });
});

describe('the table', () => {
  test('has a column of broken cases where there are some', () => {
    expect(reported([result('exact')])[3]).toBe(
      '  area  cases  exact  bounded  failed  unsupported  numbers  differing',
    );
    const lines = reported([result('exact'), result('broken', { broken: 'no step' })]);
    expect(lines.slice(3, 5)).toEqual([
      '  area  cases  exact  bounded  failed  broken  unsupported  numbers  differing',
      '  step      2      1        0       0       1            0        0          0',
    ]);
  });

  test('moves together where its areas are too wide for 80 columns', () => {
    const lines = reported([result('broken', { area: 'state_dict', broken: 'no step' })]);
    expect(lines.slice(3, 5)).toEqual([
      '  area       cases exact bounded failed broken unsupported numbers differing',
      '  state_dict     1     0       0      0      1           0       0         0',
    ]);
  });
});

describe('a failure', () => {
  test('of two zeros names their sign, not a distance', () => {
    const lines = reported([result('failed', { numbers, difference: { ...difference, ulps: '0' } })]);
    expect(lines).toContain('      actual    -0 (80000000)   the sign of zero differs');
  });

  test('of two numbers names how far they lie apart', () => {
    const lines = reported([result('failed', { numbers, difference: { ...difference, ulps: '3' } })]);
    expect(lines).toContain('      actual    -0 (80000000)   +3 ulp');
  });

  test('fits into 80 columns but for its id and its command, which are never cut', () => {
    const id = `cuda/flags-float32/${'momentum0-'.repeat(8)}`;
    const text = 'a message of many words '.repeat(9).trim();
    const cases = [
      result('failed', { id, numbers, difference: { ...difference, expected: text, actual: text, where: text } }),
      result('broken', { id: `${id}b`, broken: text }),
    ];
    const lines = reported(cases);
    expect(lines.filter((line) => line.length > 80).map((line) => line.trim())).toEqual([
      `${id}b`,
      `npx rmsproof check --reference 'torch-2.13.0/separate' --only '${id}b'`,
      id,
      `npx rmsproof check --reference 'torch-2.13.0/separate' --only '${id}'`,
    ]);
    expect(lines.join(' ').replaceAll(/\s+/g, ' ').split(text)).toHaveLength(5);
  });

  test('names the clauses that its case tries', () => {
    const lines = reported([result('failed', { numbers, difference, clauses: ['RMS-5', 'XYZ-1'] })]);
    expect(lines).toContain('    tries RMS-5 "The running mean of squares", XYZ-1');
  });

  test('among many of the same cause stands for all of them', () => {
    const failed = (id: string): CaseResult => result('failed', { id, numbers, difference, clauses: ['HKS-2'] });
    const thrown = { ...difference, facet: 'errors', expected: 'no error', actual: 'Error: no' } as const;
    const lines = reported([...['a', 'b', 'c', 'd'].map(failed), result('failed', { difference: thrown })]);
    expect(lines).toContain('  FAILED a, and 3 in the same way');
    expect(lines).toContain('  FAILED step/a/failed');
    expect(lines).toContain('  and 3 more; --reporter json has all of them');
  });
});

describe('the diagnosis', () => {
  const nothing = {
    ...{
      sanity: [],
      rules: [],
      explained: 0,
      unknown: false,
      open: [],
      told: [],
      looked: 'cases' as const,
      held: 4,
      failed: 4,
      unexplained: [],
      causes: [],
      clauses: [],
    },
    plainness: () => [],
  };
  const of = (diagnosis: Partial<Diagnosis>): string =>
    reported([result('failed', { numbers, difference })], { diagnosis: { ...nothing, ...diagnosis } })
      .slice(0, -3)
      .join('\n')
      .replaceAll(/\s+/g, ' ');
  const axes = [{ axis: 'eps', value: 'inside', says: 'computes eps inside the root', clauses: ['RMS-7'] }] as const;

  test('names a rule, whose it is, how much it explains, and what it does not', () => {
    const causes = [{ says: 'numbers differ', cases: 1, plainest: 'step/b' }];
    expect(of({ rules: [{ axes, dialects: ['Paddle 3.3.1', 'optax 0.2.8'] }], explained: 3, causes })).toContain(
      'the port computes eps inside the root (as Paddle 3.3.1, optax 0.2.8 do): ' +
        'explains 3 of 4 failing cases; the other 1: numbers differ (step/b)',
    );
  });

  test('names all rules that nothing tells apart', () => {
    const rules = [
      { axes, dialects: [] },
      { axes: [{ ...axes[0], value: 'missing', says: 'leaves eps out' }], dialects: [] },
    ];
    expect(of({ rules, explained: 4 })).toContain(
      'the port computes eps inside the root, or leaves eps out (what was tried within its claims cannot tell which): ' +
        'explains 4 of 4 failing cases',
    );
  });

  test('says once what all rules share, whose rule it is before its defaults, and which path computes it', () => {
    const [lr, eps] = [
      { axis: 'default_lr', value: '0.001', says: 'has 0.001 as its default of lr', clauses: ['OPT-1'] } as const,
      { ...axes[0], value: 'missing', says: 'leaves eps out' } as const,
    ];
    const both = [
      { axes: [lr, axes[0]], dialects: [] },
      { axes: [lr, eps], dialects: ['Keras 3'] },
    ];
    expect(of({ rules: both })).toContain(
      'the port has 0.001 as its default of lr, either computes eps inside the root, or leaves eps out (as Keras 3 does) (what',
    );
    expect(of({ rules: [{ axes: [lr, eps], dialects: ['Keras 3'] }] })).toContain(
      'the port leaves eps out (as Keras 3 does), has 0.001 as its default of lr: explains',
    );
    expect(of({ rules: [{ axes, dialects: [], path: 'foreach=True' }] })).toContain(
      'the port with foreach=True computes eps inside the root: explains',
    );
  });

  test('says how many of those that fail a rule can run', () => {
    expect(of({ rules: [{ axes, dialects: [] }], explained: 2, held: 3 })).toContain(
      'explains 2 of 3 of the 4 failing cases that it can run',
    );
  });

  test('says where no known rule explains what differs', () => {
    expect(of({ unknown: true })).toContain('no known rule explains the numbers that differ');
  });

  test('says what is not sane, and which clauses are to blame', () => {
    const text = of({ sanity: ['momentum has no effect'], clauses: [{ clause: 'HKS-2', failed: 4, tried: 4 }] });
    expect(text).toContain('the port is not sane: momentum has no effect');
    expect(text).toContain('4 of 4 cases of HKS-2 "Order" fail, and others pass');
  });
});
