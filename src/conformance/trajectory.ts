/**
 * The course of one element through a failed case: what was expected after each step, and what came.
 */
import { fromBits, ulps } from '../tensor/bits.ts';
import { type FloatingDType, isInexact, partDType, partsOf } from '../tensor/dtype.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import { dtypeOfBits } from './bits.ts';
import type { Difference } from './difference.ts';

/** One step of a course. */
export interface TrajectoryPoint {
  /** Steps of the program up to here, counted from 1. */
  readonly step: number;
  readonly expected: number;
  readonly actual: number;
  /** How many representable numbers lie between, signed; absent where one of the two is not finite, or of another element type. */
  readonly ulps?: string;
}

/** An element's course through a case. */
export interface Trajectory {
  /** The case. */
  readonly id: string;
  readonly tensor: string;
  /** Indices of the element. */
  readonly element: readonly number[];
  readonly dtype: FloatingDType;
  readonly points: readonly TrajectoryPoint[];
}

/** Points of a course; more cannot be seen. */
const MOST = 200;

/**
 * The course of the element in which a case first differs.
 *
 * @returns undefined where the element is of no training, there is one step alone, or nothing differs in it
 */
export function trajectoryOf(
  { id, program, tensors }: Scenario,
  expected: readonly Observation[],
  actual: readonly Observation[],
  { tensor = '', element = [] }: Difference,
): Trajectory | undefined {
  const spec = tensors[tensor];
  if (spec === undefined || !isInexact(spec.dtype)) return undefined;
  const dtype = partDType(spec.dtype) as FloatingDType;
  const sizes = [...spec.shape, partsOf(spec.dtype)];
  const at = element.reduce((index, i, axis) => index * sizes[axis]! + i, 0);
  const points: TrajectoryPoint[] = [];
  let before = 0;
  program.forEach((op, i) => {
    if (op.op !== 'train') return;
    const [wanted, got] = [expected[i]?.steps ?? [], actual[i]?.steps ?? []];
    const numbers = op.params_at?.map((number) => number - (op.after ?? 0));
    wanted.forEach((params, k) => {
      const [x, y] = [params[tensor], got[k]?.[tensor]].map((bits) => bits?.split(' ')[at]);
      if (x !== undefined && y !== undefined) points.push(pointOf(dtype, before + (numbers?.[k] ?? k + 1), x, y));
    });
    before += op.steps;
  });
  if (points.length < 2 || points.every(({ expected: x, actual: y }) => Object.is(x, y))) return undefined;
  return { id, tensor, element, dtype, points: thinned(points) };
}

/** Part of the height of a picture from which on two lines in it can be told apart. */
const VISIBLE = 0.02;

/** Whether the two sides of a course can be told apart in a picture of it. */
export function isVisible({ points }: Trajectory): boolean {
  const all = points.flatMap(({ expected, actual }) => [expected, actual]);
  const range = Math.max(...all) - Math.min(...all);
  return points.some(({ expected, actual }) => Math.abs(expected - actual) > VISIBLE * range);
}

function pointOf(dtype: FloatingDType, step: number, x: string, y: string): TrajectoryPoint {
  const [expected, actual] = [fromBits(dtypeOfBits(x, dtype), x)[0]!, fromBits(dtypeOfBits(y, dtype), y)[0]!];
  const apart = x.length === y.length ? ulps(dtype, expected, actual) : undefined;
  const finite = Number.isFinite(expected) && Number.isFinite(actual);
  return { step, expected, actual, ...(apart === undefined || !finite ? {} : { ulps: apart.toString() }) };
}

/** Evenly chosen, the last one always among them. */
function thinned(points: readonly TrajectoryPoint[]): readonly TrajectoryPoint[] {
  const every = Math.ceil(points.length / MOST);
  return every === 1 ? points : points.filter((_, i) => (points.length - 1 - i) % every === 0);
}
