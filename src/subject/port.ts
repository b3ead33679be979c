/**
 * The port of this repository as a subject: `Port` over src/optim.
 */
import { RMSprop } from '../optim/rmsprop.ts';
import type { RMSpropOptions } from '../optim/rmsprop-options.ts';
import { type AnyDict, entriesOf, get } from '../python/dict.ts';
import { assign } from '../python/item.ts';
import type { Faithful } from '../optim/faithful.ts';
import { versions } from '../optim/versions.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import { NEEDS } from '../scenario/needs.ts';
import type { Group, Options, Port, PortState, Target, TensorData } from '../scenario/port.ts';
import type { Scenario, Thrown } from '../scenario/types.ts';
import { aten, NEWEST, type Reference } from '../tensor/aten.ts';
import { arithmetics } from '../tensor/arithmetic/index.ts';
import { contiguousStrides } from '../tensor/strides.ts';
import { Parameter, Tensor } from '../tensor/tensor.ts';
import { setWarningSink } from '../python/warnings.ts';
import { gradientOf, laidOut, layoutStrides } from './layout.ts';
import { portSource } from './module.ts';
import { describeTensor, objectsOf } from './port-objects.ts';
import { recordedClone } from './recorded.ts';
import type { SubjectSource } from './subject.ts';

/** A constructor of RMSprop's signature: the port's, or one of a wrong variant. */
export type RMSpropClass = new (...args: ConstructorParameters<typeof RMSprop>) => RMSprop;

/** The port, following whatever PyTorch it is held against, on a path that its steps may take. */
export function portOn(path: 'fast' | 'literal'): SubjectSource {
  return { ...portSource('port', (target) => portOf(RMSprop, target, { path })), sameFor };
}

interface Told {
  readonly columns: string;
  readonly set_warns: boolean;
  readonly loses: boolean;
}

const told = new Map<string, Told>();

/** The columns of a version, with what not every program meets apart. */
function toldOf(version: string): Told {
  const known = told.get(version);
  if (known !== undefined) return known;
  const reference = referenceFor(version);
  const { set_warns, ...column } = versions[reference];
  const { compiled_loses_writes: loses, ...ofTensors } = aten[reference];
  const made = { columns: JSON.stringify([column, ofTensors]), set_warns, loses };
  told.set(version, made);
  return made;
}

const sets = new WeakMap<object, boolean>();

/** Whether a program speaks of a set; remembered, as it is asked for each target. */
function hasSet(program: Scenario['program']): boolean {
  let found = sets.get(program);
  if (found === undefined) sets.set(program, (found = JSON.stringify(program).includes('"$set"')));
  return found;
}

/** What the port is told of a target: the columns of its version and the arithmetic, but for what the program does not meet. */
function sameFor({ version, arithmetic }: Target, { program }: Scenario): string {
  const { columns, set_warns, loses } = toldOf(version);
  return `${arithmetic} ${columns} ${hasSet(program) && set_warns} ${arithmetic === 'compiled' && loses}`;
}

/** The port as it is by default. */
export const port: SubjectSource = portOn('fast');

/**
 * A port over a class of RMSprop's signature.
 *
 * @throws AdapterError for an arithmetic that was recorded without formulas being known
 */
export function portOf(Class: RMSpropClass, target: Target, faithful: Faithful = {}): Port<Tensor, RMSprop> {
  if (!Object.hasOwn(arithmetics, target.arithmetic))
    throw new AdapterError(
      `the port has no arithmetic ${target.arithmetic}; it has ${Object.keys(arithmetics).join(', ')}`,
    );
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
    fill: (tensor, value) => void tensor.fill_(value),
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
  const of = (text: string): number => Number(text.split('.')[1]) + 1000 * Number(text.split('.')[0]);
  const known = Object.keys(aten) as Reference[];
  // Versions between 2.1 and 2.13 behave as the newer where they have its features; 2.11 does.
  return known.find((reference) => of(reference) >= of(version)) ?? NEWEST;
}

function makeTensor(data: TensorData, device: 'cpu' | 'cuda:0'): Tensor {
  const { dtype, shape, parameter, leaf, retains_grad = false, layout } = data;
  const strides = layout ? layoutStrides(layout, shape) : contiguousStrides(shape);
  const init = { dtype, shape, strides, device, data: laidOut(data.data, dtype, shape, strides) };
  if (!leaf) {
    const made = recordedClone(new Tensor({ ...init, requires_grad: true }));
    if (retains_grad) made.retain_grad();
    return made;
  }
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
