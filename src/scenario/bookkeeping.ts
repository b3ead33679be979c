/**
 * The operations beyond training: groups, gradients, state dicts, hooks, and looking at objects. The twin of bookkeeping.py.
 */
import { fromBits, toBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import { decode, encode, tensorValue, type Tensors } from './encoding.ts';
import type { Need } from './needs.ts';
import type { Construct, Handle, OptimizerObject, OwnStep, PortObjects, Register } from './object-port.ts';
import { edit, entry } from './places.ts';
import type {
  Behaviour,
  BookkeepingOp,
  Closure,
  Edit,
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

type Context = {
  readonly args?: readonly unknown[];
  readonly kwargs?: unknown;
  readonly dict?: unknown;
};

/** The objects of one run of a scenario, and the operations on them. */
export class Bookkeeping {
  readonly #port: PortObjects;
  readonly #tensors: ReadonlyMap<string, NamedTensor>;
  readonly #objects: Map<string, unknown>;
  readonly #handles = new Map<string, Handle>();
  readonly #classes = new Map<string, Construct>();
  readonly #log: Value[] = [];

  /** @param objects optimizers, state dicts and copies by name; shared with the interpreter */
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
    const decoded = this.decode(params);
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
    return value === undefined ? null : decode(value, this.#named);
  }

  /** Does an operation; what it returns is the observed value, undefined for none. */
  execute(op: BookkeepingOp): Value | undefined {
    switch (op.op) {
      case 'grad':
        return void this.#grad(op);
      case 'step':
        return this.encode(this.#step(op));
      case 'zero_grad':
        return void this.#optimizer(op.optimizer).zero_grad(
          op.set_to_none === undefined ? {} : { set_to_none: op.set_to_none },
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
      case 'copy':
        return void this.#objects.set(op.as, this.#port.deepcopy(this.#objects.get(op.of)));
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
        return void edit(this.#resolve(op.at.slice(0, -1) as unknown as Place), op, this.#named);
      case 'hook':
        return this.#hook(op);
      case 'remove_hook':
        return this.#removeHook(op);
    }
  }

  readonly #named = (name: string): unknown => this.#tensors.get(name)!.tensor;

  #optimizer(name: string = 'opt'): OptimizerObject {
    return this.#objects.get(name) as OptimizerObject;
  }

  #grad({ tensor: name, bits, sparse, recorded }: Omit<GradOp, 'op'>): void {
    const { tensor, spec } = this.#tensors.get(name)!;
    const kind = sparse ? 'sparse' : recorded ? 'recorded' : undefined;
    const grad = bits === null ? null : this.#port.gradient(tensor, fromBits(spec.dtype, bits), kind);
    (tensor as { grad: unknown }).grad = grad;
  }

  #removeHook({ hook, context }: RemoveHookOp): Value | undefined {
    const handle = this.#handles.get(hook)!;
    if (!context) return void handle.remove();
    const entered = method(handle, '__enter__', 'attributes')();
    method(handle, '__exit__', 'attributes')();
    return entered === handle;
  }

  #step({ no_grad, ...op }: StepOp): unknown {
    if (!no_grad) return this.#stepped(op);
    return this.#member('no_grad', 'closure').call(this.#port, () => this.#stepped(op));
  }

  #stepped({ optimizer, closure, keyword, args = [] }: Omit<StepOp, 'no_grad'>): unknown {
    const opt = this.#optimizer(optimizer);
    const given = args.map((arg) => this.decode(arg));
    if (closure === undefined) return opt.step(...given);
    return keyword
      ? opt.step(...given, { closure: this.#closure(closure) })
      : opt.step(this.#closure(closure), ...given);
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
    let at = first.startsWith('$') ? this.#named(first.slice(1)) : this.#objects.get(first);
    for (const key of keys) at = isAttribute(at, key) ? attribute(at as object, key) : entry(at, key, this.#named);
    return at;
  }

  #hook({ on, optimizer, does, prepend, as }: Omit<HookOp, 'op'>): number {
    const hook = Array.isArray(does) ? this.#behaving(on, does as readonly Behaviour[]) : this.decode(does as Value);
    const handle = this.#register(on, optimizer)(hook, ...(prepend ? [{ prepend }] : []));
    this.#handles.set(as ?? on, handle);
    return handle.id;
  }

  #register(on: HookKind, optimizer: string | undefined): Register {
    if (on === 'global_step_pre') return (...args) => this.#port.register_optimizer_step_pre_hook(...args);
    if (on === 'global_step_post') return (...args) => this.#port.register_optimizer_step_post_hook(...args);
    return (...args) => this.#optimizer(optimizer)[`register_${on}_hook`](...args);
  }

  #behaving(on: HookKind, does: readonly Behaviour[]): (...given: never[]) => unknown {
    if (on.includes('step'))
      return (opt: unknown, args: readonly unknown[], kwargs: unknown) => this.#behave(does, opt, { args, kwargs });
    if (on === 'state_dict_post' || on === 'load_state_dict_pre')
      return (opt: unknown, dict: unknown) => this.#behave(does, opt, { dict });
    return (opt: unknown) => this.#behave(does, opt, {});
  }

  #behave(does: readonly Behaviour[], opt: unknown, context: Context): unknown {
    let result: unknown;
    for (const behaviour of does) {
      if ('log' in behaviour) this.#note(behaviour.log, ...this.#seen(opt, context));
      else if ('set_option' in behaviour) this.#setOption(opt, ...behaviour.set_option);
      else if ('set_state' in behaviour) stateOf(opt).set(behaviour.set_state[0], this.decode(behaviour.set_state[1]));
      else if ('edit' in behaviour) this.#editWithin(context.dict, behaviour.edit);
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
      const value = this.execute(op);
      if (value !== undefined) this.#log.push([op.op, value]);
    }
  }

  #seen(opt: unknown, { args, kwargs, dict }: Context): unknown[] {
    if (args !== undefined) {
      const count = Array.isArray(args) && Object.isFrozen(args) ? args.length : args;
      return [count, keysOf(kwargs), this.#port.is_grad_enabled(), this.#firstBits()];
    }
    if (dict === undefined) return [entry(groupsOf(opt)[0], 'lr', this.#named)];
    return [keysOf(dict)];
  }

  #setOption(opt: unknown, option: string, value: Value): void {
    groupsOf(opt)[0]![option] = this.decode(value);
  }

  #editWithin(dict: unknown, what: Edit): void {
    const container = what.at.slice(0, -1).reduce((at, key) => entry(at, key, this.#named), dict);
    edit(container, what, this.#named);
  }

  #copyWith(dict: unknown, options: Readonly<Record<string, Value>>): unknown {
    const copy = this.#port.deepcopy(dict) as { param_groups: Record<string, unknown>[] };
    for (const [option, value] of Object.entries(options)) copy.param_groups[0]![option] = this.decode(value);
    return copy;
  }

  #firstBits(): string {
    const [first] = this.#tensors.values();
    return toBits(this.#port.describe(first!.tensor)!.data);
  }
}

/** The keys of a dictionary; anything else is itself. */
function keysOf(x: unknown): unknown {
  if (x instanceof Map) return [...(x as Map<unknown, unknown>).keys()];
  return isObject(x) && Object.getPrototypeOf(x) === Object.prototype ? Object.keys(x) : x;
}

/** A method that an object of a port has for what the port claims. */
function method(of: object, name: string, need: Need): (...given: readonly unknown[]) => unknown {
  const found = (of as Record<string, unknown>)[name];
  if (typeof found !== 'function')
    throw new AdapterError(`the port claims ${need}, but an object of it has no ${name}`);
  return (...given) => found.call(of, ...given) as unknown;
}

/** An attribute of an optimizer or tensor; of a dictionary or array, keys are looked up. */
function isAttribute(at: unknown, key: string | number): key is string {
  return (
    typeof key === 'string' &&
    isObject(at) &&
    !(at instanceof Map) &&
    Object.getPrototypeOf(at) !== Object.prototype &&
    !Array.isArray(at)
  );
}

/** @throws AttributeError, as Python has it, when there is none of the name */
function attribute(of: object, name: string): unknown {
  const found = (of as Record<string, unknown>)[name];
  if (found !== undefined) return found;
  const message = `'${of.constructor.name}' object has no attribute '${name}'`;
  throw Object.assign(new Error(message), { name: 'AttributeError' });
}

function isObject(x: unknown): x is object {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}

function groupsOf(opt: unknown): Record<string, unknown>[] {
  return (opt as { param_groups: Record<string, unknown>[] }).param_groups;
}

function stateOf(opt: unknown): Map<unknown, unknown> {
  return (opt as { state: Map<unknown, unknown> }).state;
}

/** Python's tuples are frozen arrays. */
function tuple(...items: readonly unknown[]): readonly unknown[] {
  return Object.freeze(items);
}

function runtimeError(text: string): Error {
  return Object.assign(new Error(text), { name: 'RuntimeError' });
}
