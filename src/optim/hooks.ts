/**
 * Hooks of optimizers, their dictionaries, and the handles that remove them.
 */
import { TypeError } from '../tensor/errors.ts';
import { typeName } from '../tensor/type-name.ts';
import { OrderedDict } from './ordered-dict.ts';
import { truthy } from './python.ts';
import { tuple } from './tuple.ts';

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
    this.hooks_dict_ref = weak_reference(hooks);
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
    this.hooks_dict_ref = hooks === null ? undefined : weak_reference(hooks);
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

function weak_reference(hooks: unknown): WeakRef<HookDict> {
  if (!(hooks instanceof OrderedDict))
    throw new TypeError(`cannot create weak reference to '${typeName(hooks)}' object`);
  return new WeakRef(hooks as HookDict);
}

/**
 * Adds a hook at the end (clause HKS-2), or with a true `prepend` at the front (clause HKS-4). The hook is not checked:
 * what is no function fails when it is called (clause HKS-14).
 *
 * @throws TypeError when `hooks` is no ordered dictionary; what `truthy` throws, when the hook is at the end already
 */
export function register(hooks: unknown, hook: unknown, prepend: unknown = false): RemovableHandle {
  const handle = new RemovableHandle(hooks);
  (hooks as HookDict).set(handle.id, hook);
  if (truthy(prepend)) (hooks as HookDict).move_to_end(handle.id, { last: false });
  return handle;
}

/** Hooks before every step of every optimizer (clauses HKS-1, HKS-17). */
export const global_step_pre_hooks: HookDict = new OrderedDict();

/** Hooks after every step of every optimizer (clauses HKS-1, HKS-17). */
export const global_step_post_hooks: HookDict = new OrderedDict();

/**
 * A hook before or after a step: the optimizer, the positional arguments with it in front, the keyword arguments
 * (clause HKS-5).
 */
export type StepHook = (optimizer: unknown, args: readonly unknown[], kwargs: Record<string, unknown>) => unknown;

/** `torch.optim.optimizer.register_optimizer_step_pre_hook`: for every optimizer of the process. */
export function register_optimizer_step_pre_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
  refuse_keywords('register_optimizer_step_pre_hook', none);
  return register(global_step_pre_hooks, hook);
}

/** `torch.optim.optimizer.register_optimizer_step_post_hook`: for every optimizer of the process. */
export function register_optimizer_step_post_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
  refuse_keywords('register_optimizer_step_post_hook', none);
  return register(global_step_post_hooks, hook);
}

/**
 * @throws TypeError for a keyword argument that a method does not know, such as `prepend` of a step hook (clause HKS-4)
 */
export function refuse_keywords(method: string, given: readonly object[], known: readonly string[] = []): void {
  const keyword = given.flatMap((keywords) => Object.keys(keywords)).find((name) => !known.includes(name));
  if (keyword !== undefined) throw new TypeError(`${method}() got an unexpected keyword argument '${keyword}'`);
}

/** As in a fresh process: no global hooks, handles counted from 0. */
export function forget_hooks(): void {
  global_step_pre_hooks.clear();
  global_step_post_hooks.clear();
  RemovableHandle.next_id = 0;
}

/** Calls what may be no function. @throws TypeError as Python does then */
export function call(callee: unknown, ...args: readonly unknown[]): unknown {
  if (typeof callee !== 'function') throw new TypeError(`'${typeName(callee)}' object is not callable`);
  return (callee as (...given: readonly unknown[]) => unknown)(...args);
}
