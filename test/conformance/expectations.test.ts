/**
 * Results held against what was expected of them, both ways.
 */
import { describe, expect, it, test } from 'vitest';
import { type Expectations, judge } from '../../src/conformance/expectations.ts';
import type { NamedRule } from '../../src/conformance/diagnosis/diagnose.ts';
import { judgementTexts } from '../../src/report/judgement.ts';
import { changes, updated } from '../../src/conformance/update.ts';
import {
  claimedCases,
  type CaseResult,
  type Conformance,
  outcomeOf,
  type Run,
  type Verdict,
} from '../../src/conformance/verdicts.ts';
import { sinceOf } from '../../src/golden/since.ts';
import { needsOfProfile } from '../../src/scenario/needs.ts';

const reference = 'torch-2.15.0/separate';
const today = '2026-11-29';

const result = (id: string, verdict: Verdict, rest: Partial<CaseResult> = {}): CaseResult => ({
  ...{ id, verdict, area: 'step', profile: 'numbers', clauses: [] },
  ...rest,
});

function conformance(verdicts: Readonly<Record<string, Verdict>>, rest: Partial<Run> = {}): Conformance {
  const cases = Object.entries(verdicts).map(([id, verdict]) => result(id, verdict));
  const run: Run = { reference, arithmetic: 'separate', claims: ['numbers', 'float32'], compared: ['numbers'], cases };
  return { subject: { name: 'a port' }, runs: [{ ...run, ...rest }] };
}

const expectations: Expectations = {
  ...{ format: 1, rmsproof: '0.1.0', references: [reference], claims: ['numbers', 'float32'] },
  accepted: [{ cases: 'step/a/*', count: 2, reason: 'rounds twice' }],
};

/** The outcome of a result that is held against expectations. */
function outcome(found: Conformance, given: Partial<Parameters<typeof judge>[1]> = {}): string {
  return outcomeOf({ ...found, judgement: judge(found, { expectations, today, ...given }) });
}

