import { expect, test } from 'vitest';
import { matches } from '../../../src/conformance/diagnosis/agreement.ts';
import { AXES, AXIS_NAMES } from '../../../src/conformance/diagnosis/axes/table.ts';
import { KINDS } from '../../../src/conformance/diagnosis/kinds.ts';
import { predict, prepare, stateKeysOf } from '../../../src/conformance/diagnosis/predict.ts';
import { isOfDefault, probesFor, STAGES } from '../../../src/conformance/diagnosis/probes.ts';
import { partsOf, type Rule } from '../../../src/conformance/diagnosis/rule.ts';
import { RARE } from '../../../src/conformance/diagnosis/search.ts';
import { checkScenario } from '../../../src/scenario/check.ts';
import { NEEDS, type Need } from '../../../src/scenario/needs.ts';

const everything: ReadonlySet<Need> = new Set(NEEDS);
const separate = KINDS[0]!;

test('probes are scenarios, each with a name of its own, within what is claimed', () => {
  const all = probesFor(everything);
  for (const { scenario } of all) expect(checkScenario(scenario)).toBeUndefined();
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const few = probesFor(new Set(['numbers', 'float64']));
  expect(few.map(({ name }) => name)).toContain('mixed');
  expect(few.map(({ name }) => name)).not.toContain('momentum');
  expect(few.every(({ scenario }) => scenario.program.every(({ op }) => op !== 'state'))).toBe(true);
  expect(few[0]!.scenario.tensors['w']!.dtype).toBe('float64');
});

test('of an option that is fixed only the probes are left that give it that value', () => {
  const names = (eps: number): string[] => probesFor(everything, new Map([['eps', eps]])).map(({ name }) => name);
  expect(names(1e-8)).toContain('far below eps');
  expect(names(1e-8)).not.toContain('another eps');
  expect(names(1e-8)).not.toContain('default eps');
  expect(names(1e-7)).not.toContain('far below eps');
});

test('every axis has a stage, or is a default that a probe leaves out', () => {
  const staged = Object.values(STAGES).flat();
  for (const axis of AXIS_NAMES.filter((name) => !RARE.includes(name)))
    expect([
      axis,
      staged.includes(axis) || probesFor(everything).some((probe) => isOfDefault(probe, axis.replace('default_', ''))),
    ]).toEqual([axis, true]);
});

test('every wrong value has other answers than the right one, by more than rounding', () => {
  const keys = stateKeysOf(everything);
  const prepared = probesFor(everything).map(({ scenario }) => prepare(scenario)!);
  const answers = (rule: Rule): readonly (number | undefined)[][] =>
    prepared.map((one) => [...predict(partsOf(rule), separate, one, keys)]);
  const right = answers({});
  const same = AXIS_NAMES.flatMap((axis) =>
    AXES[axis].values.slice(1).flatMap(({ name }) => {
      const wrong = answers({ [axis]: name });
      const differs = right.some((own, i) => {
        const { matched, of } = matches(wrong[i]!, own);
        return matched < of;
      });
      return differs ? [] : [`${axis}=${name}`];
    }),
  );
  // Outside is where they are in any other step.
  expect(same).toEqual(['centered_eps=outside', 'momentum_eps=outside', 'centered_momentum=outside']);
});
