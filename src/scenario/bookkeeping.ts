/**
 * The operations beyond training: groups, gradients, state dicts, hooks, and looking at objects. The twin of bookkeeping.py.
 */
import { fromBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import { bitsOf, decode, encode, runtimeError, tensorValue, type Tensors } from './encoding.ts';
import type { Need } from './needs.ts';
import type { Construct, Handle, OptimizerObject, OwnStep, PortObjects, Register } from './object-port.ts';
import { neededBy } from './objects.ts';
import { type Decoding, edit, within } from './places.ts';
import type {
  Behaviour,
  BookkeepingOp,
  Closure,
  GradOp,
  HookKind,
  HookOp,
  OptimizerOp,
  Place,
  RemoveHookOp,
  StepOp,
  TensorSpec,
  Value,
} from './types.ts';

/** A tensor of the scenario. */
export interface NamedTensor {
  readonly name: string;
  readonly spec: TensorSpec;
  readonly tensor: unknown;
}

/** What a hook is given beside the optimizer. */
type Context = {
  readonly args?: readonly unknown[];
  readonly kwargs?: unknown;
  readonly dict?: unknown;
};

/** Takes the value that an operation observes. */
type Observe = (value: Value) => void;

/** A hook of any kind. */
type Hook = (opt: unknown, ...given: readonly unknown[]) => unknown;

/** The objects of one run of a scenario, and the operations on them. */
export class Bookkeeping {
  readonly #port: PortObjects;
  readonly #tensors: ReadonlyMap<string, NamedTensor>;
  readonly #objects: Map<string, unknown>;
  /** Functions that were registered as hooks, by the names of their handles. */
  readonly #hooks = new Map<string, unknown>();
  readonly #classes = new Map<string, Construct>();
  readonly #log: Value[] = [];

  /** @param objects optimizers, state dicts, copies and handles by name; shared with the interpreter */
  constructor(port: PortObjects, tensors: ReadonlyMap<string, NamedTensor>, objects: Map<string, unknown>) {
    this.#port = port;
    this.#tensors = tensors;
    this.#objects = objects;
    port.reset();
  }

  /** What hooks and closures logged since the last call; undefined for nothing. */
  takeLog(): readonly Value[] | undefined {
    return this.#log.length === 0 ? undefined : this.#log.splice(0);
  }

  /** An object as an observed value. */
  encode(value: unknown): Value {
    const tensors: Tensors = {
      nameOf: (object) => [...this.#tensors.values()].find(({ tensor }) => tensor === object)?.name,
      describe: (object) => this.#port.describe(object),
      hookOf: (object) => [...this.#hooks].find(([, hook]) => hook === object)?.[0],
    };
    return encode(value, tensors);
  }

  /** A tensor as it is observed, with its layout and device. */
  describe(tensor: unknown): Value {
    return { $tensor: tensorValue(this.#port.describe(tensor)!) };
  }

  /** What is noted is what is there now: it may change later. */
  #note(...items: readonly unknown[]): void {
    this.#log.push(this.encode(items));
  }

  /** The state of an optimizer in its own order, tensors of the scenario by their names. */
  state(opt: unknown): Value {
    const entries = [...stateOf(opt)].map(([key, entry]): [Value, Value] => {
      const name = [...this.#tensors.values()].find(({ tensor }) => tensor === key)?.name;
      return [name ?? this.encode(key), this.encode(entry)];
    });
    return { $dict: entries };
  }

  /** Makes an optimizer of the class that an operation names. */
  construct({ class: spec, params, required = [] }: OptimizerOp, options: Readonly<Record<string, unknown>>): unknown {
    const decoded = params === undefined ? undefined : this.decode(params);
    if (spec === undefined) return this.#port.construct(decoded, options);
    if (spec !== 'Optimizer') return this.#subclass(spec.name, spec.logs)(decoded, options);
    const base = this.#member('base', 'subclasses');
    return base.construct(decoded, {
      ...options,
      ...Object.fromEntries(required.map((option) => [option, base.required])),
    });
  }

  #subclass(name: string, label: string | undefined): Construct {
    const known = this.#classes.get(name);
    if (known !== undefined) return known;
    const step: OwnStep = (given, parent) => {
      this.#note(label, this.#port.is_grad_enabled());
      return parent(...given);
    };
    const made = this.#member('subclass', 'subclasses').call(this.#port, name, label === undefined ? undefined : step);
    this.#classes.set(name, made);
    return made;
  }

  #member<K extends keyof PortObjects>(name: K, need: Need): NonNullable<PortObjects[K]> {
    const member = this.#port[name];
    if (member === undefined) throw new AdapterError(`the port claims ${need}, but its objects have no ${name}`);
    return member;
  }

  /** The object that a value of the program stands for. */
  decode(value: Value | undefined): unknown {
    return value === undefined ? null : decode(value, this.#named, this.#hookNamed);
  }

  /** Does an operation, and observes its value, if it has one. A value that is observed stays even if the operation then throws. */
  execute(op: BookkeepingOp, observe: Observe): void {
    if (op.op === 'remove_hook') return this.#removeHook(op, observe);
    const value = this.#execute(op);
    if (value !== undefined) observe(value);
  }

  #execute(op: Exclude<BookkeepingOp, RemoveHookOp>): Value | undefined {
    switch (op.op) {
      case 'grad':
        return void this.#grad(op);
      case 'step':
        return this.encode(this.#step(op));
      case 'zero_grad':
        return void this.#labelled(op.labels, () =>
          this.#optimizer(op.optimizer).zero_grad(
            op.set_to_none === undefined ? {} : { set_to_none: this.decode(op.set_to_none) },
          ),
        );
      case 'add_param_group': {
        const group = this.decode(op.group);
        this.#objects.set('group', group);
        return void this.#optimizer(op.optimizer).add_param_group(group);
      }
      case 'state_dict': {
        const dict = this.#optimizer(op.optimizer).state_dict();
        this.#objects.set(op.as ?? 'saved', dict);
        return this.encode(dict);
      }
      case 'load_state_dict': {
        const dict = op.value === undefined ? this.#objects.get(op.from ?? 'saved') : this.decode(op.value);
        return this.encode(this.#optimizer(op.optimizer).load_state_dict(dict));
      }
      case 'copy': {
        const copy = op.shallow ? this.#member('copy', 'attributes') : this.#port.deepcopy;
        return void this.#objects.set(op.as, copy.call(this.#port, this.#objects.get(op.of)));
      }
      case 'repr':
        return this.#optimizer(op.optimizer).toString();
      case 'look': {
        const found = this.#resolve(op.at);
        if (op.as !== undefined) this.#objects.set(op.as, found);
        return this.encode(found);
      }
      case 'attributes':
        return Object.keys(this.#optimizer(op.optimizer));
      case 'getstate': {
        const kept = method(this.#optimizer(op.optimizer), '__getstate__', 'attributes')();
        this.#objects.set(op.as ?? 'pickled', kept);
        return this.encode(kept);
      }
      case 'setstate': {
        const state = op.value === undefined ? this.#objects.get(op.from ?? 'pickled') : this.decode(op.value);
        return void method(this.#optimizer(op.optimizer), '__setstate__', 'attributes')(state);
      }
      case 'default_dtype':
        return void this.#member('set_default_dtype', 'default-dtype').call(this.#port, op.dtype);
      case 'identity':
        return this.#resolve(op.a) === this.#resolve(op.b);
      case 'edit':
        return void edit(this.#start(op.at[0] as string), { ...op, at: op.at.slice(1) }, this.#decoding);
      case 'hook':
        return this.#hook(op);
    }
  }

  readonly #hookNamed = (name: string): unknown => within(this.#hooks, [name], this.#decoding);

  readonly #named = (name: string): unknown => this.#tensors.get(name)!.tensor;

  readonly #decoding: Decoding = { named: this.#named, decode: (value) => this.decode(value) };

  #optimizer(name: string = 'opt'): OptimizerObject {
    return this.#objects.get(name) as OptimizerObject;
  }

  #grad({ tensor: name, bits, sparse, recorded }: Omit<GradOp, 'op'>): void {
    const { tensor, spec } = this.#tensors.get(name)!;
    const kind = sparse ? 'sparse' : recorded ? 'recorded' : undefined;
    const grad = bits === null ? null : this.#port.gradient(tensor, fromBits(spec.dtype, bits), kind);
    (tensor as { grad: unknown }).grad = grad;
  }

  #removeHook({ hook, context, do: ops = [], throw: text }: RemoveHookOp, observe: Observe): void {
    const handle = this.#objects.get(hook) as Handle;
    if (!context) return handle.remove();
    observe(method(handle, '__enter__', 'attributes')() === handle);
    try {
      this.#do(ops);
      if (text !== undefined) throw runtimeError(text);
    } finally {
      method(handle, '__exit__', 'attributes')();
    }
  }

  #step({ no_grad, labels, ...op }: StepOp): unknown {
    const step = (): unknown => this.#labelled(labels, () => this.#stepped(op));
    return no_grad ? this.#member('no_grad', 'closure').call(this.#port, step) : step();
  }

  /** Logs the beginnings and ends of what a profiler would show, if that is wanted. */
  #labelled(labels: true | undefined, run: () => unknown): unknown {
    if (!labels) return run();
    return this.#member('record_functions', 'labels').call(this.#port, (...told) => this.#note(...told), run);
  }

  #stepped({ optimizer, closure, keyword, args = [], kwargs = {} }: Omit<StepOp, 'no_grad' | 'labels'>): unknown {
    const given = args.map((arg) => this.decode(arg));
    const keywords = Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [name, this.decode(value)]));
    if (closure !== undefined && keyword) keywords['closure'] = this.#closure(closure);
    else if (closure !== undefined) given.unshift(this.#closure(closure));
    return this.#optimizer(optimizer).step(...withKeywords(given, keywords));
  }

  #closure({ log, gradients = {}, do: ops = [], returns, throw: text }: Closure): () => unknown {
    return () => {
      this.#note(log, this.#port.is_grad_enabled(), this.#firstBits());
      for (const [tensor, bits] of Object.entries(gradients)) this.#grad({ tensor, bits });
      this.#do(ops);
      if (text !== undefined) throw runtimeError(text);
      return this.decode(returns);
    };
  }

  #resolve([first, ...keys]: Place): unknown {
    return within(this.#start(first), keys, this.#decoding);
  }

  #start(first: string): unknown {
    return first.startsWith('$') ? this.#named(first.slice(1)) : this.#objects.get(first);
  }

  #hook({ on, optimizer, does, options = {}, as: name = on }: Omit<HookOp, 'op'>): number {
    const hook = Array.isArray(does) ? this.#behaving(on, does as readonly Behaviour[]) : this.decode(does as Value);
    const keywords = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, this.decode(value)]));
    const handle = this.#register(on, optimizer)(hook, ...(Object.keys(keywords).length > 0 ? [keywords] : []));
    this.#objects.set(name, handle);
    if (typeof hook === 'function') this.#hooks.set(name, hook);
    return handle.id;
  }

  #register(on: HookKind, optimizer: string | undefined): Register {
    if (on === 'global_step_pre') return (...args) => this.#port.register_optimizer_step_pre_hook(...args);
    if (on === 'global_step_post') return (...args) => this.#port.register_optimizer_step_post_hook(...args);
    return (...args) => this.#optimizer(optimizer)[`register_${on}_hook`](...args);
  }

  #behaving(on: HookKind, does: readonly Behaviour[]): Hook {
    if (on.includes('step'))
      return (opt, args, kwargs) => this.#behave(does, opt, { args: args as readonly unknown[], kwargs });
    if (on === 'state_dict_post' || on === 'load_state_dict_pre')
      return (opt, dict) => this.#behave(does, opt, { dict });
    return (opt) => this.#behave(does, opt, {});
  }

  #behave(does: readonly Behaviour[], opt: unknown, context: Context): unknown {
    let result: unknown;
    for (const behaviour of does) {
      if ('log' in behaviour) this.#note(behaviour.log, ...this.#seen(opt, context));
      else if ('set_option' in behaviour) this.#setOption(opt, ...behaviour.set_option);
      else if ('set_state' in behaviour) this.#setState(opt, ...behaviour.set_state);
      else if ('edit' in behaviour)
        edit('args' in context ? context.kwargs : context.dict, behaviour.edit, this.#decoding);
      else if ('return' in behaviour) result = this.decode(behaviour.return);
      else if ('return_copy' in behaviour) result = this.#copyWith(context.dict, behaviour.return_copy);
      else if ('return_closure' in behaviour)
        result = tuple(context.args, { closure: this.#closure(behaviour.return_closure) });
      else if ('return_optimizer' in behaviour)
        result = tuple(tuple(this.#objects.get(behaviour.return_optimizer), ...context.args!.slice(1)), context.kwargs);
      else if ('do' in behaviour) this.#do(behaviour.do);
      else throw runtimeError(behaviour.throw);
    }
    return result;
  }

  #do(ops: readonly BookkeepingOp[]): void {
    for (const op of ops) {
      let observed: Value | undefined;
      if (neededBy(op).some((name) => !this.#objects.has(name))) observed = 'skipped';
      else this.execute(op, (value) => (observed = value));
      if (observed !== undefined) this.#log.push([op.op, observed]);
    }
  }

  #seen(opt: unknown, { args, kwargs, dict }: Context): unknown[] {
    if (args !== undefined) {
      const count = Array.isArray(args) && Object.isFrozen(args) ? args.length : args;
      return [count, keysOf(kwargs), this.#port.is_grad_enabled(), this.#firstBits()];
    }
    if (dict !== undefined) return [keysOf(dict)];
    const group = within(opt, ['param_groups', 0], this.#decoding);
    return [group instanceof Map ? (group.get('lr') as unknown) : (group as Record<string, unknown>)['lr']];
  }

  #setOption(opt: unknown, option: string, value: Value): void {
    edit(opt, { at: ['param_groups', 0, option], value }, this.#decoding);
  }

  #setState(opt: unknown, key: string, value: Value): void {
    edit(opt, { at: ['state', key], value }, this.#decoding);
  }

  #copyWith(dict: unknown, options: Readonly<Record<string, Value>>): unknown {
    const copy = this.#port.deepcopy(dict);
    for (const [option, value] of Object.entries(options))
      edit(copy, { at: ['param_groups', 0, option], value }, this.#decoding);
    return copy;
  }

  #firstBits(): string {
    const [first] = this.#tensors.values();
    const { dtype, data } = this.#port.describe(first!.tensor)!;
    return bitsOf(dtype, data);
  }
}

/** The keys of a dictionary; anything else is itself. */
function keysOf(x: unknown): unknown {
  if (x instanceof Map) return [...(x as Map<unknown, unknown>).keys()];
  return isPlain(x) ? Object.keys(x) : x;
}

/** A method that an object of a port has for what the port claims. */
function method(of: object, name: string, need: Need): (...given: readonly unknown[]) => unknown {
  const found = (of as Record<string, unknown>)[name];
  if (typeof found !== 'function')
    throw new AdapterError(`the port claims ${need}, but an object of it has no ${name}`);
  return (...given) => found.call(of, ...given) as unknown;
}

/** Keyword arguments are an object behind the positional ones; where the last of those is an object itself, even an empty one. */
function withKeywords(args: readonly unknown[], keywords: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.keys(keywords).length > 0 || isPlain(args.at(-1)) ? [...args, keywords] : args;
}

function isPlain(x: unknown): x is object {
  return typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

function stateOf(opt: unknown): Map<unknown, unknown> {
  return (opt as { state: Map<unknown, unknown> }).state;
}

/** Python's tuples are frozen arrays. */
function tuple(...items: readonly unknown[]): readonly unknown[] {
  return Object.freeze(items);
}
