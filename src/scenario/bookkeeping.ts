/**
 * The operations beyond training: groups, gradients, state dicts, hooks, and looking at objects. The twin of bookkeeping.py.
 */
import { AdapterError } from './adapter-error.ts';
import { Behaviours } from './behaviours.ts';
import { runtimeError } from './encoding.ts';
import { loadInto, savedBy } from './object-checkpoint.ts';
import type { Need } from './needs.ts';
import type { Construct, Handle, OptimizerObject, OwnStep, PortObjects, Register } from './object-port.ts';
import type { Awaitable, TensorData } from './port.ts';
import type { Optimizers } from './lift.ts';
import { neededBy } from './objects.ts';
import { edit } from './places.ts';
import { type NamedTensor, ProgramObjects } from './program-objects.ts';
import type {
  Behaviour,
  BookkeepingOp,
  HookKind,
  HookOp,
  OptimizerOp,
  PlainCheckpoint,
  RemoveHookOp,
  StepOp,
  Value,
  ZeroGradOp,
} from './types.ts';
import { isPlain } from './values.ts';

/** Takes the value that an operation observes. */
type Observe = (value: Value) => void;

/** What `lift` makes of a port for a program that takes its objects. */
export class Bookkeeping implements Optimizers {
  readonly objects: ProgramObjects;
  readonly #behaviours: Behaviours;
  readonly #classes = new Map<string, Construct>();
  readonly #make: (data: TensorData) => Awaitable<unknown>;

  /**
   * @param named optimizers, state dicts, copies and handles by name; shared with the interpreter
   * @param make makes a tensor of the port's
   */
  constructor(
    port: PortObjects,
    tensors: ReadonlyMap<string, NamedTensor>,
    named: Map<string, unknown>,
    make: (data: TensorData) => Awaitable<unknown>,
  ) {
    this.objects = new ProgramObjects(port, tensors, named);
    this.#make = make;
    this.#behaviours = new Behaviours(this.objects, (ops) => this.#do(ops));
  }

  takeLog(): readonly Value[] | undefined {
    const { log } = this.objects;
    return log.length === 0 ? undefined : log.splice(0);
  }

  state(optimizer: unknown): Value {
    return this.objects.state(optimizer);
  }

  save(optimizer: unknown): PlainCheckpoint {
    return savedBy(optimizer as OptimizerObject, this.objects);
  }

  load(optimizer: unknown, checkpoint: PlainCheckpoint): Promise<void> {
    return loadInto(optimizer as OptimizerObject, checkpoint, this.#make, (options) => this.objects.decodeAll(options));
  }

  describe({ tensor }: NamedTensor): Value {
    return this.objects.describe(tensor);
  }

  construct({ class: spec, params, required = [], options: given }: OptimizerOp): unknown {
    const options = this.objects.decodeAll(given);
    const decoded = params === undefined ? undefined : this.objects.decode(params);
    if (spec === undefined) return this.objects.port.construct(decoded, options);
    if (spec !== 'Optimizer') return this.#subclass(spec.name, spec.logs)(decoded, options);
    const base = this.objects.member('base');
    return base.construct(decoded, {
      ...options,
      ...Object.fromEntries(required.map((option) => [option, base.required])),
    });
  }

  #subclass(name: string, label: string | undefined): Construct {
    const known = this.#classes.get(name);
    if (known !== undefined) return known;
    const { port } = this.objects;
    const step: OwnStep = (given, parent) => {
      this.objects.note(label, port.is_grad_enabled());
      return parent(...given);
    };
    const subclass = this.objects.member('subclass');
    const made = subclass.call(port, name, label === undefined ? undefined : step);
    this.#classes.set(name, made);
    return made;
  }

  execute(op: BookkeepingOp, observe: Observe): void {
    if (op.op === 'remove_hook') return this.#removeHook(op, observe);
    const value = this.#execute(op);
    if (value !== undefined) observe(value);
  }

