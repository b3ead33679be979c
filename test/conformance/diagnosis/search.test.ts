import { expect, test } from 'vitest';
import { portOf, type Spelling, textOf, type Truth } from '../../../scripts/variants/ports.ts';
import { observedNumbers, prepare, stateKeysOf } from '../../../src/conformance/diagnosis/predict.ts';
import { probesFor } from '../../../src/conformance/diagnosis/probes.ts';
import { type Answered, search, shareIn } from '../../../src/conformance/diagnosis/search.ts';
import { size } from '../../../src/conformance/diagnosis/stage.ts';
import type { Need } from '../../../src/scenario/needs.ts';
import { portSubject } from '../../../src/subject/module.ts';

/** What a port answers within some claims of its own. */
async function asked(spelling: Spelling, truth: Truth, but: readonly Need[] = []): Promise<[Answered[], Set<Need>]> {
  const subject = portSubject(await portOf(textOf(spelling, truth)!));
  const claims = new Set(subject.supports.filter((need) => !but.includes(need)));
  const keys = stateKeysOf(claims);
  const answered: Answered[] = [];
  for (const probe of probesFor(claims)) {
    const observations = await subject.run(probe.scenario);
    const [actual, stated] = [[], keys].map((some) => observedNumbers(probe.scenario, observations, some));
    answered.push({ probe, prepared: prepare(probe.scenario)!, actual: actual!, stated: stated!, keys });
  }
  return [answered, claims];
}

test.each(['float32', 'doubles', 'expression'] as const)(
  'a right port in %s has the rule that is wrong nowhere',
  async (spelling) => {
    const [answered, claims] = await asked(spelling, {});
    const { rules, share } = search(answered, claims);
    expect(rules).toEqual([{}]);
    expect(share).toBeGreaterThan(0.98);
  },
);

test('slips on axes of several stages are found together', async () => {
  const truth = { eps: 'inside', weight_decay: 'decoupled', momentum: 'lr-inside', default_lr: '0.001' };
  const [answered, claims] = await asked('expression', truth);
  const { rules, share } = search(answered, claims);
  expect(rules).toEqual([truth]);
  expect(share).toBeGreaterThan(0.98);
  expect(size(rules[0]!)).toBe(4);
  expect(shareIn({}, answered)).toBeLessThan(0.5);
});

test('rules that the claims cannot tell apart are all found, until the state tells', async () => {
  const truth = { squares: 'undecayed', eps: 'both' };
  const rules = [truth, { start: 'eps', squares: 'undecayed' }];
  const found = search(...(await asked('float32', truth, ['state', 'bookkeeping']))).rules;
  expect(found).toHaveLength(2);
  expect(found).toEqual(expect.arrayContaining(rules));
  expect(search(...(await asked('float32', truth))).rules).toEqual([truth]);
});

test('what is no option of a step is found in the first stage too', async () => {
  const truth = { clip: 'all-1', start: 'one' };
  expect(search(...(await asked('doubles', truth))).rules).toEqual([truth]);
});
