/**
 * Derived error bounds: the port runs the scenario on intervals (spec/conformance.md). No tolerance is chosen but k.
 *
 * Gradients and initial parameters are exact, every elementary operation errs by up to k ulp of the tensor's dtype, and an
 * interval that nothing can be said of stays undetermined: after an overflow, a division by what may be zero, the root of what
 * may be negative. A value that a right port has is in its interval; what lies outside broke a rule.
 */
import { RMSprop } from '../../optim/rmsprop.ts';
import { interpret } from '../../scenario/interpreter.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Port, PortTensor, Target } from '../../scenario/port.ts';
import type { Scenario } from '../../scenario/types.ts';
import { portOf } from '../../subject/port.ts';
import { backwardOf } from '../../subject/recorded.ts';
import { arithmetics } from '../../tensor/arithmetic/index.ts';
import { fromBits } from '../../tensor/bits.ts';
import type { Data } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { load, saved } from './checkpoint.ts';
import { IntervalOps } from './interval-ops.ts';
import { wayBackOn } from './interval-way-back.ts';
import { type Place, places } from './places.ts';

/** Ulp of error that an elementary operation may have: rounding to nearest has half a one. */
export const ULPS = 4;

/** Where the numbers of one tensor or buffer may lie: element i from low[i] to high[i]; everywhere where undetermined. */
export interface Bound extends Omit<Place, 'bits'> {
  readonly low: Data;
  readonly high: Data;
}

/** Element types of which there are no bounds. */
const UNBOUNDED: readonly Need[] = ['int64', 'float16', 'bfloat16', 'complex'];

/** Whether there are bounds of what a case observes; without them it is exact, or has failed. */
export function hasBounds({ needs }: { readonly needs: readonly Need[] }): boolean {
  return !needs.some((need) => UNBOUNDED.includes(need));
}

/** The bounds of everything that a scenario observes, in program order; the target's arithmetic does not matter to them. */
export async function boundsOf(scenario: Scenario, target: Target, k: number = ULPS): Promise<readonly Bound[]> {
  const observations = await interpret(scenario, portOnIntervals(target, k));
  return Array.from(places(scenario, observations), ({ bits, ...place }) => {
    const ends = fromBits('float64', bits);
    const count = ends.length / 2;
    return { ...place, low: ends.subarray(0, count), high: ends.subarray(count) };
  });
}

/** The port; a tensor reads as the low ends of its elements, and then the high ones. */
function portOnIntervals(target: Target, k: number): Port {
  const ops = new IntervalOps(arithmetics[target.arithmetic], k);
  const ends = (tensor: Tensor): Float64Array => {
    const intervals = ops.of(tensor);
    return Float64Array.from([...intervals.map(([low]) => low), ...intervals.map(([, high]) => high)]);
  };
  const describe = (value: unknown): PortTensor | undefined =>
    value instanceof Tensor ? { dtype: 'float64', shape: value.shape, data: ends(value) } : undefined;
  const port = portOf(RMSprop, target, { ops });
  const objects = port.objects!;
  const onIntervals: Port<Tensor, RMSprop> = {
    ...port,
    tensor: async (data) => ops.given(await port.tensor(data)),
    read: ends,
    describe: (tensor) => describe(tensor)!,
    async setGrad(tensor, grad) {
      await port.setGrad(tensor, grad);
      if (tensor.grad !== null) ops.given(tensor.grad);
    },
    state(optimizer, tensor) {
      if (!optimizer.state.has(tensor)) return undefined;
      const state = Object.entries(optimizer.state.get(tensor) as object);
      return Object.fromEntries(state.map(([key, value]) => [key, describe(value) ?? (value as number)]));
    },
    load: (optimizer, checkpoint) => load(optimizer, checkpoint, ops),
    save: (optimizer) => saved(optimizer, describe),
    objects: {
      ...objects,
      gradient: (...args) => ops.given(objects.gradient(...args) as Tensor),
      backward: backwardOf({
        way: wayBackOn(ops),
        given: (gradient) => ops.given(gradient),
        describe: (g) => describe(g)!,
      }),
      describe,
    },
  };
  return onIntervals as Port;
}
