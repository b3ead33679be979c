/**
 * What hooks and closures of a program do when they are called.
 */
import { runtimeError } from './encoding.ts';
import { edit, within } from './places.ts';
import type { ProgramObjects } from './program-objects.ts';
import type { Behaviour, BookkeepingOp, Closure, HookKind, Value } from './types.ts';
import { isPlain } from './values.ts';

/** Does operations within a hook or a closure. */
export type Do = (ops: readonly BookkeepingOp[]) => void;

/** A hook of any kind. */
type Hook = (opt: unknown, ...given: readonly unknown[]) => unknown;

/** What a hook is given beside the optimizer. */
interface Context {
  readonly args?: readonly unknown[];
  readonly kwargs?: unknown;
  readonly dict?: unknown;
}

/** Makes the functions that a program describes. */
export class Behaviours {
  readonly #objects: ProgramObjects;
  readonly #do: Do;

  constructor(objects: ProgramObjects, doing: Do) {
    this.#objects = objects;
    this.#do = doing;
  }

  /** A closure. */
  closure({ log, gradients = {}, do: ops = [], returns, throw: text }: Closure): () => unknown {
    const objects = this.#objects;
    return () => {
      objects.note(log, objects.port.is_grad_enabled(), objects.firstBits());
      for (const [tensor, bits] of Object.entries(gradients)) objects.setGrad({ tensor, bits });
      this.#do(ops);
      if (text !== undefined) throw runtimeError(text);
      return objects.decode(returns);
    };
  }

  /** A hook of a kind, which does one behaviour after the other. */
  hook(on: HookKind, does: readonly Behaviour[]): Hook {
    if (on.includes('step'))
      return (opt, args, kwargs) => this.#behave(does, opt, { args: args as readonly unknown[], kwargs });
    if (on === 'state_dict_post' || on === 'load_state_dict_pre')
      return (opt, dict) => this.#behave(does, opt, { dict });
    return (opt) => this.#behave(does, opt, {});
  }

  #behave(does: readonly Behaviour[], opt: unknown, context: Context): unknown {
    const { decoding, named } = this.#objects;
    let result: unknown;
    for (const behaviour of does) {
      if ('log' in behaviour) this.#objects.note(behaviour.log, ...this.#seen(opt, context));
      else if ('set_option' in behaviour) {
        const [option, value] = behaviour.set_option;
        edit(opt, { at: ['param_groups', 0, option], value }, decoding);
      } else if ('set_state' in behaviour) {
        const [key, value] = behaviour.set_state;
        edit(opt, { at: ['state', key], value }, decoding);
      } else if ('edit' in behaviour) edit('args' in context ? context.kwargs : context.dict, behaviour.edit, decoding);
      else if ('return' in behaviour) result = this.#objects.decode(behaviour.return);
      else if ('return_copy' in behaviour) result = this.#copyWith(context.dict, behaviour.return_copy);
      else if ('return_closure' in behaviour)
        result = tuple(context.args, { closure: this.closure(behaviour.return_closure) });
      else if ('return_optimizer' in behaviour)
        result = tuple(tuple(named.get(behaviour.return_optimizer), ...context.args!.slice(1)), context.kwargs);
      else if ('do' in behaviour) this.#do(behaviour.do);
      else throw runtimeError(behaviour.throw);
    }
    return result;
  }

  /** What a hook sees: of a step the arguments, the grad mode and bits; of a state dict its keys; else the lr of group 0. */
  #seen(opt: unknown, { args, kwargs, dict }: Context): unknown[] {
    if (args !== undefined) {
      const count = Array.isArray(args) && Object.isFrozen(args) ? args.length : args;
      return [count, keysOf(kwargs), this.#objects.port.is_grad_enabled(), this.#objects.firstBits()];
    }
    if (dict !== undefined) return [keysOf(dict)];
    const group = within(opt, ['param_groups', 0], this.#objects.decoding);
    return [group instanceof Map ? (group.get('lr') as unknown) : (group as Record<string, unknown>)['lr']];
  }

  #copyWith(dict: unknown, options: Readonly<Record<string, Value>>): unknown {
    const copy = this.#objects.port.deepcopy(dict);
    for (const [option, value] of Object.entries(options))
      edit(copy, { at: ['param_groups', 0, option], value }, this.#objects.decoding);
    return copy;
  }
}

/** The keys of a dictionary; anything else is itself. */
function keysOf(x: unknown): unknown {
  if (x instanceof Map) return [...(x as Map<unknown, unknown>).keys()];
  return isPlain(x) ? Object.keys(x) : x;
}

/** Python's tuples are frozen arrays. */
function tuple(...items: readonly unknown[]): readonly unknown[] {
  return Object.freeze(items);
}
