/**
 * Registering hooks: those of every optimizer, and what the methods of one do.
 */
import { bind } from '../python/arguments.ts';
import { OrderedDict } from '../python/ordered-dict.ts';
import { bool } from '../python/truth.ts';
import { type HookDict, RemovableHandle } from './removable-handle.ts';

/** Hooks before every step of every optimizer (clauses HKS-1, HKS-17). */
export const _global_optimizer_pre_hooks: HookDict = new OrderedDict();

/** Hooks after every step of every optimizer (clauses HKS-1, HKS-17). */
export const _global_optimizer_post_hooks: HookDict = new OrderedDict();

/**
 * A hook before or after a step: the optimizer, the positional arguments with it in front, the keyword arguments
 * (clause HKS-5).
 */
export type StepHook = (optimizer: unknown, args: readonly unknown[], kwargs: Record<string, unknown>) => unknown;

/** Keyword argument of the hooks that can be put in front of those that are there. */
export interface HookOptions {
  readonly prepend?: unknown;
}

/**
 * Adds a hook at the end (clause HKS-2), or with a true `prepend` at the front (clause HKS-4). The hook is not checked:
 * what is no function fails when it is called (clause HKS-14).
 *
 * @param method its qualified name, and `hooks` the dictionary that it adds to
 * @param keywords what was given behind the hook; only `known` are keyword arguments of the method
 * @throws TypeError for another keyword, such as `prepend` of a step hook
 */
export function register(
  method: string,
  hooks: HookDict,
  hook: unknown,
  keywords: readonly object[],
  ...known: readonly 'prepend'[]
): RemovableHandle {
  const names = method.includes('.') ? ['self', 'hook', ...known] : ['hook'];
  const args = bind({ method, names, required: 0 }, [], Object.assign({}, ...keywords) as object);
  const handle = new RemovableHandle(hooks);
  hooks.set(handle.id, hook);
  if (bool(args['prepend'])) hooks.move_to_end(handle.id, { last: false });
  return handle;
}

/** `torch.optim.optimizer.register_optimizer_step_pre_hook`: for every optimizer of the process (optimizer.py, line 289). */
export function register_optimizer_step_pre_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
  return register('register_optimizer_step_pre_hook', _global_optimizer_pre_hooks, hook, none);
}

/** `torch.optim.optimizer.register_optimizer_step_post_hook`: for every optimizer of the process (optimizer.py, line 309). */
export function register_optimizer_step_post_hook(hook: StepHook, ...none: readonly never[]): RemovableHandle {
  return register('register_optimizer_step_post_hook', _global_optimizer_post_hooks, hook, none);
}

/** As in a fresh process: no global hooks, handles counted from 0. */
export function forgetHooks(): void {
  _global_optimizer_pre_hooks.clear();
  _global_optimizer_post_hooks.clear();
  RemovableHandle.next_id = 0;
}
