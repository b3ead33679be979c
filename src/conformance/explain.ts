/**
 * A hint, not a verdict: which known wrong rule computes what a failing subject computed.
 */
import { fromBits } from '../tensor/bits.ts';
import type { Case } from '../golden/types.ts';
import type { Target } from '../scenario/port.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import type { Subject } from '../subject/subject.ts';
import { type Variant, variants } from './variants/index.ts';

/** A failed case and what the subject and the reference observed of it. */
export interface FailedCase {
  readonly case: Case;
  readonly expected: readonly Observation[];
  readonly actual: readonly Observation[];
}

/** How many failed cases are looked at; more say no more. */
const SAMPLE = 24;

/** A rule that comes this much nearer to the subject than PyTorch does, in every case it bears on, is named. */
const NEARER = 100;

/**
 * The variant whose trajectories lie nearest to the subject's in the cases that say they catch it: at least a hundred times
 * nearer than the reference's, in all of them. Undefined if none is.
 */
export async function explain(failed: readonly FailedCase[], target: Target): Promise<Variant | undefined> {
  let best: { readonly variant: Variant; readonly explained: number } | undefined;
  for (const variant of variants) {
    const catching = failed.filter(
      (f) => f.case.catches.includes(variant.name) && f.expected.some(({ steps }) => steps),
    );
    const sample = catching.filter((_, i) => i % Math.ceil(catching.length / SAMPLE) === 0);
    if (sample.length === 0) continue;
    const wrong = await variant.source.open(target);
    const explained = await countExplained(sample, wrong);
    if (explained !== undefined && explained > (best?.explained ?? 0)) best = { variant, explained };
  }
  return best?.variant;
}

/** How many of the cases the rule explains; undefined if there is one that it does not. */
async function countExplained(sample: readonly FailedCase[], wrong: Subject): Promise<number | undefined> {
  let explained = 0;
  for (const { case: c, expected, actual } of sample) {
    const toRight = distance(c.scenario, expected, actual);
    if (toRight === 0) continue;
    if (distance(c.scenario, await wrong.run(c.scenario), actual) * NEARER > toRight) return undefined;
    explained += 1;
  }
  return explained;
}

/** The sum over all parameters and steps of how far apart two numbers are: 0 where equal, 1 where nothing in common. */
function distance(scenario: Scenario, a: readonly Observation[], b: readonly Observation[]): number {
  let sum = 0;
  a.forEach(({ steps = [] }, op) => {
    steps.forEach((params, i) => {
      for (const [name, bits] of Object.entries(params)) {
        const other = b[op]?.steps?.[i]?.[name];
        if (other === undefined) continue;
        const { dtype } = scenario.tensors[name]!;
        const [x, y] = [fromBits(dtype, bits), fromBits(other.length > bits.length ? 'float64' : dtype, other)];
        x.forEach((value, k) => (sum += apart(value, y[k]!)));
      }
    });
  });
  return sum;
}

/** Relative, so that huge elements do not drown the others. */
function apart(x: number, y: number): number {
  if (Object.is(x, y)) return 0;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 1;
  return x === y ? 0 : Math.abs(x - y) / (Math.abs(x) + Math.abs(y));
}
