/**
 * The state of an optimizer: a dictionary of dictionaries by parameter, in the order of first steps.
 */
import type { State } from './optimizer.ts';

/** Python's `defaultdict(dict)`: reading an absent key makes an empty entry (clause STA-1). */
export class StateDict extends Map<unknown, State> {
  override get(key: unknown): State {
    const present = super.get(key);
    if (present !== undefined) return present;
    const state: State = {};
    this.set(key, state);
    return state;
  }
}
