/**
 * The port of this repository as a subject: `Port` over src/optim.
 */
import { RMSprop } from '../optim/rmsprop.ts';
import type { RMSpropOptions } from '../optim/rmsprop-options.ts';
import { type AnyDict, entriesOf, get } from '../python/dict.ts';
import { assign } from '../python/item.ts';
import type { Faithful } from '../optim/faithful.ts';
import { NEEDS } from '../scenario/needs.ts';
import type { Group, Options, Port, PortState, Target, TensorData } from '../scenario/port.ts';
import type { Thrown } from '../scenario/types.ts';
import { aten, type Reference } from '../tensor/aten.ts';
import { contiguousStrides } from '../tensor/strides.ts';
import { Parameter, Tensor } from '../tensor/tensor.ts';
import { setWarningSink } from '../python/warnings.ts';
import { gradientOf, laidOut, layoutStrides } from './layout.ts';
import { portSource } from './module.ts';
import { describeTensor, objectsOf } from './port-objects.ts';
import type { SubjectSource } from './subject.ts';

/** A constructor of RMSprop's signature: the port's, or one of a wrong variant. */
export type RMSpropClass = new (...args: ConstructorParameters<typeof RMSprop>) => RMSprop;

/** The port, following whatever PyTorch it is held against, on a path that its steps may take. */
export function portOn(path: 'fast' | 'literal'): SubjectSource {
  return portSource('port', (target) => portOf(RMSprop, target, { path }));
}

/** The port as it is by default. */
export const port: SubjectSource = portOn('fast');

/** A port over a class of RMSprop's signature. */
export function portOf(Class: RMSpropClass, target: Target, faithful: Faithful = {}): Port<Tensor, RMSprop> {
  const warnings: Thrown[] = [];
  const follow: Faithful = { reference: referenceFor(target.version), arithmetic: target.arithmetic, ...faithful };
  const device = target.arithmetic === 'cuda' ? 'cuda:0' : 'cpu';
  return {
    name: 'rmsproof',
    supports: NEEDS,
    tensor: (data) => makeTensor(data, device),
    read: (tensor) => tensor.elements(),
    describe: describeTensor,
    setGrad(tensor, grad) {
      tensor.grad = grad && gradientOf(tensor, grad);
    },
    grad: (tensor) => tensor.grad && tensor.grad.elements(),
    optimizer: (groups, options) => new Class(toParams(groups), options as RMSpropOptions, follow),
    step: (optimizer) => void optimizer.step(),
    setOption(optimizer, group, option, value) {
      assign(optimizer.param_groups[group], option, value);
    },
    setState(optimizer, tensor, key, value) {
      const state = optimizer.state.get(tensor);
      const present = get(state, key);
      if (present instanceof Tensor) present.fill_(value);
      else assign(state, key, value);
    },
    state: (optimizer, tensor) =>
      optimizer.state.has(tensor) ? describeState(optimizer.state.get(tensor)) : undefined,
    stateOrder: (optimizer) => [...optimizer.state.keys()] as Tensor[],
    objects: objectsOf(Class, follow),
    takeWarnings() {
      setWarningSink((type, message) => warnings.push({ type, message }));
      return warnings.splice(0);
    },
  };
}

function referenceFor(version: string): Reference {
  const [major, minor] = version.split('.');
  const exact = `${major}.${minor}`;
  // Versions between the two that are ported behave as the newer where they have its features; 2.11 does.
  return exact in aten ? (exact as Reference) : '2.13';
}

function makeTensor(data: TensorData, device: 'cpu' | 'cuda:0'): Tensor {
  const { dtype, shape, parameter, leaf, retains_grad = false, layout } = data;
  const strides = layout ? layoutStrides(layout, shape) : contiguousStrides(shape);
  const init = { dtype, shape, strides, device, data: laidOut(data.data, shape, strides) };
  if (!leaf)
    return Object.assign(new Tensor({ ...init, requires_grad: true, grad_fn: 'CloneBackward0' }), { retains_grad });
  return parameter ? new Parameter(init) : new Tensor(init);
}

function toParams(groups: readonly Group<Tensor>[]): (Tensor | { params: Tensor[] })[] {
  if (groups.length === 1 && Object.keys(groups[0]!.options).length === 0) return [...groups[0]!.params];
  return groups.map(({ params, options }: { params: readonly Tensor[]; options: Options<Tensor> }) => ({
    params: [...params],
    ...options,
  }));
}

function describeState(state: AnyDict): PortState {
  return Object.fromEntries(
    entriesOf(state).map(([key, value]) => [
      String(key),
      value instanceof Tensor ? describeTensor(value) : (value as number),
    ]),
  );
}
