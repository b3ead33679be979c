/**
 * The objects of one run of a program: tensors, what the program names, registered hooks, and the log.
 */
import { fromBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import { bitsOf, decode, encode, tensorValue, type Tensors } from './encoding.ts';
import { needFor } from './needs.ts';
import type { OptimizerObject, PortObjects } from './object-port.ts';
import { type Decoding, within } from './places.ts';
import type { BackwardOp, GradOp, Place, TensorSpec, Value } from './types.ts';

/** A tensor of the scenario. */
export interface NamedTensor {
  readonly name: string;
  readonly spec: TensorSpec;
  readonly tensor: unknown;
}

/** What the operations of a program share. */
export class ProgramObjects {
  readonly port: PortObjects;
  /** Optimizers, state dicts, copies and handles, by name. */
  readonly named: Map<string, unknown>;
  /** Functions that were registered as hooks, by the names of their handles. */
  readonly hooks: Map<string, unknown> = new Map();
  /** What hooks and closures logged. */
  readonly log: Value[] = [];
  readonly decoding: Decoding = { named: (name) => this.#tensor(name), decode: (value) => this.decode(value) };
  readonly #tensors: ReadonlyMap<string, NamedTensor>;

  /** @param named shared with the interpreter */
  constructor(port: PortObjects, tensors: ReadonlyMap<string, NamedTensor>, named: Map<string, unknown>) {
    this.port = port;
    this.named = named;
    this.#tensors = tensors;
  }

  /** A member that a port has for what it claims. @throws AdapterError where it has none */
  member<K extends keyof PortObjects>(name: K): NonNullable<PortObjects[K]> {
    const member = this.port[name];
    if (member === undefined)
      throw new AdapterError(`the port claims ${needFor(name)}, but its objects have no ${name}`);
    return member;
  }

  /** An optimizer by its name. */
  optimizer(name: string = 'opt'): OptimizerObject {
    return this.named.get(name) as OptimizerObject;
  }

  /** The names of the scenario's tensors, in their order. */
  names(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  /** The object that a value of the program stands for. */
  decode(value: Value | undefined): unknown {
    const hook = (name: string): unknown => within(this.hooks, [name], this.decoding);
    return value === undefined ? null : decode(value, this.decoding.named, hook);
  }

  /** The objects that values stand for, by the same names. */
  decodeAll(values: Readonly<Record<string, Value>>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.decode(value)]));
  }

  /** An object as an observed value. */
  encode(value: unknown): Value {
    const tensors: Tensors = {
      nameOf: (object) => this.nameOf(object),
      describe: (object) => this.port.describe(object),
    };
    return encode(value, tensors);
  }

  /** A tensor as it is observed, with its layout and device. */
  describe(tensor: unknown): Value {
    return { $tensor: tensorValue(this.port.describe(tensor)!) };
  }

  /** The state of an optimizer in its own order, tensors of the scenario by their names. */
  state(opt: unknown): Value {
    const { state } = opt as { readonly state: Map<unknown, unknown> };
    const entries = [...state].map(([key, entry]): [Value, Value] => [
      this.nameOf(key) ?? this.encode(key),
      this.encode(entry),
    ]);
    return { $dict: entries };
  }

  /** Logs. What is noted is what is there now: it may change later. */
  note(...items: readonly unknown[]): void {
    this.log.push(this.encode(items));
  }

  /** What a place begins with. */
  start(first: string): unknown {
    return first.startsWith('$') ? this.#tensor(first.slice(1)) : this.named.get(first);
  }

  /** What is at a place. @throws KeyError, IndexError or AttributeError where nothing is */
  resolve([first, ...keys]: Place): unknown {
    return within(this.start(first), keys, this.decoding);
  }

  /** Sets a gradient, or None. */
  setGrad({ tensor: name, bits, sparse, recorded }: Omit<GradOp, 'op'>): void {
    const { tensor, spec } = this.#tensors.get(name)!;
    const kind = sparse ? 'sparse' : recorded ? 'recorded' : undefined;
    const grad = bits === null ? null : this.port.gradient(tensor, fromBits(spec.dtype, bits), kind);
    (tensor as { grad: unknown }).grad = grad;
  }

  /** Goes back from tensors, and observes the gradients of the leaves that recorded ones are clones of. */
  backward({ from }: BackwardOp): Value {
    const roots = Object.entries(from).map(([name, bits]) => {
      const { tensor, spec } = this.#tensors.get(name)!;
      return { tensor, gradient: bits === null ? null : fromBits(spec.dtype, bits) };
    });
    const recorded = [...this.#tensors.values()].filter(({ spec }) => spec.leaf === false);
    const backward = this.member('backward');
    const tensors = recorded.map(({ tensor }) => tensor);
    const gradients = backward.call(this.port, roots, tensors);
    return {
      $dict: recorded.map(({ name }, i) => [name, gradients[i] ? { $tensor: tensorValue(gradients[i]) } : null]),
    };
  }

  /** The bits of the scenario's first tensor. */
  firstBits(): string {
    const [first] = this.#tensors.values();
    const { dtype, data } = this.port.describe(first!.tensor)!;
    return bitsOf(dtype, data);
  }

  #tensor(name: string): unknown {
    return this.#tensors.get(name)!.tensor;
  }

  /** The scenario's name of a tensor, if it is one of the scenario's. */
  nameOf(object: unknown): string | undefined {
    return [...this.#tensors.values()].find(({ tensor }) => tensor === object)?.name;
  }
}
