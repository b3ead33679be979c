/**
 * What PyTorch would do with a state dict, found out: the port, which is proven to do the same, loads it over parameters like its
 * state and steps once, in each version.
 */
import { RMSprop } from '../optim/rmsprop.ts';
import { versions } from '../optim/versions.ts';
import { PythonError } from '../python/errors.ts';
import { setWarningSink } from '../python/warnings.ts';
import { numelOf, type DictNode, type Node, type TensorNode } from '../state-dict/node.ts';
import { keyText } from '../state-dict/pickle/keys.ts';
import { toValue } from '../state-dict/to-value.ts';
import type { Reference } from '../tensor/aten.ts';
import {
  allocate,
  complex_dtypes,
  type ComplexDType,
  floating_dtypes,
  type FloatingDType,
  half_dtypes,
  isComplex,
} from '../tensor/dtype.ts';
import { halfBits } from '../tensor/half.ts';
import { refuseLarge } from './large-integers.ts';
import type { Device } from '../tensor/tensor-init.ts';
import { Parameter, Tensor } from '../tensor/tensor.ts';

/** Versions of PyTorch that are tried, by the first that behaves like it. */
export const REFERENCES: readonly Reference[] = Object.keys(versions) as Reference[];

/** An element type of parameters. */
export type TrainedDType = FloatingDType | ComplexDType;

/** Every such element type. */
export const trained_dtypes: readonly TrainedDType[] = [...floating_dtypes, ...complex_dtypes];

/** What happened in one version, with parameters of one element type. */
export interface Outcome {
  readonly reference: Reference;
  readonly dtype: TrainedDType;
  /** The first thing that raised; undefined where the step went through. */
  readonly raised:
    { readonly by: 'load_state_dict' | 'step'; readonly type: string; readonly message: string } | undefined;
}

/** Elements of all tensors with which a failing run is repeated for the text of its error. */
const MOST = 2 ** 20;

/** How a dry run differs from one over parameters like the state. */
export interface DryOptions {
  /** Shapes of the parameters, in order. */
  readonly shapes?: readonly (readonly number[])[] | undefined;
  /** Where the parameters are; the file's CUDA device by default, else the CPU. */
  readonly device?: Device;
}

/** Loads a state dict and steps, in each version, over parameters of float32, of float64, and of the half and complex types of its buffers. */
export function dryRun(given: Node, references: readonly Reference[], options: DryOptions = {}): Outcome[] {
  const device = options.device ?? deviceOf(given) ?? 'cpu';
  const { shapes } = options;
  const others = othersIn(given);
  const tree = shapes === undefined ? sample(given) : given;
  return references.flatMap((reference) =>
    (['float32', 'float64', ...others] as const).map((dtype) => {
      // Whether anything raises does not depend on sizes but on which are equal, and which are 1 or 0; its text may.
      const raised = run(tree, { reference, dtype, device, shapes, resize: shrinking() });
      if (raised === undefined || elementsOf(tree) > MOST) return { reference, dtype, raised };
      return {
        reference,
        dtype,
        raised: run(tree, { reference, dtype, device, shapes, resize: (size) => size }) ?? raised,
      };
    }),
  );
}

/** The half and complex types of tensors. */
function othersIn(node: Node): TrainedDType[] {
  return [...half_dtypes, ...complex_dtypes].filter((dtype) => holds(node, dtype));
}

function holds(node: Node, dtype: string): boolean {
  if (node.kind === 'tensor') return node.dtype === dtype;
  return insideOf(node).some((child) => holds(child, dtype));
}

/** Parameters of a group whose state is alike, of which so many are tried. */
const ALIKE = 4;

/**
 * A state dict of fewer parameters: what raises does so for a parameter, or for a group, and not for how many there are. What is in no
 * proper form stays as it is.
 */
function sample(tree: Node): Node {
  const [state, groups] = [valueAt(tree, 'state'), valueAt(tree, 'param_groups')];
  if ((state?.kind !== 'dict' && state?.kind !== 'OrderedDict') || groups === undefined || !('items' in groups))
    return tree;
  const byId = new Map(state.entries.map(([id, entry]) => [keyText(id), entry]));
  const left = new Set<string | undefined>();
  const fewer = groups.items.map((group): Node => {
    const params = valueAt(group, 'params');
    if (params === undefined || params.kind !== 'list' || params.items.length <= ALIKE) return group;
    const seen = new Map<string, number>();
    const kept = params.items.filter((id) => {
      const key = keyText(id);
      const like = signature(byId.get(key));
      const count = (seen.get(like) ?? 0) + 1;
      seen.set(like, count);
      if (count > ALIKE) left.add(key);
      return count <= ALIKE;
    });
    return withValue(group, 'params', { kind: 'list', items: kept });
  });
  if (left.size === 0) return tree;
  const entries = state.entries.filter(([id]) => !left.has(keyText(id)));
  return withValue(withValue(tree, 'state', { kind: state.kind, entries }), 'param_groups', {
    kind: 'list',
    items: fewer,
  });
}

function withValue(node: Node, key: string, value: Node): Node {
  const { kind, entries } = node as DictNode;
  return { kind, entries: entries.map(([k, v]) => [k, k.kind === 'str' && k.value === key ? value : v] as const) };
}

/** Equal for states that are alike but for their numbers. */
function signature(entry: Node | undefined): string {
  if (entry?.kind !== 'dict' && entry?.kind !== 'OrderedDict') return entry?.kind ?? '';
  return entry.entries
    .map(([key, value]) => {
      const name = key.kind === 'str' ? key.value : key.kind;
      return value.kind === 'tensor' ? `${name}:${value.dtype}[${value.shape.join()}]` : `${name}:${value.kind}`;
    })
    .join();
}

