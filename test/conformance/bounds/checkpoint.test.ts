/**
 * What is saved on intervals and loaded again keeps them; what a program gives is exact.
 */
import { expect, test } from 'vitest';
import { type Bound, boundsOf } from '../../../src/conformance/bounds/bounds.ts';
import { targetOf } from '../../../src/conformance/verdicts.ts';
import { readGolden } from '../../../src/golden/read.ts';
import type { Op, Scenario } from '../../../src/scenario/types.ts';

const { cases } = readGolden(undefined, (name) => /^resume\/(trained|loaded|float64-into)-?float32/.test(name));
const scenarioOf = (id: string): Scenario => cases.find((one) => one.id === id)!.scenario;
const bounds = (scenario: Scenario): Promise<readonly Bound[]> => boundsOf(scenario, targetOf('torch-2.15.0/separate'));
const last = (all: readonly Bound[]): Pick<Bound, 'low' | 'high'>[] => {
  const op = Math.max(...all.map((bound) => bound.op));
  return all.filter((bound) => bound.op === op).map(({ low, high }) => ({ low, high }));
};

test('an optimizer that goes on has the bounds of one that was not interrupted', async () => {
  const interrupted = scenarioOf('resume/trained-float32/momentum+centered+new');
  const [optimizer, first] = interrupted.program as readonly [Op, Op & { op: 'train' }];
  const whole: Scenario = { ...interrupted, program: [optimizer, { ...first, steps: 6, after: 0 }, { op: 'save' }] };
  expect(last(await bounds(interrupted))).toEqual(last(await bounds(whole)));
});

test('numbers that a checkpoint gives are exact, whatever their element type', async () => {
  for (const { scenario, id } of cases.filter((one) => !one.id.includes('/trained-'))) {
    const right = await bounds(scenario);
    const loaded = right.filter(({ op }) => op === 2);
    expect(loaded.length, id).toBeGreaterThan(0);
    for (const { low, high } of loaded) expect(low).toEqual(high);
  }
});
