/**
 * Ports that used to conform and must not: each fails, and by name.
 */
import { describe, expect, test } from 'vitest';
import { run, type RunOptions } from '../../src/conformance/run.ts';
import { undeterminedByClause } from '../../src/conformance/undetermined.ts';
import {
  type CaseResult,
  count,
  countFresh,
  freshVerdict,
  outcomeOf,
  type Run,
} from '../../src/conformance/verdicts.ts';
import { readGolden } from '../../src/golden/read.ts';
import type { Port } from '../../src/scenario/port.ts';
import { doublePort } from '../fixtures/double-port.ts';
import { clamping, decaying, fitted, strangers } from '../fixtures/flawed-ports.ts';
import typedArrays from '../fixtures/ports/typed-arrays.ts';

const golden = readGolden(undefined, (name) =>
  /^(step\/(flags|refused)|grads\/kept|numerics\/(constant|negative-variance))-/.test(name),
);

const DOUBLES = { parameters: true, alpha: false } as const;

/** A port that follows no target, over the cases whose ids begin in one of some ways. */
async function judged<T, O>(
  port: Port<T, O>,
  starts: readonly string[],
  options: Partial<RunOptions> = {},
): Promise<Run> {
  const cases = golden.cases.filter(({ id }) => starts.some((start) => id.startsWith(start)));
  const references = ['torch-2.13.0/separate'];
  const { runs } = await run({ ...golden, cases }, strangers(port), { references, ...options });
  return runs[0]!;
}

const failed = ({ cases }: Run): CaseResult[] => cases.filter(({ verdict }) => verdict === 'failed');

describe('a port that takes a negative variance for zero', () => {
  test('fails where it is negative in any arithmetic, by the clause that forbids it, in float32 as in doubles', async () => {
    for (const port of [clamping(), doublePort({ ...DOUBLES, clamped: true })]) {
      const bad = failed(await judged(port as Port, ['numerics/negative-variance-float32/']));
      expect(bad.length).toBeGreaterThan(3);
      for (const { clauses, difference, outside } of bad) {
        expect(clauses).toContain('RMS-17');
        expect((outside ?? difference)!.expected).toMatch(/^NaN/);
      }
    }
  });

  test('fails where rounding decides as well, as it has all other bits', async () => {
    const bad = failed(
      await judged(clamping(), ['numerics/constant-float32/alpha=0.5+centered', 'step/flags-float32/plain']),
    );
    expect(bad.map(({ id }) => id)).toContain('numerics/constant-float32/alpha=0.5+centered');
    expect(bad.every(({ settled }) => settled! > 1000)).toBe(true);
  });

  test('is told from one that computes in doubles, of which rounding decides', async () => {
    const run = await judged(doublePort(DOUBLES), [
      'numerics/constant-float32/alpha=0.5+centered',
      'step/flags-float32/plain+foreach=false',
    ]);
    expect(failed(run)).toEqual([]);
    expect(count(run, 'bounded')).toBe(run.cases.length);
    const clauses = undeterminedByClause(run.cases);
    const { undetermined, numbers } = clauses.find(({ clause }) => clause === 'RMS-17')!;
    expect(undetermined).toBeGreaterThan(100);
    expect(undetermined).toBeLessThan(numbers);
  });
});

describe('a port that decays into the gradient', () => {
  test('that it was handed fails by that', async () => {
    const bad = failed(await judged(decaying({ copies: false }), ['grads/kept-float64/weight_decay']));
    expect(bad[0]!.difference).toMatchObject({ where: 'gradients that steps changed', expected: 'none', actual: 'p' });
  });

  test('that it copied fails where a gradient is kept, and nowhere else', async () => {
    const run = await judged(decaying({ copies: true }), ['grads/kept-float32/', 'step/flags-float32/weight_decay']);
    const kept = run.cases.filter(({ id, verdict }) => id.startsWith('grads/kept-') && verdict !== 'unsupported');
    const decayed = kept.filter(({ id }) => id.includes('weight_decay'));
    expect(decayed.length).toBeGreaterThan(5);
    expect(failed(run).map(({ id }) => id)).toEqual(decayed.map(({ id }) => id));
    expect(failed(run)[0]!.clauses).toContain('RMS-11');
  });

  test('but is not accused where it changes none', async () => {
    expect(failed(await judged(typedArrays, ['grads/kept-']))).toEqual([]);
  });
});

