/**
 * What stands around the body of a step: hooks, arguments, grad mode (clauses HKS and GRD).
 */
import { IndexError, RuntimeError, TypeError } from '../tensor/errors.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import { isDict, item } from './dict.ts';
import { call, global_step_post_hooks, global_step_pre_hooks, type HookDict } from './hooks.ts';
import { typeName } from './python.ts';
import { str } from './text/repr.ts';
import { isTuple, tuple } from './tuple.ts';
import type { Version } from './versions.ts';

/** An optimizer as a step sees it. */
export interface Stepping {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly step_pre_hooks: HookDict;
  readonly step_post_hooks: HookDict;
  /** The step itself, without hooks. */
  step_body(closure: unknown): unknown;
}

type Kwargs = Record<string, unknown>;

/**
 * A step with its hooks: global before local, then the step of whatever optimizer the arguments then begin with, then local
 * before global.
 *
 * @param given positional arguments, the last of them keyword arguments if it is an object that has a `closure`
 * @throws RuntimeError when a pre-hook returns something else than nothing or new arguments
 */
export function step_with_hooks(optimizer: Stepping, given: readonly unknown[], version: Version): unknown {
  const last = given.at(-1);
  const keyword = isKwargs(last);
  let args: readonly unknown[] = tuple(optimizer, ...(keyword ? given.slice(0, -1) : given));
  let kwargs: Kwargs = keyword ? last : {};
  for (const hook of chain(global_step_pre_hooks, optimizer.step_pre_hooks)) {
    const result = call(hook, optimizer, args, kwargs);
    if (result === null || result === undefined) continue;
    if (!isArguments(result))
      throw new RuntimeError(
        `<function RMSprop.step at 0x0> must return None or a tuple of (new_args, new_kwargs), but got ${str(result)}.`,
      );
    [args, kwargs] = result;
  }
  const value = step(args, kwargs, version);
  for (const hook of chain(optimizer.step_post_hooks, global_step_post_hooks)) call(hook, optimizer, args, kwargs);
  return value;
}

function step(args: readonly unknown[], kwargs: Kwargs, version: Version): unknown {
  if (!isDict(kwargs)) throw new TypeError(`${STEP} argument after ** must be a mapping, not ${typeName(kwargs)}`);
  if (!Array.isArray(args)) throw new TypeError(`${STEP} argument after * must be an iterable, not ${typeName(args)}`);
  if (args.length === 0) {
    if (version.step_without_self === 'IndexError') throw new IndexError('tuple index out of range');
    throw new TypeError("RMSprop.step() missing 1 required positional argument: 'self'");
  }
  const [optimizer, ...positional] = args as unknown as readonly [Stepping, ...unknown[]];
  const recorded = item(optimizer.defaults, 'differentiable');
  if (typeof recorded !== 'boolean')
    throw new TypeError(`set_grad_enabled(): argument 'enabled' (position 1) must be bool, not ${typeName(recorded)}`);
  return set_grad_enabled(recorded, () => optimizer.step_body(closureOf(positional, kwargs)));
}

function closureOf(positional: readonly unknown[], kwargs: Kwargs): unknown {
  if (positional.length > 1)
    throw new TypeError(
      `RMSprop.step() takes from 1 to 2 positional arguments but ${positional.length + 1} were given`,
    );
  const unknown = Object.keys(kwargs).find((name) => name !== 'closure');
  if (unknown !== undefined) throw new TypeError(`RMSprop.step() got an unexpected keyword argument '${unknown}'`);
  if (positional.length === 1 && 'closure' in kwargs)
    throw new TypeError("RMSprop.step() got multiple values for argument 'closure'");
  return positional[0] ?? kwargs['closure'] ?? null;
}

const STEP = 'torch.optim.rmsprop.RMSprop.step()';

/** The hooks of both, the second opened only when the first has ended. */
function* chain(first: HookDict, second: HookDict): Generator<unknown> {
  yield* first.values();
  yield* second.values();
}

function isKwargs(x: unknown): x is Kwargs {
  return typeof x === 'object' && x !== null && Object.hasOwn(x, 'closure');
}

function isArguments(x: unknown): x is readonly [readonly unknown[], Kwargs] {
  return isTuple(x) && x.length === 2;
}