type Resize = (size: number) => number;

/** Sizes as small as keeps equal ones equal and others apart. */
function shrinking(): Resize {
  const small = new Map([
    [0, 0],
    [1, 1],
  ]);
  return (size) => {
    if (!small.has(size)) small.set(size, small.size);
    return small.get(size)!;
  };
}

interface Run {
  readonly reference: Reference;
  readonly dtype: TrainedDType;
  readonly device: Device;
  readonly resize: Resize;
  readonly shapes: readonly (readonly number[])[] | undefined;
}

function run(tree: Node, how: Run): Outcome['raised'] {
  const sink = setWarningSink(() => undefined);
  let by: 'load_state_dict' | 'step' = 'load_state_dict';
  try {
    const optimizer = new RMSprop(parametersOf(tree, how) as never, {}, { reference: how.reference });
    optimizer.load_state_dict(toValue(dry(tree, how)) as never);
    by = 'step';
    refuseLarge(tree, how.reference);
    optimizer.step();
    return undefined;
  } catch (error) {
    const type = error instanceof PythonError ? error.name : 'Error';
    return { by, type, message: error instanceof Error ? error.message : String(error) };
  } finally {
    setWarningSink(sink);
  }
}

/** A tree with tensors of ones, of other sizes. */
function dry(node: Node, how: Run): Node {
  switch (node.kind) {
    case 'tensor':
      return ones(node, how);
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'size':
      return { kind: node.kind, items: node.items.map((item) => dry(item, how)) };
    case 'dict':
    case 'OrderedDict':
      return { kind: node.kind, entries: node.entries.map(([key, value]) => [key, dry(value, how)] as const) };
    case 'int':
      // The port's scalars are doubles.
      return typeof node.value === 'bigint' ? { kind: 'float', value: Number(node.value) } : node;
    default:
      return node;
  }
}

/**
 * Ones, those of another device on the parameters'; of an element type that the port has not, and of a complex one that is cast to
 * floats, float32, which makes no difference to what is cast.
 */
function ones(node: TensorNode, { resize, device: target, dtype: parameters }: Run): TensorNode {
  const device = node.storage.device === 'cpu' ? 'cpu' : target;
  const shape = node.shape.map(resize);
  const known: readonly string[] = isComplex(parameters) ? trained_dtypes : floating_dtypes;
  const dtype = known.includes(node.dtype) || node.dtype === 'int64' ? node.dtype : 'float32';
  const numel = numelOf(shape);
  const data =
    dtype === 'int64'
      ? new BigInt64Array(numel).fill(1n)
      : dtype === 'float16' || dtype === 'bfloat16'
        ? new Uint16Array(numel).fill(halfBits(dtype, 1))
        : allocate(dtype as TrainedDType, numel).fill(1);
  const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, size) => product * Math.max(size, 1), 1));
  return { ...node, dtype, shape, strides, offset: 0, storage: { bytes: new Uint8Array(data.buffer), device } };
}

/** Groups of parameters like the state, or of given shapes, each with a gradient. */
function parametersOf(tree: Node, { dtype, device, resize, shapes }: Run): { params: Parameter[] }[] {
  const state = entriesOf(valueAt(tree, 'state'));
  const byId = new Map(state.map(([id, entry]) => [keyText(id), entry]));
  const groups = valueAt(tree, 'param_groups');
  let index = 0;
  const of = (id: Node): Parameter => {
    const shape = (shapes?.[index++] ?? shapeOf(byId.get(keyText(id)))).map(resize);
    const made = new Parameter({ dtype, shape, device, data: allocate(dtype, numelOf(shape)).fill(1) });
    made.grad = new Tensor({ dtype, shape, device, data: allocate(dtype, numelOf(shape)).fill(1) });
    return made;
  };
  const lists = groups !== undefined && 'items' in groups ? groups.items : [];
  const made = lists.map((group) => {
    const params = valueAt(group, 'params');
    return { params: params !== undefined && 'items' in params ? params.items.map(of) : [of({ kind: 'none' })] };
  });
  return made.length > 0 ? made : [{ params: [of({ kind: 'none' })] }];
}

/** The shape of the parameter that an entry is the state of. */
export function shapeOf(entry: Node | undefined): readonly number[] {
  const tensors = entriesOf(entry).filter(([, value]) => value.kind === 'tensor') as [Node, TensorNode][];
  const named = (name: string): TensorNode | undefined =>
    tensors.find(([key]) => key.kind === 'str' && key.value === name)?.[1];
  const other = tensors.find(([key]) => key.kind !== 'str' || key.value !== 'step')?.[1];
  return (named('square_avg') ?? other)?.shape ?? [1];
}

function entriesOf(node: Node | undefined): DictNode['entries'] {
  return node?.kind === 'dict' || node?.kind === 'OrderedDict' ? node.entries : [];
}

function valueAt(node: Node | undefined, key: string): Node | undefined {
  return entriesOf(node).find(([name]) => name.kind === 'str' && name.value === key)?.[1];
}

/** The first CUDA device of a file's tensors. */
function deviceOf(node: Node): Device | undefined {
  if (node.kind === 'tensor')
    return /^cuda:\d+$/.test(node.storage.device) ? (node.storage.device as Device) : undefined;
  for (const child of insideOf(node)) {
    const found = deviceOf(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function elementsOf(node: Node): number {
  if (node.kind === 'tensor') return numelOf(node.shape);
  return insideOf(node).reduce((sum, child) => sum + elementsOf(child), 0);
}

/** What a node holds. */
function insideOf(node: Node): readonly Node[] {
  return 'items' in node ? node.items : 'entries' in node ? node.entries.map(([, value]) => value) : [];
}
