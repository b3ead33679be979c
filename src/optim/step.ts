/**
 * What stands around the body of a step: hooks, arguments, grad mode (clauses HKS and GRD).
 */
import { IndexError, RuntimeError, TypeError } from '../tensor/errors.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typeName } from '../tensor/type-name.ts';
import { type Dict, entriesOf, isDict, isPlain, item } from './dict.ts';
import { call, global_step_post_hooks, global_step_pre_hooks, type HookDict } from './hooks.ts';
import { list } from './param-group.ts';
import { attribute } from './python.ts';
import { str } from './text/repr.ts';
import { isTuple, tuple } from './tuple.ts';
import type { Version } from './versions.ts';

/** An optimizer as a step sees it. */
export interface Stepping {
  readonly defaults: Dict;
  readonly version: Version;
  readonly _optimizer_step_pre_hooks: HookDict;
  readonly _optimizer_step_post_hooks: HookDict;
}

/** A method `step`: positional arguments, behind them keyword arguments if the last is a plain object. */
export type Step = (this: unknown, ...given: readonly unknown[]) => unknown;

/** Steps with hooks around them, and what they are called where they were defined. */
const hooked = new WeakMap<Step, string>();

/**
 * Puts hooks around the step of a class, unless they are there: a class without a step of its own has its parent's. So a step
 * that calls the parent's has hooks at both levels where the parent has been constructed before (clause HKS-18).
 */
export function patch_step_function(of: { readonly prototype: { step: Step } }): void {
  const { prototype } = of;
  if (!hooked.has(prototype.step)) patched.set(prototype, Object.getOwnPropertyDescriptor(prototype, 'step'));
  if (!hooked.has(prototype.step)) prototype.step = profile_hook_step(prototype.step, definer(prototype));
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

/** The class in which a prototype's step was written. */
function definer(prototype: object): string {
  return Object.hasOwn(prototype, 'step')
    ? prototype.constructor.name
    : definer(Object.getPrototypeOf(prototype) as object);
}

/**
 * A step with its hooks: global before local, then the step of whatever the arguments then begin with, then local before global.
 * Throws RuntimeError when a pre-hook returns something else than nothing or new arguments.
 */
function profile_hook_step(func: Step, definer: string): Step {
  const wrapper: Step = function (...given) {
    const self = this as Stepping;
    let [args, kwargs]: readonly [unknown, unknown] = split(self, given);
    for (const hook of chain(global_step_pre_hooks, self._optimizer_step_pre_hooks)) {
      const result = call(hook, self, args, kwargs);
      if (result === null || result === undefined) continue;
      if (!isTuple(result) || result.length !== 2)
        throw new RuntimeError(
          `<function ${definer}.step at 0x0> must return None or a tuple of (new_args, new_kwargs), but got ${str(result)}.`,
        );
      [args, kwargs] = result as readonly [unknown, unknown];
    }
    const out = apply(func, args, kwargs, self.version);
    for (const hook of chain(self._optimizer_step_post_hooks, global_step_post_hooks)) call(hook, self, args, kwargs);
    return out;
  };
  hooked.set(wrapper, definer);
  return wrapper;
}

/** Arguments as Python has them: the optimizer in front, keyword arguments apart, in a dictionary that is new for every call. */
function split(self: unknown, given: readonly unknown[]): [args: readonly unknown[], kwargs: Dict] {
  const last = given.at(-1);
  return isPlain(last) ? [tuple(self, ...given.slice(0, -1)), { ...last }] : [tuple(self, ...given), {}];
}

/** `func(*args, **kwargs)`. @throws TypeError or IndexError for what cannot be unpacked */
function apply(func: Step, args: unknown, kwargs: unknown, version: Version): unknown {
  if (!isDict(kwargs)) throw new TypeError(`${STEP} argument after ** must be a mapping, not ${typeName(kwargs)}`);
  if (!isIterable(args)) throw new TypeError(`${STEP} argument after * must be an iterable, not ${typeName(args)}`);
  const given = list(args);
  const entries = entriesOf(kwargs);
  if (entries.some(([key]) => typeof key !== 'string')) throw new TypeError('keywords must be strings');
  if (given.length === 0) {
    if (version.step_without_self === 'IndexError') throw new IndexError('tuple index out of range');
    throw new TypeError("RMSprop.step() missing 1 required positional argument: 'self'");
  }
  const [self, ...positional] = given;
  const keywords = Object.fromEntries(entries as [string, unknown][]);
  // A plain object in the last place would be taken for keywords.
  return func.call(self, ...positional, ...(entries.length > 0 || isPlain(positional.at(-1)) ? [keywords] : []));
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
 * Runs the body of a step in the grad mode that the optimizer's defaults say (clause GRD-1).
 *
 * @param self whatever the step was called on
 * @throws PythonError, an AttributeError, when that is no optimizer; TypeError when `differentiable` is no boolean, or for
 * arguments that `step` does not have
 */
export function use_grad_for_differentiable(
  self: unknown,
  given: readonly unknown[],
  body: (closure: unknown) => unknown,
): unknown {
  const recorded = item(attribute(self, 'defaults'), 'differentiable', (self as Stepping).version);
  if (typeof recorded !== 'boolean')
    throw new TypeError(`set_grad_enabled(): argument 'enabled' (position 1) must be bool, not ${typeName(recorded)}`);
  return set_grad_enabled(recorded, () => body(closureOf(given)));
}

function closureOf(given: readonly unknown[]): unknown {
  const [args, kwargs] = split(undefined, given);
  const names = ['self', 'closure'];
  for (const name of Object.keys(kwargs)) {
    if (!names.includes(name)) throw new TypeError(`RMSprop.step() got an unexpected keyword argument '${name}'`);
    if (names.indexOf(name) < args.length)
      throw new TypeError(`RMSprop.step() got multiple values for argument '${name}'`);
  }
  if (args.length > names.length)
    throw new TypeError(`RMSprop.step() takes from 1 to 2 positional arguments but ${args.length} were given`);
  return args[1] ?? kwargs['closure'] ?? null;
}

const STEP = 'torch.optim.rmsprop.RMSprop.step()';

/** The hooks of both, the second opened only when the first has ended. */
function* chain(first: HookDict, second: HookDict): Generator<unknown> {
  yield* first.values();
  yield* second.values();
}
