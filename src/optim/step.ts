/**
 * What a method `step` is, and what it is given.
 */
import { bind, type Signature, splitArguments } from '../python/arguments.ts';

/** A method `step`: positional arguments, behind them keyword arguments if the last is a plain object. */
export type Step = (this: unknown, ...given: readonly unknown[]) => unknown;

/**
 * The closure among what a method `step(self, closure=None)` was given (clause GAD-10).
 *
 * @throws TypeError for arguments that it does not have, in Python's order
 */
export function closureOf(method: string, args: readonly unknown[]): unknown {
  if (args.length === 0) return null;
  const step: Signature = { method, names: ['self', 'closure'], required: 1 };
  return bind(step, ...splitArguments(null, args))['closure'] ?? null;
}