describe('a port that is fitted to the golden inputs', () => {
  const chosen = ['step/flags-float32/', 'grads/kept-float32/'];

  test('conforms to them, and fails on fresh programs, which no count of cases includes', async () => {
    const right = await judged(fitted(golden), chosen);
    expect(outcomeOf({ subject: { name: 'fitted' }, runs: [right] })).toBe('conforms');
    const run = await judged(fitted(golden), chosen, { fresh: { count: 50, seed: 1 } });
    expect(run.cases).toEqual(right.cases);
    expect(countFresh(run, 'failed')).toBeGreaterThan(25);
    expect(freshVerdict(run)).toBe('differs');
    const { looked, failed, unexplained } = run.diagnosis!;
    expect([looked, failed]).toEqual(['fresh programs', countFresh(run, 'failed')]);
    expect(unexplained.every((id) => id.startsWith('fresh/seed=1/'))).toBe(true);
    expect(outcomeOf({ subject: { name: 'fitted' }, runs: [run] })).toBe('differs');
  });

  test('is told from right ports, exact or bounded', async () => {
    for (const port of [typedArrays, doublePort(DOUBLES)]) {
      const run = await judged(port as Port, ['step/flags-float32/plain'], { fresh: { count: 200, seed: 7 } });
      expect(run.fresh!.results.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
      expect(freshVerdict(run)).toBe('conforms');
    }
  });

  test('meets the same programs with the same seed, and others with another', async () => {
    const ids = async (seed: number): Promise<unknown> => {
      const { fresh } = await judged(doublePort(DOUBLES), ['step/flags-float32/plain'], { fresh: { count: 5, seed } });
      return [...fresh!.programs.values()].map(({ program }) => program);
    };
    expect(await ids(3)).toEqual(await ids(3));
    expect(await ids(3)).not.toEqual(await ids(4));
  });

  test('is not tried further once a run that ends at the first failure has', async () => {
    const port = doublePort({ ...DOUBLES, clamped: true });
    const options = { bail: true, fresh: { count: 5, seed: 1 } };
    expect(await judged(port, ['numerics/negative-variance-float32/'], options)).not.toHaveProperty('fresh');
  });
});

test('an adapter that breaks on a fresh program alone is broken', async () => {
  const port: Port = { ...(typedArrays as unknown as Port), read: () => 'nothing' as never };
  const run = await judged(port, ['step/refused-'], { fresh: { count: 3, seed: 1 } });
  // No case of those is claimed, so there is nothing to say of programs either.
  expect(run).not.toHaveProperty('fresh');
  const broken = await judged(port, ['step/flags-float32/plain'], { fresh: { count: 3, seed: 1 } });
  expect([countFresh(broken, 'broken'), freshVerdict(broken)]).toEqual([3, 'broken']);
});

describe('a port that leaves the end of a large tensor alone', () => {
  const short: typeof typedArrays = {
    ...typedArrays,
    step(optimizer) {
      const before = optimizer.groups.flatMap(({ params }) =>
        params.map(({ data }) => [data, data.slice(128)] as const),
      );
      void typedArrays.step(optimizer);
      for (const [data, end] of before) if (end.length > 0) data.set(end, 128);
    },
  };

  test('fails on fresh programs, some of which are of more than a hundred elements', async () => {
    const result = await judged(short as Port, ['step/flags-float32/plain'], { fresh: { count: 200, seed: 1 } });
    expect(failed(result)).toEqual([]);
    expect(freshVerdict(result)).toBe('differs');
    expect(countFresh(result, 'failed')).toBeGreaterThan(1);
  });
});