describe('what is expected', () => {
  const as = { 'step/a/x': 'failed', 'step/a/y': 'failed', 'step/b/x': 'exact' } as const;

  it('fails as it is accepted', () => {
    expect(outcome(conformance(as))).toBe('as expected');
  });

  it('conforms where nothing fails and nothing is accepted', () => {
    expect(outcome(conformance({ 'step/b/x': 'exact' }), { expectations: { ...expectations, accepted: [] } })).toBe(
      'conforms',
    );
  });

  it('is not a failure that nobody accepted', () => {
    const found = conformance({ ...as, 'step/b/x': 'failed' });
    expect(judge(found, { expectations, today }).unexpected).toEqual([{ reference, id: 'step/b/x' }]);
    expect(outcome(found)).toBe('differs');
  });

  it.each([
    ['one passes', { ...as, 'step/a/y': 'exact' }, 'step/a/*: 2 failures are accepted, there is 1'],
    ['all pass', { 'step/a/x': 'exact', 'step/b/x': 'exact' }, 'step/a/*: 2 failures are accepted, none is left'],
  ] as const)('is stale where %s', (_, verdicts, text) => {
    const found = conformance(verdicts);
    expect(judge(found, { expectations, today }).stale).toEqual([text]);
    expect(outcome(found)).toBe('stale');
    expect(judge(found, { expectations, today, partial: true }).stale).toEqual([]);
  });

  it('is worse where one more fails, unless the case is new or more is claimed', () => {
    const found = conformance({ ...as, 'step/a/z': 'failed' });
    const texts = (given: Partial<Parameters<typeof judge>[1]>, own = found): readonly (readonly string[])[] => {
      const { worse, stale } = judge(own, { expectations, today, ...given });
      return [worse, stale];
    };
    const sentence = 'step/a/*: 2 failures are accepted, there are 3';
    expect(texts({})).toEqual([[`the port got worse: ${sentence}`], []]);
    expect(outcome(found)).toBe('differs');
    expect(texts({ partial: true })).toEqual([[], []]);
    const since = { 'step/a/z': '0.2.0' };
    expect(texts({ since })).toEqual([[], [sentence]]);
    expect(outcome(found, { since })).toBe('stale');
    const claims = { claims: ['numbers', 'float32', 'state'] } as const;
    const more = conformance({ ...as, 'step/a/z': 'failed' }, claims);
    expect(texts({}, more)[0]).toEqual([]);
    expect(outcome(more)).toBe('stale');
  });

  it('is not accepted where it fails in another way than an entry says', () => {
    const accepted = [{ ...expectations.accepted[0]!, cause: 'numbers differ' }];
    const judgement = judge(conformance(as), { expectations: { ...expectations, accepted }, today });
    expect(judgement.unexpected.map(({ id }) => id)).toEqual(['step/a/x', 'step/a/y']);
    expect(judgement.stale).toEqual(['step/a/* (numbers differ): 2 failures are accepted, none is left']);
  });

  it('is stale from the day after it expires', () => {
    const accepted = [{ ...expectations.accepted[0]!, expires: today }];
    expect(outcome(conformance(as), { expectations: { ...expectations, accepted } })).toBe('as expected');
    const later = { expectations: { ...expectations, accepted }, today: '2026-11-30' };
    expect(outcome(conformance(as), later)).toBe('stale');
    expect(judge(conformance(as), later).stale).toEqual([`step/a/*: accepted until ${today}`]);
  });

  it('is broken where an adapter is, whatever is accepted', () => {
    expect(outcome(conformance({ ...as, 'step/a/x': 'broken' }))).toBe('broken');
  });

  it('is no fresh program that fails', () => {
    const fresh = { count: 1, seed: 1, results: [result('fresh/seed=1/1', 'failed')], programs: new Map() };
    expect(outcome(conformance(as, { fresh }))).toBe('differs');
  });

  it('is by a rule what the rule explains, where the diagnosis names it', () => {
    const axes = [{ axis: 'eps', value: 'inside', says: '', clauses: [] }] as const;
    const diagnosis = {
      ...{
        sanity: [],
        rules: [{ axes, dialects: [] }],
        explained: 2,
        unknown: false,
        open: [],
        told: [],
        looked: 'cases' as const,
        held: 3,
        failed: 3,
        unexplained: ['step/b/x'],
      },
      ...{ causes: [], clauses: [], plainness: () => [] },
    };
    const found = conformance({ ...as, 'step/b/x': 'failed' }, { diagnosis });
    const by = (rule: string): Expectations => ({ ...expectations, accepted: [{ rule, count: 2, reason: 'known' }] });
    expect(judge(found, { expectations: by('eps=inside'), today })).toMatchObject({
      accepted: [{ found: 2 }],
      unexpected: [{ id: 'step/b/x' }],
    });
    expect(judge(found, { expectations: by('eps=twice'), today }).unexpected).toHaveLength(3);
  });

  describe('by a rule', () => {
    type Wrong = readonly [axis: string, value: string];
    const [eps, lr, momentum]: readonly Wrong[] = [
      ['eps', 'inside'],
      ['default_lr', '0.1'],
      ['momentum', 'nesterov'],
    ];
    /** A result whose two failures are explained by rules: each some wrong values, maybe of one path. */
    const computing = (
      ...rules: readonly { readonly wrong: readonly Wrong[]; readonly path?: string }[]
    ): Conformance => {
      const named = rules.map(({ wrong, ...path }) => ({
        axes: wrong.map(([axis, value]) => ({ axis, value, says: '', clauses: [] })),
        ...{ dialects: [], ...path },
      })) as unknown as NamedRule[];
      const diagnosis = {
        ...{ sanity: [], rules: named, open: [], told: [], unknown: named.length === 0, looked: 'cases' as const },
        ...{ explained: 2, held: 2, failed: 2, unexplained: named.length === 0 ? Object.keys(as) : [] },
        ...{ causes: [], clauses: [], plainness: () => [] },
      };
      return conformance(as, { diagnosis });
    };
    const judged = (
      found: Conformance,
      rule: string,
      count: number = 2,
    ): readonly [string, ...(readonly string[])[]] => {
      const accepting: Expectations = { ...expectations, accepted: [{ rule, count, reason: 'known' }] };
      const { worse, stale } = judge(found, { expectations: accepting, today });
      return [outcome(found, { expectations: accepting }), worse, stale];
    };

    it('holds as long as the port computes the whole of it, in whatever order it is written', () => {
      expect(judged(computing({ wrong: [eps!, lr!] }), 'eps=inside, default_lr=0.1')).toEqual(['as expected', [], []]);
      expect(judged(computing({ wrong: [lr!] }, { wrong: [eps!] }), 'eps=inside')).toEqual(['as expected', [], []]);
    });

    it('is better once the port is wrong in fewer ways, whatever the counts', () => {
      for (const count of [1, 2, 9])
        expect(judged(computing({ wrong: [eps!] }), 'default_lr=0.1, eps=inside', count)).toEqual([
          'stale',
          [],
          [
            `better than promised: rule default_lr=0.1, eps=inside is accepted (${count}), and the port computes eps=inside alone (2)`,
          ],
        ]);
    });

    it('is worse once the port is wrong in one way more, and another where it is wrong otherwise', () => {
      expect(judged(computing({ wrong: [eps!, lr!] }), 'eps=inside')).toEqual([
        'differs',
        ['the port got worse: beside rule eps=inside, which is accepted, it has default_lr=0.1'],
        [],
      ]);
      const mended = computing({ wrong: [eps!, momentum!] });
      expect(judged(mended, 'eps=inside, default_lr=0.1')).toEqual([
        'differs',
        ['the port computes eps=inside, momentum=nesterov, where rule eps=inside, default_lr=0.1 is accepted'],
        [],
      ]);
      expect(judged(computing(), 'eps=inside')).toEqual([
        'differs',
        ['the port computes no known rule, where rule eps=inside is accepted'],
        [],
      ]);
    });

    describe('of which a mended fault hid others', () => {
      const rule = 'default_lr=0.1, eps=inside';
      const accepting: Expectations = {
        ...expectations,
        accepted: [
          { rule, count: 4, reason: 'known' },
          { cases: 'step/a/*', count: 1, reason: 'rounds twice' },
        ],
      };
      /** A port that fails in some cases, one of which the rule explains that is left, if one is. */
      const failing = (ids: readonly string[], ...wrong: readonly Wrong[]): Conformance => {
        const [run] = computing({ wrong }).runs;
        const unexplained = wrong.length === 0 ? ids : ids.slice(1);
        const diagnosis = { ...run!.diagnosis!, rules: wrong.length === 0 ? [] : run!.diagnosis!.rules, unexplained };
        return conformance(Object.fromEntries(ids.map((id) => [id, 'failed' as const])), { diagnosis });
      };
      const told = (found: Conformance, given: Partial<Parameters<typeof judge>[1]> = {}): readonly unknown[] => {
        const judgement = judge(found, { expectations: accepting, today, ...given });
        return [outcomeOf({ ...found, judgement }), judgement.worse, judgement.stale];
      };

      it('is better where they land in globs', () => {
        expect(told(failing(['step/a/w', 'step/a/x', 'step/a/y'], eps!))).toEqual([
          'stale',
          [],
          [
            'better than promised: 5 failures are accepted in all, there are 3; run --update',
            `better than promised: rule ${rule} is accepted (4), and the port computes eps=inside alone (1)`,
            'step/a/*: 1 failure is accepted, there are 2',
          ],
        ]);
      });

      it('is better where no rule is left, and --update accepts what no entry did', () => {
        const found = failing(['step/a/x', 'step/b/x', 'step/b/y']);
        const judgement = judge(found, { expectations: accepting, today });
        expect(told(found)).toEqual([
          'stale',
          [],
          [
            'better than promised: 5 failures are accepted in all, there are 3; run --update',
            `rule ${rule}: 4 failures are accepted, none is left`,
          ],
        ]);
        expect(judgement.unexpected).toHaveLength(2);
        const after = updated(found, judgement, ['numbers', 'float32'], '0.1.0');
        expect(outcome(found, { expectations: after })).toBe('as expected');
      });

      it('is not where as many fail in all, more than left the rule, or new cases', () => {
        const many = ['v', 'w', 'x', 'y', 'z'];
        expect(told(failing(many.map((name) => `step/a/${name}`)))[0]).toBe('differs');
        expect(told(failing(many.map((name) => `step/b/${name}`)))[0]).toBe('differs');
        const wide = [accepting.accepted[0]!, { cases: 'step/a/*', count: 9, reason: 'rounds twice' }];
        const six = failing([...many, 'u'].map((name) => `step/b/${name}`));
        expect(told(six, { expectations: { ...accepting, accepted: wide } })[0]).toBe('differs');
        const since = { 'step/b/x': '0.2.0' };
        expect(told(failing(['step/b/x']), { since })[0]).toBe('differs');
      });

      it('is not where another rule took its place', () => {
        expect(told(failing(['step/b/x', 'step/b/y'], momentum!))[0]).toBe('differs');
      });
    });

    it('is of both paths of a port that has two, and better where one of them is mended', () => {
      const both = [
        { wrong: [eps!], path: 'foreach=False' },
        { wrong: [momentum!], path: 'foreach=True' },
      ];
      const rule = 'eps=inside, foreach=False; foreach=True, momentum=nesterov';
      expect(judged(computing(...both), rule)).toEqual(['as expected', [], []]);
      expect(judged(computing(both[1]!), rule)[0]).toBe('stale');
      expect(judged(computing(both[0]!), 'eps=inside')[0]).toBe('stale');
      expect(judged(computing(...both), 'eps=inside, foreach=False')[0]).toBe('differs');
    });

    it('is written anew by --update: with its reason where it is better, to be explained where it is another', () => {
      const accepting: Expectations = {
        ...expectations,
        accepted: [{ rule: 'default_lr=0.1, eps=inside', count: 9, reason: 'known' }],
      };
      const after = (found: Conformance): Expectations =>
        updated(found, judge(found, { expectations: accepting, today }), ['numbers', 'float32'], '0.1.0');
      const better = computing({ wrong: [eps!] });
      expect(after(better).accepted).toEqual([{ rule: 'eps=inside', count: 2, reason: 'known' }]);
      expect(outcome(better, { expectations: after(better) })).toBe('as expected');
      const other = computing({ wrong: [momentum!] });
      expect(after(other).accepted).toEqual([{ rule: 'momentum=nesterov', count: 2, reason: 'to be explained' }]);
    });
  });
});

