/**
 * A state dict as its checks see it: groups with options and ids, and the state of each id, with JSON pointers.
 */
import { below } from '../state-dict/format-error.ts';
import { entry, type DictNode, type Node, type TensorNode } from '../state-dict/node.ts';
import { nameOf } from '../state-dict/pickle/globals.ts';
import { keyText } from '../state-dict/pickle/keys.ts';

/** A group as saved. */
export interface Group {
  readonly pointer: string;
  readonly node: DictNode;
  readonly options: ReadonlyMap<string, Node>;
  readonly ids: readonly Node[];
}

/** The state of a parameter. */
export interface Entry {
  readonly pointer: string;
  readonly id: Node;
  /** Equal for ids that Python holds for one. */
  readonly key: string;
  readonly node: DictNode;
  readonly values: ReadonlyMap<string, Node>;
  /** The tensors but the step. */
  readonly buffers: readonly (readonly [string, TensorNode])[];
  readonly group: Group | undefined;
}

/** A state dict whose parts are what they have to be. */
export interface Model {
  readonly tree: DictNode;
  readonly groups: readonly Group[];
  readonly entries: readonly Entry[];
}

/** Why there is no model: where, and what was expected. */
export interface Misfit {
  readonly pointer: string;
  readonly message: string;
  readonly missing: boolean;
}

/** The model of a tree, or what is wrong with its parts. */
export function modelOf(tree: Node): Model | Misfit {
  const misfit = (pointer: string, expected: string, got: Node | undefined): Misfit => ({
    ...{ pointer, missing: got === undefined },
    message: got === undefined ? `expected ${expected}, got none` : `expected ${expected}, got ${nameOf(got)}`,
  });
  if (!isDict(tree)) return misfit('', 'a dictionary of state and param_groups', tree);
  const [state, list] = [entry(tree, 'state'), entry(tree, 'param_groups')];
  if (list?.kind !== 'list' && list?.kind !== 'tuple') return misfit('/param_groups', 'a list of groups', list);
  if (!isDict(state)) return misfit('/state', 'a dictionary of the state of parameters', state);
  const groups: Group[] = [];
  for (const [i, node] of list.items.entries()) {
    const pointer = `/param_groups/${i}`;
    if (!isDict(node)) return misfit(pointer, 'a dictionary of options', node);
    const params = entry(node, 'params');
    if (params?.kind !== 'list' && params?.kind !== 'tuple')
      return misfit(`${pointer}/params`, 'a list of ids', params);
    groups.push({ pointer, node, options: named(node), ids: params.items });
  }
  const owners = new Map(groups.flatMap((group) => group.ids.map((id) => [keyText(id), group] as const)).reverse());
  const entries: Entry[] = [];
  for (const [id, node] of state.entries) {
    const pointer = below('/state', textOf(id));
    if (!isDict(node)) return misfit(pointer, 'a dictionary of the state of a parameter', node);
    const key = keyText(id) ?? '';
    const values = named(node);
    const buffers: [string, TensorNode][] = [];
    for (const [name, value] of values) if (value.kind === 'tensor' && name !== 'step') buffers.push([name, value]);
    entries.push({ pointer, id, key, node, values, buffers, group: owners.get(key) });
  }
  return { tree, groups, entries };
}

/** An id as messages show it. */
export function textOf(id: Node): string {
  return id.kind === 'str' || id.kind === 'int' || id.kind === 'float' || id.kind === 'bool'
    ? String(id.value)
    : nameOf(id);
}

/** The same, so that the text of a number is told from the number. */
export function idText(id: Node): string {
  return id.kind === 'str' && /^-?\d+$/.test(id.value) ? JSON.stringify(id.value) : textOf(id);
}

/** The state dict of one parameter alone: its group's options and its state. */
export function alone(group: Group, id: Node | undefined, state: Node | undefined): Node {
  const params: Node = { kind: 'list', items: id === undefined ? [] : [id] };
  const options = group.node.entries.filter(([key]) => key.kind !== 'str' || !PER_PARAMETER.includes(key.value));
  const entries: [Node, Node][] = id === undefined || state === undefined ? [] : [[id, state]];
  const str = (value: string): Node => ({ kind: 'str', value });
  return {
    kind: 'dict',
    entries: [
      [str('state'), { kind: 'dict', entries }],
      [
        str('param_groups'),
        { kind: 'list', items: [{ kind: 'dict', entries: [...options, [str('params'), params]] }] },
      ],
    ],
  };
}

const PER_PARAMETER = ['params', 'param_names'];

function isDict(node: Node | undefined): node is DictNode {
  return node?.kind === 'dict' || node?.kind === 'OrderedDict';
}

function named(node: DictNode): Map<string, Node> {
  const values = new Map<string, Node>();
  for (const [key, value] of node.entries) if (key.kind === 'str') values.set(key.value, value);
  return values;
}
