/**
 * The score of the diagnosis: that its list is whole, that its page is, and a sample of its cells.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../../scripts/mutation/mutants.ts';
import { SLIPS } from '../../scripts/variants/edits.ts';
import { COMBINATIONS, DEPARTURES, nameOf, SINGLES } from '../../scripts/variants/list.ts';
import { page, resultOn } from '../../scripts/variants/page.ts';
import { SPELLINGS, textOf } from '../../scripts/variants/ports.ts';
import { Score } from '../../scripts/variants/score.ts';
import { type Axis, type AxisName, valueOf } from '../../src/conformance/diagnosis/axes/axis.ts';
import { AXES, AXIS_NAMES } from '../../src/conformance/diagnosis/axes/table.ts';
import { readGolden } from '../../src/golden/read.ts';

const written = readFileSync(join(repository, 'spec/variants.md'), 'utf8');

test('every wrong value of the axes has edits, in every spelling, and nothing else has', () => {
  const values = AXIS_NAMES.flatMap((axis) => AXES[axis].values.slice(1).map(({ name }) => `${axis}=${name}`));
  expect(SINGLES.map(nameOf)).toEqual(expect.arrayContaining(values));
  // Beside them are numbers that stand in no table.
  for (const { axis, value } of SLIPS) expect(valueOf(AXES[axis as AxisName] as Axis, value).name).toBe(value);
  expect(SLIPS.length).toBeGreaterThan(values.length);
  for (const truth of SINGLES)
    for (const spelling of SPELLINGS) {
      expect([nameOf(truth), typeof textOf(spelling, truth)]).toEqual([nameOf(truth), 'string']);
      expect(textOf(spelling, truth)).not.toBe(textOf(spelling, {}));
    }
});

test('edits of the same lines make no port', () => {
  expect(textOf('float32', { weight_decay: 'after-mean', momentum: 'nesterov' })).toBeUndefined();
  expect(textOf('float32', { eps: 'inside', centered_eps: 'subtracted' })).toBeDefined();
});

describe('the page', () => {
  const cells = [...SINGLES, ...COMBINATIONS].flatMap((truth) =>
    SPELLINGS.map((spelling) => ({ truth, spelling, result: resultOn(written, truth, spelling) })),
  );

  test('has every single value and at least a hundred pairs and triples', () => {
    expect(COMBINATIONS.length).toBeGreaterThanOrEqual(100);
    expect(new Set(COMBINATIONS.map(nameOf)).size).toBe(COMBINATIONS.length);
    expect(cells.filter(({ result }) => result === undefined)).toEqual([]);
  });

  test('misses nothing, and what passes is right or rounds', () => {
    expect(cells.filter(({ result }) => result === 'missed')).toEqual([]);
    const passed = cells.filter(({ result }) => result === 'passed' || result === 'departure');
    const names = new Set(passed.map(({ truth }) => nameOf(truth)));
    // What some steps do as PyTorch does in any step is right in these too.
    const right = ['centered_eps=outside', 'momentum_eps=outside', 'centered_momentum=outside'];
    expect([...names].sort()).toEqual([...DEPARTURES, ...right].sort());
  });

  test('is written from scores', () => {
    const [truth] = SINGLES;
    const text = page([{ truth: truth!, spelling: 'doubles', result: 'missed', says: '' }]);
    expect(text).toContain('| one wrong value | 1 | 0 | 0 | 0 | 0 | 1 |');
    expect(resultOn(text, truth!, 'doubles')).toBe('missed');
    expect(text).toContain(`- \`${nameOf(truth!)}\` in doubles, missed: nothing`);
    expect(resultOn(text, { eps: 'unheard-of' }, 'doubles')).toBeUndefined();
  });

  test('says of a sample what is found again', async () => {
    const score = await Score.over(readGolden());
    for (const { truth, spelling, result } of cells.filter((_, i) => i % 29 === 4)) {
      const again = await score.of(spelling, truth);
      expect([nameOf(truth), spelling, again.result]).toEqual([nameOf(truth), spelling, result]);
    }
  });
});

test.each(SPELLINGS)('a right port in %s is never accused, be it held to exact bits', async (spelling) => {
  const score = await Score.over(readGolden());
  const { cases } = await score.run(spelling, {});
  expect(cases.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  const { diagnosis } = await score.run(spelling, {}, true);
  expect(diagnosis?.rules ?? []).toEqual([]);
});
