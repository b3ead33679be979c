/**
 * `torch.utils.hooks.RemovableHandle`: what removes a hook (torch/utils/hooks.py, line 10).
 */
import type { OrderedDict } from '../python/ordered-dict.ts';

/** Ordered dictionaries from the ids of handles to hooks, in the order in which they run (clause HKS-2). */
export type HookDict = OrderedDict<number, unknown>;

/** Removes one hook; ids count up over all handles of the process, from 0 (clause HKS-3). */
export class RemovableHandle {
  /** The id of the next handle. */
  static next_id = 0;

  readonly id: number;
  /** The dictionary that has the hook. */
  readonly hooks_dict_ref: WeakRef<HookDict>;

  constructor(hooks: HookDict) {
    this.hooks_dict_ref = new WeakRef(hooks);
    this.id = RemovableHandle.next_id;
    RemovableHandle.next_id += 1;
  }

  /** Removes the hook; does nothing the second time. */
  remove(): void {
    this.hooks_dict_ref.deref()?.delete(this.id);
  }

  /** Entering a handle as a context manager gives the handle (clause HKS-19). */
  __enter__(): this {
    return this;
  }

  /** Leaving it removes the hook. */
  __exit__(): void {
    this.remove();
  }
}