  #execute(op: Exclude<BookkeepingOp, RemoveHookOp>): Value | undefined {
    const { objects } = this;
    const { port, named } = objects;
    switch (op.op) {
      case 'grad':
        return void objects.setGrad(op);
      case 'backward':
        return objects.backward(op);
      case 'step':
        return objects.encode(this.#step(op));
      case 'zero_grad':
        return void this.#zeroGrad(op);
      case 'add_param_group': {
        const group = objects.decode(op.group);
        named.set('group', group);
        return void objects.optimizer(op.optimizer).add_param_group(group);
      }
      case 'state_dict': {
        const dict = objects.optimizer(op.optimizer).state_dict();
        named.set(op.as ?? 'saved', dict);
        return objects.encode(dict);
      }
      case 'load_state_dict': {
        const dict = op.value === undefined ? named.get(op.from ?? 'saved') : objects.decode(op.value);
        return objects.encode(objects.optimizer(op.optimizer).load_state_dict(dict));
      }
      case 'copy': {
        const copy = op.shallow ? objects.member('copy') : port.deepcopy;
        return void named.set(op.as, copy.call(port, named.get(op.of)));
      }
      case 'repr':
        return objects.optimizer(op.optimizer).toString();
      case 'look': {
        const found = objects.resolve(op.at);
        if (op.as !== undefined) named.set(op.as, found);
        return objects.encode(found);
      }
      case 'attributes':
        return Object.keys(objects.optimizer(op.optimizer));
      case 'getstate': {
        const kept = method(objects.optimizer(op.optimizer), '__getstate__', 'attributes')();
        named.set(op.as ?? 'pickled', kept);
        return objects.encode(kept);
      }
      case 'setstate': {
        const state = op.value === undefined ? named.get(op.from ?? 'pickled') : objects.decode(op.value);
        return void method(objects.optimizer(op.optimizer), '__setstate__', 'attributes')(state);
      }
      case 'default_dtype':
        return void objects.member('set_default_dtype').call(port, op.dtype);
      case 'identity':
        return objects.resolve(op.a) === objects.resolve(op.b);
      case 'edit':
        return void edit(objects.start(op.at[0] as string), { ...op, at: op.at.slice(1) }, objects.decoding);
      case 'hook':
        return this.#hook(op);
    }
  }

  #do(ops: readonly BookkeepingOp[]): void {
    const { named, log } = this.objects;
    for (const op of ops) {
      let observed: Value | undefined;
      if (neededBy(op).some((name) => !named.has(name))) observed = 'skipped';
      else this.execute(op, (value) => (observed = value));
      if (observed !== undefined) log.push([op.op, observed]);
    }
  }

  #step({ no_grad, ...op }: StepOp): unknown {
    const step = (): unknown => this.#stepped(op);
    return no_grad ? this.objects.member('no_grad').call(this.objects.port, step) : step();
  }

  #stepped({ optimizer, closure, keyword, args = [], kwargs = {} }: Omit<StepOp, 'no_grad'>): unknown {
    const given = args.map((arg) => this.objects.decode(arg));
    const keywords = this.objects.decodeAll(kwargs);
    if (closure !== undefined && keyword) keywords['closure'] = this.#behaviours.closure(closure);
    else if (closure !== undefined) given.unshift(this.#behaviours.closure(closure));
    return this.objects.optimizer(optimizer).step(...withKeywords(given, keywords));
  }

  #zeroGrad({ optimizer, set_to_none }: ZeroGradOp): void {
    const options = set_to_none === undefined ? {} : { set_to_none: this.objects.decode(set_to_none) };
    this.objects.optimizer(optimizer).zero_grad(options);
  }

  #hook({ on, optimizer, does, options = {}, as: name = on }: Omit<HookOp, 'op'>): number {
    const hook = Array.isArray(does)
      ? this.#behaviours.hook(on, does as readonly Behaviour[])
      : this.objects.decode(does as Value);
    const keywords = Object.keys(options).length > 0 ? [this.objects.decodeAll(options)] : [];
    const handle = this.#register(on, optimizer)(hook, ...keywords);
    this.objects.named.set(name, handle);
    if (typeof hook === 'function') this.objects.hooks.set(name, hook);
    return handle.id;
  }

  #register(on: HookKind, optimizer: string | undefined): Register {
    const { port } = this.objects;
    if (on === 'global_step_pre') return (...args) => port.register_optimizer_step_pre_hook(...args);
    if (on === 'global_step_post') return (...args) => port.register_optimizer_step_post_hook(...args);
    return (...args) => this.objects.optimizer(optimizer)[`register_${on}_hook`](...args);
  }

  #removeHook({ hook, context, do: ops = [], throw: text }: RemoveHookOp, observe: Observe): void {
    const handle = this.objects.named.get(hook) as Handle;
    if (!context) return handle.remove();
    observe(method(handle, '__enter__', 'attributes')() === handle);
    try {
      this.#do(ops);
      if (text !== undefined) throw runtimeError(text);
    } finally {
      method(handle, '__exit__', 'attributes')();
    }
  }
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