describe('promises', () => {
  const good = { 'step/a/x': 'failed', 'step/a/y': 'failed' } as const;

  it.each([
    [{ claims: ['numbers'] }, 'differs', 'the port promised "float32", and does not claim it'],
    [{ fixed: ['eps=1e-8'] }, 'differs', 'the port promised to take any eps, and claims "eps=1e-8"'],
    [{ claims: ['numbers', 'float32', 'state'] }, 'stale', 'the port claims "state", which it did not promise'],
  ] as const)('are held where the port has %j', (run, expected, text) => {
    const found = conformance(good, run as Partial<Run>);
    const { broken, stale } = judge(found, { expectations, today });
    expect([...broken, ...stale]).toEqual([text]);
    expect(outcome(found)).toBe(expected);
  });

  it('are none where the file has none yet, which is said', () => {
    const empty = { ...expectations, claims: [] };
    const judgement = judge(conformance(good, { fixed: ['eps=1e-8'] }), { expectations: empty, today });
    expect([judgement.broken, judgement.stale, judgement.unpromised]).toEqual([[], [], true]);
    expect(judge(conformance(good), { expectations, today }).unpromised).toBeUndefined();
    expect(judgementTexts(judgement)).toContain('no claims are promised yet: --update writes them');
  });

  it('of a fixed option are kept by it, and by more than it', () => {
    const fixing: Expectations = { ...expectations, claims: ['numbers', 'float32', 'eps=1e-08'] };
    expect(outcome(conformance(good, { fixed: ['eps=1e-8'] }), { expectations: fixing })).toBe('as expected');
    expect(judge(conformance(good), { expectations: fixing, today }).stale).toEqual([
      'the port promised "eps=1e-8", and claims to take others',
    ]);
    const { broken, stale } = judge(conformance(good, { fixed: ['eps=1e-5'] }), { expectations: fixing, today });
    expect([broken, stale]).toEqual([['the port promised "eps=1e-8", and claims "eps=1e-5"'], []]);
  });

  it('are required profiles', () => {
    const whole = conformance({ 'step/b/x': 'exact' }, { claims: needsOfProfile('numbers') });
    const judged = (found: Conformance): Conformance => ({
      ...found,
      judgement: judge(found, { require: ['numbers'], today }),
    });
    expect(outcomeOf(judged(whole))).toBe('conforms');
    const part = judged(conformance({ 'step/b/x': 'exact' }));
    expect(outcomeOf(part)).toBe('differs');
    expect(part.judgement!.broken[0]).toMatch(
      /^the profile numbers is required, and the port does not claim state, float64,/,
    );
    const fixed = judged({ ...whole, runs: [{ ...whole.runs[0]!, fixed: ['eps=1e-8'] }] });
    expect(fixed.judgement!.broken).toEqual(['the profile numbers is required, and the port fixes eps=1e-8']);
  });
});

