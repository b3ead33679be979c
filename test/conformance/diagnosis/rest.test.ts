import { describe, expect, test } from 'vitest';
import type { Held } from '../../../src/conformance/diagnosis/confirm.ts';
import { KINDS } from '../../../src/conformance/diagnosis/kinds.ts';
import { predict, prepare, type Trajectory } from '../../../src/conformance/diagnosis/predict.ts';
import { probesFor } from '../../../src/conformance/diagnosis/probes.ts';
import { restOf } from '../../../src/conformance/diagnosis/rest.ts';
import { partsOf } from '../../../src/conformance/diagnosis/rule.ts';

const kind = KINDS[0]!;
const rule = { eps: 'inside' };
const { scenario } = probesFor(new Set(['numbers', 'float32'])).find(({ name }) => name === 'mixed')!;
const prepared = prepare(scenario)!;
const answers = predict(partsOf(rule), kind, prepared);

function left(change: (x: number, i: number) => number): string | undefined {
  const actual: Trajectory = answers.map((x, i) => change(x!, i));
  const held: Held = { id: 'mixed', prepared, keys: [], actual, expected: predict(partsOf({}), kind, prepared) };
  return restOf(rule, kind, held);
}

describe('what a rule leaves over', () => {
  test('is arithmetic where nothing but what is infinite or NaN differs', () => {
    expect(left((x, i) => (i === 3 ? Number.NaN : x))).toMatch('infinity or NaN alone');
    expect(left((x, i) => (i === 3 ? Infinity : x))).toMatch('infinity or NaN alone');
  });

  test('is a guard where the port has numbers and the rule has none', () => {
    const { scenario: given } = prepared;
    const broken = prepare({
      ...given,
      gradients: JSON.parse(
        JSON.stringify(given.gradients).replace(/[0-9a-f]{8}/, '7fc00000'),
      ) as typeof given.gradients,
    })!;
    const [wanted, expected] = [rule, {}].map((own) => predict(partsOf(own), kind, broken));
    expect(wanted!.some((x) => Number.isNaN(x))).toBe(true);
    const held = { id: 'mixed', prepared: broken, keys: [], expected: expected! };
    const actual = wanted!.map((x) => (Number.isNaN(x) ? 1 : x));
    expect(restOf(rule, kind, { ...held, actual })).toMatch('numbers where the rule makes infinity or NaN');
    expect(restOf(rule, kind, { ...held, actual: [Infinity, ...actual.slice(1)] })).toMatch('infinity or NaN alone');
  });

  test('is rounding where it is some units in the last place of the largest that a parameter was', () => {
    expect(left((x, i) => (i === 12 ? x + 4e-7 : x))).toBe('rounding of the parameters alone');
  });

  test('is nothing that can be said where a finite number differs by more, infinities or not', () => {
    expect(left((x, i) => (i === 12 ? x + 1e-3 : x))).toBeUndefined();
    expect(left((x, i) => (i === 12 ? x * 2 : i === 3 ? Number.NaN : x))).toBeUndefined();
  });
});
