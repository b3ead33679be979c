/**
 * What the bounds of gradients hold, and what they leave outside.
 */
import { describe, expect, test } from 'vitest';
import * as numbers from '../../../src/autograd/numbers.ts';
import { rounded, type WayBack } from '../../../src/autograd/way-back.ts';
import { bounded, type Bounded } from '../../../src/conformance/bounded.ts';
import { type Bound, boundsOf, hasBounds } from '../../../src/conformance/bounds/bounds.ts';
import { elementary } from '../../../src/conformance/bounds/elementary.ts';
import { exactly } from '../../../src/conformance/bounds/interval.ts';
import { run } from '../../../src/conformance/run.ts';
import { count, type Run, targetOf } from '../../../src/conformance/verdicts.ts';
import { readGolden } from '../../../src/golden/read.ts';
import type { Case } from '../../../src/golden/types.ts';
import { RMSprop } from '../../../src/optim/rmsprop.ts';
import { interpret } from '../../../src/scenario/interpreter.ts';
import type { Port } from '../../../src/scenario/port.ts';
import type { Observation, Scenario } from '../../../src/scenario/types.ts';
import { portOf } from '../../../src/subject/port.ts';
import { describeTensor } from '../../../src/subject/port-objects.ts';
import { backwardOf } from '../../../src/subject/recorded.ts';
import { toBits, fromBits } from '../../../src/tensor/bits.ts';
import { strangers } from '../../fixtures/flawed-ports.ts';

const REFERENCE = 'torch-2.15.0/separate';
const NUMERIC = new Set(['numbers', 'state'] as const);
const target = targetOf(REFERENCE);

const golden = readGolden(undefined, (name) => name.startsWith('differentiable/'));
const { cases } = golden;
/** Those that gradients come back in. */
const going = cases.filter((c) => hasBounds(c) && c.observed.get(REFERENCE)!.every(({ error }) => error === undefined));

const made = new Map<string, Promise<readonly Bound[]>>();
function boundsFor({ id, scenario }: Case): Promise<readonly Bound[]> {
  const bounds = made.get(id) ?? boundsOf(scenario, target);
  made.set(id, bounds);
  return bounds;
}

async function held(c: Case, observations: readonly Observation[]): Promise<Bounded> {
  return bounded(c.scenario, await boundsFor(c), c.observed.get(REFERENCE)!, observations, NUMERIC);
}

/** The port, going back in another way. */
function portBackBy(way: WayBack): Port {
  const port = portOf(RMSprop, target);
  const backward = backwardOf({ way, given: (gradient) => gradient, describe: describeTensor });
  return { ...port, objects: { ...port.objects!, backward } } as Port;
}

function goingBackBy(way: WayBack, scenario: Scenario): Promise<readonly Observation[]> {
  return interpret(scenario, portBackBy(way));
}

const { times, over, scaled, negated, plus } = numbers;

/** The same derivatives by another order of operations. */
const others: Readonly<Record<string, Partial<WayBack>>> = {
  'from the left': {
    ofFactor: (g, z, w) => scaled(times(g, z), w),
    ofDividend: (g, z, s) => over(scaled(g, s), z),
    ofDivisor: (g, y, z, s) => negated(over(over(scaled(times(g, y), s), z), z)),
    ofRoot: (g, root) => over(scaled(g, 0.5), root),
  },
  'the scalar last': {
    ofFactor: (g, z, w) => scaled(times(z, g), w),
    ofDividend: (g, z, s) => scaled(over(g, z), s),
    ofDivisor: (g, y, z, s) => scaled(times(over(g, z), negated(over(y, z))), s),
    ofRoot: (g, root) => scaled(over(g, root), 0.5),
  },
  'the sums the other way round': { plus: (sum, g) => plus(g, sum) },
};

/** Rules that are wrong. */
const wrong: Readonly<Record<string, Partial<WayBack>>> = {
  'a root without its 2': { ofRoot: (g, root) => over(g, root) },
  'a divisor taken for a constant': { ofDivisor: (g) => scaled(g, 0) },
  'a divisor not squared': { ofDivisor: (g, y, z, s) => negated(times(g, over(scaled(y, s), z))) },
  'the sign of a divisor': { ofDivisor: (g, y, z, s) => times(g, over(scaled(y, s), times(z, z))) },
  'what comes last alone': { plus: (_sum, g) => g },
};