test('cases that the pinned version did not have are named', () => {
  const since = { 'step/b': '0.2.0', 'step/a/y': '0.1.1' };
  const found = conformance({ 'step/a/x': 'exact', 'step/a/y': 'failed', 'step/b/x': 'exact' });
  expect(judge(found, { expectations, today, since })).toMatchObject({
    fresh: ['step/a/y', 'step/b/x'],
    pinned: '0.1.0',
  });
  expect(judge(found, { expectations: { ...expectations, rmsproof: '0.2.0' }, today, since }).fresh).toEqual([]);
  expect(judge(found, { today, since }).fresh).toEqual([]);
});

test('cases are of the first version unless the table says otherwise', () => {
  expect(sinceOf('step/a/x')).toBe('0.1.0');
  expect(sinceOf('step/a/x', { 'step/a': '0.2.0' })).toBe('0.2.0');
});

describe('--update', () => {
  const found = conformance({ 'step/a/x': 'failed', 'step/b/x': 'failed', 'step/c/x': 'failed', 'step/c/y': 'exact' });
  const after = updated(found, judge(found, { expectations, today }), ['numbers', 'float32'], '0.2.0');

  it('keeps reasons, brings counts up to date, and accepts what else fails, by area and cause', () => {
    expect(after).toEqual({
      ...{ format: 1, rmsproof: '0.2.0', references: [reference], claims: ['float32', 'numbers'] },
      accepted: [
        { cases: 'step/a/*', count: 1, reason: 'rounds twice' },
        { cases: 'step/b/x', cause: 'differs', count: 1, reason: 'to be explained' },
        { cases: 'step/c/x', cause: 'differs', count: 1, reason: 'to be explained' },
      ],
    });
    expect(outcome(found, { expectations: after })).toBe('as expected');
  });

  it('writes few entries for many cases, each of one cause, and the file is then true', () => {
    const flags = ['plain', 'momentum', 'centered', 'momentum+centered', 'momentum+centered+maximize'];
    const ids = ['float32', 'float64'].flatMap((dtype) => flags.map((own) => `step/flags-${dtype}/${own}`));
    const throws = {
      op: 1,
      operation: 'train',
      facet: 'errors',
      where: 'x',
      expected: 'no error',
      actual: 'E: e',
    } as const;
    const cases = [
      ...ids.map((id) => result(id, id.includes('momentum+centered') ? 'failed' : 'exact')),
      ...ids.map((id) => ({ ...result(id.replace('flags', 'refused'), 'failed'), difference: throws })),
    ];
    const mixed = { ...conformance({}), runs: [{ ...conformance({}).runs[0]!, cases }] };
    const none = { ...expectations, accepted: [] };
    const made = updated(mixed, judge(mixed, { expectations: none, today }), ['numbers', 'float32'], '0.1.0');
    expect(made.accepted).toEqual([
      { cases: 'step/flags-*/*momentum*centered*', cause: 'differs', count: 4, reason: 'to be explained' },
      { cases: 'step/refused-*/*', cause: 'train throws E: e', count: 10, reason: 'to be explained' },
    ]);
    expect(outcome(mixed, { expectations: made })).toBe('as expected');
    const again = updated(mixed, judge(mixed, { expectations: made, today }), ['numbers', 'float32'], '0.1.0');
    expect(changes(made, again)).toEqual([]);
  });

  it('takes nothing from entries that are there', () => {
    const before = { ...expectations, accepted: [{ cases: 'step/c/x', count: 1, reason: 'known' }] };
    const made = updated(found, judge(found, { expectations: before, today }), ['numbers', 'float32'], '0.1.0');
    expect(made.accepted[0]).toEqual(before.accepted[0]);
    expect(outcome(found, { expectations: made })).toBe('as expected');
  });

  it('leaves out what is accepted in vain', () => {
    const good = conformance({ 'step/a/x': 'exact' });
    expect(updated(good, judge(good, { expectations, today }), ['numbers', 'float32'], '0.1.0').accepted).toEqual([]);
  });

  it('says what changes', () => {
    expect(changes(expectations, after)).toEqual([
      '+ rmsproof: 0.2.0',
      '~ accepted: step/a/*, 2, now 1',
      '+ accepted: step/b/x (differs), 1',
      '+ accepted: step/c/x (differs), 1',
    ]);
    expect(changes(after, { ...after, claims: ['numbers'], accepted: [] })).toEqual([
      '- claims: float32',
      '- accepted: step/a/*',
      '- accepted: step/b/x (differs)',
      '- accepted: step/c/x (differs)',
    ]);
    expect(changes(after, after)).toEqual([]);
  });
});

test('the share of the claimed cases that ran leaves out what was skipped, not run, or kept from the port', () => {
  const cases = [
    ...[result('step/a/x', 'exact'), result('step/a/y', 'failed')],
    result('step/a/z', 'broken', { broken: 'not run: the port hung or ended its process 3 times' }),
    result('step/b/x', 'unsupported', { unclaimed: ['objects'] }),
    result('step/b/y', 'unsupported', { unclaimed: ['eps=1e-8'] }),
    result('step/c/x', 'unsupported', { unclaimed: ['momentum'] }),
  ];
  const [run] = conformance({}).runs;
  expect(claimedCases({ ...run!, cases, skipped: 3 })).toEqual({ cases: 8, ran: 2 });
});
