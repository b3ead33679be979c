/**
 * `torch.utils.hooks.RemovableHandle`: what removes a hook (torch/utils/hooks.py, line 10).
 */
import { TypeError } from '../python/errors.ts';
import { OrderedDict } from '../python/ordered-dict.ts';
import { tuple } from '../python/tuple.ts';
import { typeName } from '../python/type-name.ts';

/** Ordered dictionaries from the ids of handles to hooks, in the order in which they run (clause HKS-23). */
export type HookDict = OrderedDict<number, unknown>;

/** What pickling a handle keeps: the dictionary, if it is still there, the id, and dictionaries that optimizers have no use for. */
export type HandleState = readonly [hooks: HookDict | null, id: number, extra: readonly unknown[]];

/** Removes one hook; ids count up over all handles of the process, from 0 (clause HKS-3). */
export class RemovableHandle {
  /** The id of the next handle. */
  static next_id = 0;

  declare id: number;
  /** The dictionary that has the hook; undefined where a handle was restored without. */
  declare hooks_dict_ref: WeakRef<HookDict> | undefined;
  /** Further dictionaries that lose the hook: an optimizer has none. */
  declare extra_dict_ref: readonly unknown[];

  /** @throws TypeError for what cannot be referred to weakly: anything but an ordered dictionary (clause HKS-23) */
  constructor(hooks: unknown) {
    this.hooks_dict_ref = weakReference(hooks);
    this.id = RemovableHandle.next_id;
    RemovableHandle.next_id += 1;
    this.extra_dict_ref = tuple();
  }

  /** Removes the hook; does nothing the second time. */
  remove(): void {
    this.hooks_dict_ref?.deref()?.delete(this.id);
  }

  /** Entering a handle as a context manager gives the handle (clause HKS-19). */
  __enter__(): this {
    return this;
  }

  /** Leaving it removes the hook. */
  __exit__(): void {
    this.remove();
  }

  /** What pickling and copying keep (clause HKS-22). */
  __getstate__(): HandleState {
    return tuple(this.hooks_dict_ref?.deref() ?? null, this.id, this.extra_dict_ref);
  }

  /** Takes over a dictionary and an id; ids that are counted after that are above it. */
  __setstate__([hooks, id]: HandleState): void {
    this.hooks_dict_ref = hooks === null ? undefined : weakReference(hooks);
    this.id = id;
    RemovableHandle.next_id = Math.max(RemovableHandle.next_id, id + 1);
    this.extra_dict_ref = tuple();
  }

  /** A handle of the same hook. */
  __copy__(): this {
    const made = Object.create(Object.getPrototypeOf(this) as object) as this;
    made.__setstate__(this.__getstate__());
    return made;
  }

  /** A handle of the same id for a copy of the dictionary, which nothing else holds. */
  __deepcopy__(copy: <T>(value: T) => T, is: (copied: unknown) => void): this {
    const made = Object.create(Object.getPrototypeOf(this) as object) as this;
    is(made);
    made.__setstate__(copy(this.__getstate__()));
    return made;
  }
}

function weakReference(hooks: unknown): WeakRef<HookDict> {
  if (!(hooks instanceof OrderedDict))
    throw new TypeError(`cannot create weak reference to '${typeName(hooks)}' object`);
  return new WeakRef(hooks as HookDict);
}
