/**
 * The optimizers of a port by its plain members: for programs that train, and look at nothing but numbers and state.
 */
import { fromBits } from '../tensor/bits.ts';
import { type Data, type DType, dtypeOf, dtypes, isFloating, isHalf, isSingle } from '../tensor/dtype.ts';
import { AdapterError } from './adapter-error.ts';
import { areOf, bitsOf, decode, elements, kind, tensorValue } from './encoding.ts';
import type { Optimizers } from './lift.ts';
import type { Group, Options, OptionValue, Port, PortState, PortTensor } from './port.ts';
import type { NamedTensor } from './program-objects.ts';
import type { BookkeepingOp, OptimizerOp, TensorSpec, TensorValue, Value } from './types.ts';
import { encodeNumber, isDict } from './values.ts';

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

/** @throws AdapterError when it is no object, or an entry is neither a number, nor elements, nor a tensor */
function encodeState(state: PortState, { name, spec }: NamedTensor): [Value, Value][] {
  if (typeof state !== 'object' || state === null)
    throw new AdapterError(`state(${name}): expected an object or undefined, got ${kind(state)}`);
  return Object.entries(state).map(([key, value]) => {
    if (typeof value === 'number') return [key, encodeNumber(value)];
    return [key, { $tensor: encodeTensor(value, spec, `state(${name}).${key}`) }];
  });
}

/** Elements that a port answered with: where they are floating-point, of the element type that the answer has. */
function encodeTensor(value: unknown, { dtype, shape }: TensorSpec, what: string): TensorValue {
  if (isPortTensor(value)) return checkedTensor(value, what);
  const data = elements(value, dtype, what);
  return { dtype: answeredDtype(dtype, data), shape, bits: bitsOf(dtype, data) };
}

function answeredDtype(dtype: DType, data: Data): DType {
  if (isHalf(dtype) && areOf(dtype, data)) return dtype;
  return isFloating(dtype) ? dtypeOf(data) : dtype;
}

function isPortTensor(value: unknown): value is PortTensor {
  return typeof value === 'object' && value !== null && 'dtype' in value;
}

function checkedTensor(value: PortTensor, what: string): TensorValue {
  const { dtype, shape, data }: Partial<PortTensor> = typeof value === 'object' ? (value ?? {}) : {};
  const elementType = dtype !== undefined && isSingle(dtype) ? Float32Array : Float64Array;
  if (dtype === undefined || !dtypes.includes(dtype) || !Array.isArray(shape) || !(data instanceof elementType))
    throw new AdapterError(`${what}: expected a tensor { dtype, shape, data } whose data are of its dtype`);
  return tensorValue(value);
}
