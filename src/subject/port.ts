/**
 * The port of this repository as a subject: `Port` over src/optim.
 */
import { type Reference, versions } from '../optim/versions.ts';
import { RMSprop, type RMSpropOptions } from '../optim/rmsprop.ts';
import type { Faithful } from '../optim/optimizer.ts';
import { NEEDS } from '../scenario/needs.ts';
import type { Group, Options, Port, PortState, PortTensor, Target, TensorData } from '../scenario/port.ts';
import type { Layout, Thrown } from '../scenario/types.ts';
import { allocate } from '../tensor/dtype.ts';
import { contiguousStrides } from '../tensor/strides.ts';
import { Parameter, Tensor } from '../tensor/tensor.ts';
import { set_warning_sink } from '../tensor/warnings.ts';
import { portSource } from './module.ts';
import type { SubjectSource } from './subject.ts';

/** A constructor of RMSprop's signature: the port's, or one of a wrong variant. */
export type RMSpropClass = new (...args: ConstructorParameters<typeof RMSprop>) => RMSprop;

/** The port, following whatever PyTorch it is held against. */
export const port: SubjectSource = portSource('port', (target) => portOf(RMSprop, target));

/** A port over a class of RMSprop's signature. */
export function portOf(Class: RMSpropClass, target: Target, faithful: Faithful = {}): Port<Tensor, RMSprop> {
  const warnings: Thrown[] = [];
  const follow: Faithful = { reference: referenceFor(target.version), arithmetic: target.arithmetic, ...faithful };
  const device = target.arithmetic === 'cuda' ? 'cuda:0' : 'cpu';
  const collect = <R>(body: () => R): R => {
    const before = set_warning_sink((type, message) => warnings.push({ type, message }));
    try {
      return body();
    } finally {
      set_warning_sink(before);
    }
  };
  return {
    name: 'rmsproof',
    supports: NEEDS,
    tensor: (data) => makeTensor(data, device),
    read: (tensor) => tensor.elements(),
    setGrad(tensor, grad) {
      tensor.grad = grad && new Tensor({ dtype: tensor.dtype, shape: tensor.shape, device: tensor.device, data: grad });
    },
    optimizer: (groups, options) => collect(() => new Class(toParams(groups), options as RMSpropOptions, follow)),
    step: (optimizer) => void collect(() => optimizer.step()),
    setOption(optimizer, group, option, value) {
      optimizer.param_groups[group]![option] = value;
    },
    state: (optimizer, tensor) =>
      optimizer.state.has(tensor) ? describeState(optimizer.state.get(tensor)) : undefined,
    takeWarnings: () => warnings.splice(0),
  };
}

function referenceFor(version: string): Reference {
  const [major, minor] = version.split('.');
  const exact = `${major}.${minor}`;
  // Versions between the two that are ported behave as the newer where they have its features; 2.11 does.
  return exact in versions ? (exact as Reference) : '2.13';
}

function makeTensor(data: TensorData, device: 'cpu' | 'cuda:0'): Tensor {
  const { dtype, shape, parameter, leaf, layout } = data;
  const strides = layout && layoutStrides(layout, shape);
  const storage = strides ? scatter(data, strides) : data.data;
  const init = { dtype, shape, device, data: storage, ...(strides ? { strides } : {}) };
  if (!leaf) return new Tensor({ ...init, requires_grad: true, is_leaf: false });
  return parameter ? new Parameter(init) : new Tensor(init);
}

function layoutStrides(layout: Layout, shape: readonly number[]): readonly number[] {
  if (layout === 'transposed') return [...contiguousStrides([...shape].reverse())].reverse();
  if (layout === 'gapped')
    return contiguousStrides([...shape.slice(0, -1), 2 * shape.at(-1)!]).map((s, d) =>
      d === shape.length - 1 ? 2 : s,
    );
  const [, c, h, w] = shape as [number, number, number, number];
  return [h * w * c, 1, w * c, c];
}

function scatter({ dtype, shape, data }: TensorData, strides: readonly number[]): TensorData['data'] {
  const span = shape.reduce((last, size, d) => last + Math.max(size - 1, 0) * strides[d]!, 1);
  const storage = allocate(dtype, data.length === 0 ? 0 : span);
  const offsets = new Tensor({ dtype, shape, strides, data: storage }).offsets();
  data.forEach((x, i) => (storage[offsets?.[i] ?? i] = x));
  return storage;
}

function toParams(groups: readonly Group<Tensor>[]): (Tensor | { params: Tensor[] })[] {
  if (groups.length === 1 && Object.keys(groups[0]!.options).length === 0) return [...groups[0]!.params];
  return groups.map(({ params, options }: { params: readonly Tensor[]; options: Options<Tensor> }) => ({
    params: [...params],
    ...options,
  }));
}

function describeState(state: Record<string, unknown>): PortState {
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => [key, value instanceof Tensor ? describe(value) : (value as number)]),
  );
}

function describe(tensor: Tensor): PortTensor {
  const { dtype, shape, strides, device } = tensor;
  return {
    ...{ dtype, shape, data: tensor.elements() },
    ...(tensor.is_contiguous() ? {} : { strides }),
    ...(device === 'cpu' ? {} : { device }),
  };
}
