/**
 * Python's `collections.OrderedDict`: a dictionary whose entries move, and that notices when it changes while its values are run.
 */
import { RuntimeError } from './errors.ts';

/** A Map with `move_to_end`, whose `values()` go through it as Python does (clause HKS-15). */
export class OrderedDict<K, V> extends Map<K, V> {
  /** Counts what adds, removes and moves entries; emptying at once is not counted, nor is another value of a key. */
  #state = 0;

  constructor(entries: Iterable<readonly [K, V]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  override set(key: K, value: V): this {
    if (!this.has(key)) this.#state += 1;
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    const there = super.delete(key);
    if (there) this.#state += 1;
    return there;
  }

  /** Moves an entry that is there before all others, as prepending a hook does (clause HKS-4). */
  move_to_end(key: K, _where: { readonly last: false }): void {
    const value = this.get(key)!;
    const others = [...this].filter(([other]) => other !== key);
    this.delete(key);
    super.clear();
    this.set(key, value);
    for (const [other, own] of others) super.set(other, own);
  }

  /**
   * The values in order, each looked up when its turn comes.
   *
   * @throws RuntimeError when the dictionary was changed and another value is still to come
   */
  override *values(): Generator<V, undefined> {
    const state = this.#state;
    for (const key of [...this.keys()]) {
      if (this.#state !== state) throw new RuntimeError('OrderedDict mutated during iteration');
      yield this.get(key)!;
    }
  }
}
