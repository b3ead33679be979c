/**
 * Every dialect computes what its real package computed (scripts/dialects), and nothing else does that is near.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialectsOf, DIALECTS } from '../../../src/conformance/diagnosis/dialects.ts';
import { matches } from '../../../src/conformance/diagnosis/agreement.ts';
import { KINDS } from '../../../src/conformance/diagnosis/kinds.ts';
import { observedNumbers, predict, prepare, type Trajectory } from '../../../src/conformance/diagnosis/predict.ts';
import { partsOf, type Rule } from '../../../src/conformance/diagnosis/rule.ts';
import { NEEDS } from '../../../src/scenario/needs.ts';
import type { Scenario, Value } from '../../../src/scenario/types.ts';
import { toBits } from '../../../src/tensor/bits.ts';

interface Recorded {
  readonly package: string;
  readonly version: string;
  readonly constant_lr?: true;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const recorded = read('./dialects.json') as Readonly<Record<string, Recorded>>;
const { start, gradients, lr_after_two, programs } = read('../../../scripts/dialects/programs.json') as {
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly lr_after_two: number;
  readonly programs: Readonly<Record<string, Readonly<Record<string, Value>>>>;
};

const bits = (numbers: readonly number[]): string => toBits(Float32Array.from(numbers));

function scenarioOf(program: string, constant: boolean): Scenario {
  const train = { op: 'train', gradients: 'g', steps: 2 } as const;
  return {
    id: program,
    tensors: { w: { dtype: 'float32', shape: [start.length], bits: bits(start), parameter: true } },
    gradients: { g: gradients.map((numbers) => ({ w: bits(numbers) })) },
    program: [
      { op: 'optimizer', params: ['$w'], options: programs[program]! },
      train,
      ...(constant ? [] : ([{ op: 'set', group: 0, option: 'lr', value: lr_after_two }] as const)),
      { ...train, after: 2 },
    ],
  };
}

/** Numbers of all that was recorded of a package that a rule has, in the kind in which it has most. */
function share(rule: Rule, { parameters, constant_lr }: Recorded): number {
  const counts = KINDS.map((kind) => {
    let [matched, of] = [0, 0];
    for (const [program, steps] of Object.entries(parameters)) {
      const scenario = scenarioOf(program, constant_lr === true);
      const actual: Trajectory = observedNumbers(scenario, [
        {},
        { steps: steps.slice(0, 2).map((w) => ({ w })) },
        ...(constant_lr ? [] : [{}]),
        { steps: steps.slice(2).map((w) => ({ w })) },
      ]);
      const count = matches(actual, predict(partsOf(rule), kind, prepare(scenario)!));
      matched += count.matched;
      of += count.of;
    }
    return matched / of;
  });
  return Math.max(...counts);
}

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))('%s', (name, { version, rule }) => {
  test('was recorded in the version that is named', () => {
    expect(recorded[name]?.version).toBe(version);
  });

  test('computes what the package computed, and a rule with one value less does not', () => {
    expect(share(rule, recorded[name]!)).toBe(1);
    for (const axis of Object.keys(rule)) {
      const { [axis as keyof Rule]: _, ...less } = rule;
      expect([axis, share(less, recorded[name]!) < 0.95]).toEqual([axis, true]);
    }
  });
});

test.each(['mlx', 'torchopt'])("%s computes PyTorch's rule", (name) => {
  expect(share({}, recorded[name]!)).toBe(1);
});

test('a rule is named by the packages that agree on all that is claimed and that they have', () => {
  const names = (rule: Rule, claims: readonly (typeof NEEDS)[number][]): string[] =>
    dialectsOf(rule, new Set(claims)).map((dialect) => dialect.name);
  const all = ['momentum', 'centered', 'weight_decay', 'lr-change'] as const;
  expect(names({ eps: 'inside', momentum: 'lr-inside', weight_decay: 'decoupled' }, all)).toEqual(['Keras']);
  expect(names({ eps: 'inside', momentum: 'lr-inside' }, all)).toEqual(['Paddle', 'optax']);
  expect(names({ eps: 'inside', momentum: 'lr-inside' }, ['momentum'])).toEqual([
    'Keras',
    'Paddle',
    'optax',
    'TensorFlow.js',
  ]);
  expect(names({}, all)).toEqual([]);
});
