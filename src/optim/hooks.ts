/**
 * Hooks: ordered dictionaries of functions that may change while they are run, and the handles that remove them (HKS clauses).
 */
import { RuntimeError, TypeError } from '../tensor/errors.ts';
import { typeName } from '../tensor/type-name.ts';

let next_id = 0;

/** Removes one hook; ids count up over all hooks of the process, from 0. */
export class RemovableHandle {
  readonly id: number;
  readonly #hooks: WeakRef<HookDict>;

  constructor(hooks: HookDict) {
    this.id = next_id;
    next_id += 1;
    this.#hooks = new WeakRef(hooks);
  }

  /** Removes the hook; does nothing the second time. */
  remove(): void {
    this.#hooks.deref()?.delete(this.id);
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

/** Python's `OrderedDict` of hooks, as far as running hooks that change it shows. */
export class HookDict {
  #ids: number[] = [];
  readonly #hooks = new Map<number, unknown>();
  #version = 0;

  /** Adds a hook at the end, or with `prepend` at the front. Nothing is checked: what is no function fails when it is called. */
  register(hook: unknown, prepend: boolean = false): RemovableHandle {
    const handle = new RemovableHandle(this);
    this.#hooks.set(handle.id, hook);
    this.#ids = prepend ? [handle.id, ...this.#ids] : [...this.#ids, handle.id];
    this.#version += 1;
    return handle;
  }

  /** Removes the hook of an id, if it is there. */
  delete(id: number): void {
    if (!this.#hooks.delete(id)) return;
    this.#ids = this.#ids.filter((other) => other !== id);
    this.#version += 1;
  }

  /** Removes every hook. */
  clear(): void {
    for (const id of this.#ids) this.delete(id);
  }

  /**
   * The hooks in order. The one after the present is chosen when the present one is handed out.
   *
   * @throws RuntimeError when a hook changed the dictionary and another is still to come
   */
  *values(): Generator<unknown> {
    const version = this.#version;
    let present = this.#ids[0];
    while (present !== undefined) {
      if (this.#version !== version) throw new RuntimeError('OrderedDict mutated during iteration');
      const following: number | undefined = this.#ids[this.#ids.indexOf(present) + 1];
      yield this.#hooks.get(present);
      present = following;
    }
  }
}

/** Hooks before every step of every optimizer. */
export const global_step_pre_hooks: HookDict = new HookDict();

/** Hooks after every step of every optimizer. */
export const global_step_post_hooks: HookDict = new HookDict();

/** A hook before or after a step: the optimizer, the positional arguments with it in front, the keyword arguments. */
export type StepHook = (optimizer: unknown, args: readonly unknown[], kwargs: Record<string, unknown>) => unknown;

/** `torch.optim.optimizer.register_optimizer_step_pre_hook`: for every optimizer of the process. */
export function register_optimizer_step_pre_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
  refuse_keywords('register_optimizer_step_pre_hook', none);
  return global_step_pre_hooks.register(hook);
}

/** `torch.optim.optimizer.register_optimizer_step_post_hook`: for every optimizer of the process. */
export function register_optimizer_step_post_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
  refuse_keywords('register_optimizer_step_post_hook', none);
  return global_step_post_hooks.register(hook);
}

/** @throws TypeError for a keyword argument, such as `prepend` of a step hook */
export function refuse_keywords(method: string, given: readonly object[]): void {
  const [keyword] = given.flatMap((keywords) => Object.keys(keywords));
  if (keyword !== undefined) throw new TypeError(`${method}() got an unexpected keyword argument '${keyword}'`);
}

/** As in a fresh process: no global hooks, handles counted from 0. */
export function forget_hooks(): void {
  global_step_pre_hooks.clear();
  global_step_post_hooks.clear();
  next_id = 0;
}

/** Calls what may be no function. @throws TypeError as Python does then */
export function call(callee: unknown, ...args: readonly unknown[]): unknown {
  if (typeof callee !== 'function') throw new TypeError(`'${typeName(callee)}' object is not callable`);
  return (callee as (...given: readonly unknown[]) => unknown)(...args);
}
