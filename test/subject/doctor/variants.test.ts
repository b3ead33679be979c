/**
 * The doctor over ports that compute wrong rules behind right adapters: it finds nothing to mend, whatever the rule.
 */
import { expect, test } from 'vitest';
import { COMBINATIONS, nameOf, SINGLES } from '../../../scripts/variants/list.ts';
import { portOf, SPELLINGS, textOf, type Truth } from '../../../scripts/variants/ports.ts';
import type { Port } from '../../../src/scenario/port.ts';
import { EXAMINATIONS } from '../../../src/subject/doctor/examinations.ts';
import { examine } from '../../../src/subject/doctor/examine.ts';
import { portSubject } from '../../../src/subject/module.ts';
import right from '../../fixtures/ports/resuming.ts';

/** Rules that nobody can tell from an adapter's fault by looking from outside: the doctor says to look. */
const OPEN =
  /=ignored|=into-gradient|^lr=|, lr=|state=none|fixed_momentum=|always_centered=|clip=value-\d-step|first_mean=.*default_centered=/;

test.each(SPELLINGS)('in %s no wrong rule is taken for a fault of its adapter', async (spelling) => {
  const mends: string[] = [];
  const looks = new Set<string>();
  for (const truth of [{} as Truth, ...SINGLES, ...COMBINATIONS]) {
    const findings = await examine(portSubject(await portOf(textOf(spelling, truth)!)));
    mends.push(
      ...findings.flatMap(({ mend, what }) => (mend === undefined ? [] : [`${nameOf(truth)}: ${what}: ${mend}`])),
    );
    if (findings.some(({ look }) => look !== undefined)) looks.add(nameOf(truth));
  }
  expect(mends).toEqual([]);
  expect([...looks].filter((name) => !OPEN.test(name))).toEqual([]);
  expect(looks).toContain('momentum=ignored');
});

test('a rule that has no use for an entry of a checkpoint loses nothing by it', async () => {
  type Any = Port<any, any>;
  const port = right as unknown as Any;
  // The mean of squares is the last square: what was loaded of it has no effect.
  const forgetful = {
    ...port,
    supports: port.supports!.filter((need) => !['centered', 'momentum'].includes(need)),
    optimizer: (groups, options) => port.optimizer(groups, { ...options, alpha: 0 }),
    load: (optimizer, { groups, state }) =>
      port.load!(optimizer, {
        state,
        groups: groups.map((group) => ({ ...group, options: { ...group.options, alpha: 0 } })),
      }),
  } as Any;
  const findings = await examine(portSubject(forgetful as Port));
  expect(findings.filter(({ mend }) => mend !== undefined)).toEqual([]);
  expect(findings.map(({ what }) => what)).toContain('load and save keep what a training goes on from');
});

test('an option that is fixed is not examined', async () => {
  const fixed = { ...right, supports: [...right.supports!, 'momentum=0.9', 'lr=0.01'] } as unknown as Port;
  const names = (await examine(portSubject(fixed))).map(({ what }) => what);
  expect(names).not.toContain('the option momentum has an effect');
  expect(names).not.toContain('setOption reaches the optimizer');
  expect(EXAMINATIONS.length).toBeGreaterThan(names.length);
});