describe('bounds of gradients', () => {
  test('are of every number of every case that gradients come back in, and narrower for a smaller k', async () => {
    expect(going.length).toBe(60);
    for (const c of going) {
      const bounds = await boundsFor(c);
      const less = await boundsOf(c.scenario, target, 2);
      bounds.forEach(({ low, high }, at) =>
        low.forEach((end, i) => {
          expect(Number.isFinite(end) || Number.isNaN(end)).toBe(true);
          const [own, smaller] = [high[i]! - end, less[at]!.high[i]! - less[at]!.low[i]!];
          if (own > 0) expect(smaller).toBeLessThan(own);
        }),
      );
    }
  });

  test('hold what every reference observed', async () => {
    for (const c of going)
      for (const [reference, observations] of c.observed) {
        const { outside } = bounded(c.scenario, await boundsFor(c), observations, observations, NUMERIC);
        expect({ id: c.id, reference, outside }).toEqual({ id: c.id, reference, outside: 0 });
      }
  });

  test.each(Object.entries(others))('hold the derivatives in another order: %s', async (_, other) => {
    let differing = 0;
    for (const c of going) {
      const result = await held(c, await goingBackBy({ ...rounded, ...other }, c.scenario));
      expect({ id: c.id, ...result }).toMatchObject({ id: c.id, within: true });
      differing += result.differing;
    }
    if (other.plus === undefined) expect(differing).toBeGreaterThan(20);
  });

  test('hold what is computed in double from start to end, and rounded then', async () => {
    const float32 = going.filter(({ needs }) => needs.includes('float32'));
    expect(float32.length).toBeGreaterThan(20);
    let differing = 0;
    for (const c of float32) {
      const observations = await goingBackBy(rounded, inDouble(c.scenario));
      const result = await held(c, observations.map(asSingle));
      expect({ id: c.id, ...result }).toMatchObject({ id: c.id, outside: 0 });
      differing += result.differing;
    }
    expect(differing).toBeGreaterThan(20);
  });

  test('so a port that goes back in another order is bounded, and one that goes back wrongly has failed', async () => {
    const verdicts = async (rules: Partial<WayBack>): Promise<Run> => {
      const { runs } = await run(golden, strangers(portBackBy({ ...rounded, ...rules })), { references: [REFERENCE] });
      return runs[0]!;
    };
    const right = await verdicts(others['from the left']!);
    expect([count(right, 'failed'), count(right, 'bounded') > 20, right.cases.length]).toEqual([0, true, cases.length]);
    const off = await verdicts(wrong['a root without its 2']!);
    expect([count(off, 'failed') > 40, count(off, 'bounded')]).toEqual([true, 0]);
  });

  test.each(Object.entries(wrong))('leave outside: %s', async (_, rules) => {
    for (const c of going.filter(({ file }) => file.startsWith('differentiable/one-step-'))) {
      const { within } = await held(c, await goingBackBy({ ...rounded, ...rules }, c.scenario));
      expect({ id: c.id, within }).toEqual({ id: c.id, within: false });
    }
  });
});

test('a term of a sum errs by k ulp of the magnitudes that are added, whatever is left of them', () => {
  const { add, term } = elementary('float64', 4);
  const [large, opposite] = [exactly(1e10), exactly(-1e10)];
  const width = ([low, high]: readonly [number, number]): number => high - low;
  expect(width(add(large, opposite))).toBeLessThan(1e-300);
  expect(width(term(large, opposite))).toBeGreaterThan(2 * 4 * 2e10 * 2 ** -53);
  expect(term(large, exactly(0))).toEqual(large);
  expect(term(exactly(NaN), large)).toEqual([NaN, NaN]);
});

/** A scenario with float64 in place of float32. */
function inDouble(scenario: Scenario): Scenario {
  const wider = (bits: string): string => toBits(Float64Array.from(fromBits('float32', bits)));
  const tensors = Object.entries(scenario.tensors).map(([name, { bits, ...spec }]) => [
    name,
    { ...spec, dtype: 'float64', bits: wider(bits) },
  ]);
  const program = scenario.program.map((op) =>
    op.op === 'backward'
      ? {
          ...op,
          from: Object.fromEntries(
            Object.entries(op.from).map(([name, bits]) => [name, bits === null ? null : wider(bits)]),
          ),
        }
      : op,
  );
  return { ...scenario, tensors: Object.fromEntries(tensors), program } as Scenario;
}

/** An observation with its float64 tensors rounded to float32. */
function asSingle(observation: Observation): Observation {
  return JSON.parse(JSON.stringify(observation), (_, value: unknown) => {
    const { dtype, bits } = (value ?? {}) as { dtype?: unknown; bits?: unknown };
    if (dtype !== 'float64' || typeof bits !== 'string') return value;
    const single = Float32Array.from(fromBits('float64', bits));
    return { ...(value as object), dtype: 'float32', bits: toBits(single) };
  }) as Observation;
}
