/**
 * What stands around the body of a step: hooks, arguments, grad mode.
 */
import { IndexError, RuntimeError, TypeError } from '../tensor/errors.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { type Dict, entriesOf, isDict, isPlain, item, values } from './dict.ts';
import { call, global_step_post_hooks, global_step_pre_hooks } from './hooks.ts';
import { list } from './iterate.ts';
import { record_function } from './profiler.ts';
import { attribute } from './python.ts';
import { str } from './text/repr.ts';
import { isTuple, tuple } from './tuple.ts';
import type { Version } from './versions.ts';

/** An optimizer as a step sees it. */
export interface Stepping {
  readonly version: Version;
}

/** A method `step`: positional arguments, behind them keyword arguments if the last is a plain object. */
export type Step = (this: unknown, ...given: readonly unknown[]) => unknown;

/** Steps with hooks around them. */
const hooked = new WeakSet<Step>();

/** Steps that run in the grad mode of an optimizer's defaults. */
const graded = new WeakSet<Step>();

/**
 * Puts hooks around the step of a class, unless they are there: a class without a step of its own has its parent's. So a step
 * that calls the parent's has hooks at both levels where the parent has been constructed before (clause HKS-18).
 */
export function patch_step_function(of: { readonly prototype: { step: Step } }): void {
  const { prototype } = of;
  if (!hooked.has(prototype.step)) patched.set(prototype, Object.getOwnPropertyDescriptor(prototype, 'step'));
  if (!hooked.has(prototype.step)) prototype.step = profile_hook_step(prototype.step, name_of_step(prototype));
}

/** Classes whose step was patched, with what they had of their own before. */
const patched = new Map<{ step: Step }, PropertyDescriptor | undefined>();

/** As in a fresh process: no class has been constructed. */
export function unpatch_step_functions(): void {
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
function name_of_step(prototype: object): StepName {
  if (!Object.hasOwn(prototype, 'step')) return name_of_step(Object.getPrototypeOf(prototype) as object);
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
    return record_function(`Optimizer.step#${typeName(self)}.step`, () => {
      let [args, kwargs]: readonly [unknown, unknown] = split(self, given);
      for (const hook of chain(global_step_pre_hooks, attribute(self, '_optimizer_step_pre_hooks'))) {
        const result = call(hook, self, args, kwargs);
        if (result === null || result === undefined) continue;
        if (!isTuple(result) || result.length !== 2)
          throw new RuntimeError(
            `<function ${name.qualname} at 0x0> must return None or a tuple of (new_args, new_kwargs), but got ${str(result)}.`,
          );
        [args, kwargs] = result as readonly [unknown, unknown]; // HKS-7
      }
      const out = apply(func, name, args, kwargs, self.version);
      for (const hook of chain(attribute(self, '_optimizer_step_post_hooks'), global_step_post_hooks))
        call(hook, self, args, kwargs);
      return out;
    });
  };
  hooked.add(wrapper);
  return wrapper;
}

/**
 * Arguments as Python has them: the optimizer in front, keyword arguments apart, in a dictionary that is new for every
 * call (clause HKS-5).
 */
function split(self: unknown, given: readonly unknown[]): [args: readonly unknown[], kwargs: Dict] {
  const last = given.at(-1);
  return isPlain(last) ? [tuple(self, ...given.slice(0, -1)), { ...last }] : [tuple(self, ...given), {}];
}

/** `func(*args, **kwargs)`. @throws TypeError or IndexError for what cannot be unpacked (clauses HKS-8, HKS-9) */
function apply(func: Step, name: StepName, args: unknown, kwargs: unknown, version: Version): unknown {
  const full = `${name.module}.${name.qualname}()`;
  if (!isDict(kwargs)) throw new TypeError(`${full} argument after ** must be a mapping, not ${typeName(kwargs)}`);
  if (!isIterable(args)) throw new TypeError(`${full} argument after * must be an iterable, not ${typeName(args)}`);
  const given = list(args);
  const entries = entriesOf(kwargs);
  if (entries.some(([key]) => typeof key !== 'string')) throw new TypeError('keywords must be strings');
  const keywords = Object.fromEntries(entries as [string, unknown][]);
  const [self, ...positional] =
    graded.has(func) && !version.step_takes_self_by_name ? first(given) : named(name, given, keywords);
  // A plain object in the last place would be taken for keywords.
  const some = Object.keys(keywords).length > 0 || isPlain(positional.at(-1));
  return func.call(self, ...positional, ...(some ? [keywords] : []));
}

/** Arguments of a function that takes the optimizer from their tuple. */
function first(given: readonly unknown[]): readonly unknown[] {
  if (given.length === 0) throw new IndexError('tuple index out of range');
  return given;
}

/** Arguments of a function with a parameter `self`, which is taken out of the keywords. */
function named({ qualname }: StepName, given: readonly unknown[], keywords: Dict): readonly unknown[] {
  const keyword = Object.hasOwn(keywords, 'self');
  if (keyword && given.length > 0) throw new TypeError(`${qualname}() got multiple values for argument 'self'`);
  if (!keyword && given.length === 0)
    throw new TypeError(`${qualname}() missing 1 required positional argument: 'self'`);
  if (!keyword) return given;
  const { self } = keywords;
  delete keywords['self'];
  return [self];
}

function isIterable(x: unknown): boolean {
  return (
    typeof x === 'string' ||
    x instanceof Tensor ||
    isDict(x) ||
    (typeof x === 'object' && x !== null && Symbol.iterator in x)
  );
}

/**
 * Puts the grad mode that an optimizer's defaults say around a step (clause GRD-1). The step throws a PythonError, an
 * AttributeError, when it is called on no optimizer, and TypeError when `differentiable` is no boolean.
 */
export function use_grad_for_differentiable(func: Step): Step {
  const wrapper: Step = function (...given) {
    const recorded = item(attribute(this, 'defaults'), 'differentiable', (this as Stepping).version);
    if (typeof recorded !== 'boolean')
      throw new TypeError(
        `set_grad_enabled(): argument 'enabled' (position 1) must be bool, not ${typeName(recorded)}`,
      );
    return set_grad_enabled(recorded, () => func.call(this, ...given));
  };
  graded.add(wrapper);
  return wrapper;
}

/**
 * The closure among what a method `step(self, closure=None)` was given (clause GAD-10).
 *
 * @throws TypeError for arguments that it does not have, in Python's order
 */
export function closure_of(method: string, given: readonly unknown[]): unknown {
  const [args, kwargs] = split(undefined, given);
  const names = ['self', 'closure'];
  for (const name of Object.keys(kwargs)) {
    if (!names.includes(name)) throw new TypeError(`${method}() got an unexpected keyword argument '${name}'`);
    if (names.indexOf(name) < args.length)
      throw new TypeError(`${method}() got multiple values for argument '${name}'`);
  }
  if (args.length > names.length)
    throw new TypeError(`${method}() takes from 1 to 2 positional arguments but ${args.length} were given`);
  return args[1] ?? kwargs['closure'] ?? null;
}

/** The hooks of both, the second opened only when the first has ended (clause HKS-16). */
function chain(first: unknown, second: unknown): Iterable<unknown> {
  const both = [values(first), values(second)];
  return (function* (): Generator<unknown> {
    for (const hooks of both) yield* hooks;
  })();
}
