/**
 * `profile_hook_step`: what stands around a step (torch/optim/optimizer.py of v2.13.0, line 508).
 */
import { call, splitArguments } from '../python/arguments.ts';
import { getattr } from '../python/attributes.ts';
import { entriesOf, isDict, isPlain, values } from '../python/dict.ts';
import { IndexError, RuntimeError, TypeError } from '../python/errors.ts';
import { isUnpackable, list } from '../python/iterate.ts';
import { len } from '../python/length.ts';
import { OrderedDict } from '../python/ordered-dict.ts';
import { str } from '../python/text/repr.ts';
import { isTuple } from '../python/tuple.ts';
import { typeName } from '../python/type-name.ts';
import { _global_optimizer_post_hooks, _global_optimizer_pre_hooks } from './register-hook.ts';
import type { Step } from './step.ts';
import { usesGradForDifferentiable } from './use-grad-for-differentiable.ts';
import type { Version } from './versions.ts';

/** An optimizer as a step sees it. */
export interface Stepping {
  readonly version: Version;
}

/** Steps with hooks around them. */
const hooked = new WeakSet<Step>();

/**
 * Puts hooks around the step of a class, unless they are there: a class without a step of its own has its parent's. So a step
 * that calls the parent's has hooks at both levels where the parent has been constructed before (clause HKS-18).
 */
export function _patch_step_function(of: { readonly prototype: { step: Step } }): void {
  const { prototype } = of;
  if (!hooked.has(prototype.step)) patched.set(prototype, Object.getOwnPropertyDescriptor(prototype, 'step'));
  if (!hooked.has(prototype.step)) prototype.step = profile_hook_step(prototype.step, nameOfStep(prototype));
}

/** Classes whose step was patched, with what they had of their own before. */
const patched = new Map<{ step: Step }, PropertyDescriptor | undefined>();

/** As in a fresh process: no class has been constructed. */
export function unpatchStepFunctions(): void {
  for (const [prototype, own] of patched) {
    if (own) Object.defineProperty(prototype, 'step', own);
    else delete (prototype as Partial<typeof prototype>).step;
  }
  patched.clear();
}

/** The name of the step of a prototype, as Python writes functions. */
interface StepName {
  readonly module: string;
  readonly qualname: string;
}

/** Names the step by the class in which it was written; a class that says no `__module__` is a program's own. */
function nameOfStep(prototype: object): StepName {
  if (!Object.hasOwn(prototype, 'step')) return nameOfStep(Object.getPrototypeOf(prototype) as object);
  const written = prototype.constructor as { readonly name: string; readonly __module__?: string };
  const module = Object.hasOwn(written, '__module__') ? written.__module__! : '__main__';
  return { module, qualname: `${written.name}.step` };
}

/**
 * A step with its hooks: global before local, then the step of whatever the arguments then begin with, then local
 * before global (clause HKS-2). The hooks are in the grad mode of the caller (clause HKS-6). Throws RuntimeError when a
 * pre-hook returns something else than nothing or new arguments (clause HKS-8), and what a hook throws (clause HKS-13).
 */
function profile_hook_step(func: Step, name: StepName): Step {
  const wrapper: Step = function (...given) {
    const self = this as Stepping;
    if (given.length === 0 && hookless(self)) return func.call(self);
    let [args, kwargs]: readonly [unknown, unknown] = splitArguments(self, given);
    for (const hook of chain(_global_optimizer_pre_hooks, getattr(self, '_optimizer_step_pre_hooks'))) {
      const result = call(hook, self, args, kwargs);
      if (result === null || result === undefined) continue;
      if (!isTuple(result) || result.length !== 2)
        throw new RuntimeError(
          `<function ${name.qualname} at 0x0> must return None or a tuple of (new_args, new_kwargs), but got ${str(result)}.`,
        );
      [args, kwargs] = result as readonly [unknown, unknown]; // HKS-7
    }
    const out = apply(func, name, args, kwargs, self.version);
    for (const hook of chain(getattr(self, '_optimizer_step_post_hooks'), _global_optimizer_post_hooks))
      call(hook, self, args, kwargs);
    return out;
  };
  hooked.add(wrapper);
  return wrapper;
}

/** `func(*args, **kwargs)`. @throws TypeError or IndexError for what cannot be unpacked (clauses HKS-8, HKS-9) */
function apply(func: Step, name: StepName, args: unknown, kwargs: unknown, version: Version): unknown {
  const full = `${name.module}.${name.qualname}()`;
  if (!isDict(kwargs)) throw new TypeError(`${full} argument after ** must be a mapping, not ${typeName(kwargs)}`);
  if (!isUnpackable(args)) throw new TypeError(`${full} argument after * must be an iterable, not ${typeName(args)}`);
  const given = list(args);
  if (given.length === 0) throw noOptimizer(func, name, version);
  const [self, ...positional] = given;
  // A plain object in the last place would be taken for keywords.
  const some = len(kwargs) > 0 || isPlain(positional.at(-1));
  return func.call(
    self,
    ...positional,
    ...(some ? [Object.fromEntries(entriesOf(kwargs) as [string, unknown][])] : []),
  );
}

/** What Python raises where there is no optimizer among the arguments: a function that takes it from their tuple, or by name. */
function noOptimizer(func: Step, { qualname }: StepName, version: Version): Error {
  if (usesGradForDifferentiable(func) && !version.step_takes_self_by_name)
    return new IndexError('tuple index out of range');
  return new TypeError(`${qualname}() missing 1 required positional argument: 'self'`);
}

/** Whether nothing stands around a step: then there is nothing to do but the step. */
function hookless(self: object): boolean {
  const { _optimizer_step_pre_hooks: pre, _optimizer_step_post_hooks: post } = self as Record<string, unknown>;
  const none = _global_optimizer_pre_hooks.size + _global_optimizer_post_hooks.size === 0;
  return none && pre instanceof OrderedDict && post instanceof OrderedDict && pre.size + post.size === 0;
}

/** The hooks of both, the second opened only when the first has ended (clause HKS-16). */
function chain(first: unknown, second: unknown): Iterable<unknown> {
  const both = [values(first), values(second)];
  return (function* (): Generator<unknown> {
    for (const hooks of both) yield* hooks;
  })();
}
