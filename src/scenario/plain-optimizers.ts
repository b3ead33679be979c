/**
 * The optimizers of a port by its plain members: for programs that train, and look at nothing but numbers and state.
 */
import { fromBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import { decode } from './encoding.ts';
import type { Optimizers } from './lift.ts';
import { givenCheckpoint, savedCheckpoint } from './plain-checkpoint.ts';
import type { Group, Options, OptionValue, Port } from './port.ts';
import type { NamedTensor } from './program-objects.ts';
import { checkedTensor, encodeState, encodeTensor } from './state.ts';
import type { BookkeepingOp, OptimizerOp, PlainCheckpoint, Value } from './types.ts';
import { isDict } from './values.ts';

/** What `lift` makes of a port for a program that takes no objects. */
export class PlainOptimizers implements Optimizers {
  readonly #port: Port;
  readonly #tensors: ReadonlyMap<string, NamedTensor>;
  readonly #named: ReadonlyMap<string, unknown>;

  constructor(port: Port, tensors: ReadonlyMap<string, NamedTensor>, named: ReadonlyMap<string, unknown>) {
    this.#port = port;
    this.#tensors = tensors;
    this.#named = named;
  }

  construct({ params, options }: OptimizerOp): unknown {
    return this.#port.optimizer(this.#groups(params as readonly Value[]), this.#options(options));
  }

  /** In the order that the port says, else in the scenario's. */
  async state(optimizer: unknown): Promise<Value> {
    const entries: [Value, Value][] = [];
    if (this.#port.state === undefined) return { $dict: entries };
    const order = (await this.#port.stateOrder?.(optimizer)) ?? [];
    const inOrder = [...this.#tensors.values()].sort((a, b) => order.indexOf(a.tensor) - order.indexOf(b.tensor));
    for (const made of inOrder) {
      const state = await this.#port.state(optimizer, made.tensor);
      if (state !== undefined) entries.push([made.name, { $dict: encodeState(state, made) }]);
    }
    return { $dict: entries };
  }

  async load(optimizer: unknown, checkpoint: PlainCheckpoint): Promise<void> {
    const given = givenCheckpoint(checkpoint, this.#tensors, (options) => this.#options(options));
    await this.#member('load').call(this.#port, optimizer, given);
  }

  async save(optimizer: unknown): Promise<PlainCheckpoint> {
    const saved: unknown = await this.#member('save').call(this.#port, optimizer);
    return savedCheckpoint(saved, [...this.#tensors.values()], this.#port.supports);
  }

  async describe({ name, spec, tensor }: NamedTensor): Promise<Value> {
    if (this.#port.describe !== undefined)
      return { $tensor: checkedTensor(await this.#port.describe(tensor), `describe(${name})`) };
    return { $tensor: encodeTensor(await this.#port.read(tensor), spec, `read(${name})`) };
  }

  async execute(op: BookkeepingOp, observe: (value: Value) => void): Promise<void> {
    if (op.op === 'grad') {
      const { tensor, spec } = this.#tensors.get(op.tensor)!;
      return this.#port.setGrad(tensor, op.bits === null ? null : fromBits(spec.dtype, op.bits));
    }
    if (op.op !== 'step') throw new AdapterError(`operation ${op.op} needs the port's member objects`);
    await this.#port.step(this.#named.get(op.optimizer ?? 'opt'));
    observe(null);
  }

  takeLog(): undefined {}

  /** @throws AdapterError where the port claims to resume and has not the member */
  #member<K extends 'load' | 'save'>(name: K): NonNullable<Port[K]> {
    const member = this.#port[name];
    if (member === undefined) throw new AdapterError(`the port claims resume but has no member ${name}`);
    return member;
  }

  #groups(params: readonly Value[]): Group<unknown>[] {
    if (!params.some(isDict)) return [{ params: params.map((item) => this.#option(item)), options: {} }];
    return params.filter(isDict).map(({ $dict }) => {
      const { params: own, ...options } = Object.fromEntries($dict as readonly [string, Value][]);
      return { params: (own as readonly Value[]).map((item) => this.#option(item)), options: this.#options(options) };
    });
  }

  #options(options: Readonly<Record<string, Value>>): Options<unknown> {
    return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, this.#option(value)]));
  }

  #option(value: Value): OptionValue<unknown> {
    return decode(value, (name) => this.#tensors.get(name)!.tensor);
  }
}
