/**
 * Where people keep the state dict of an optimizer, and how it is brought into the plain form.
 */
import { below } from '../state-dict/format-error.ts';
import { entry, type DictNode, type Node } from '../state-dict/node.ts';
import { treeToJSON } from '../state-dict/json.ts';

/** A state dict of an optimizer that was found in a file. */
export interface Located {
  /** JSON pointer of it. */
  readonly pointer: string;
  /** What the layout is called. */
  readonly layout: string;
  /** The file says `state` and `param_groups`, or is flattened. */
  readonly form: 'plain' | 'by names' | 'flattened';
  readonly node: DictNode;
}

/** Containers inside of each other that are searched. */
const DEPTH = 4;

/** Every state dict of an optimizer in a tree, in its order. */
export function locate(root: Node): Located[] {
  const found: Located[] = [];
  const visit = (node: Node, pointer: string, depth: number): void => {
    const form = formOf(node);
    if (form !== undefined) {
      found.push({ pointer, form, layout: layoutOf(root, pointer, form, node as DictNode), node: node as DictNode });
      return;
    }
    if (depth === DEPTH) return;
    if (isDict(node))
      for (const [key, value] of node.entries)
        if (key.kind === 'str' || key.kind === 'int') visit(value, below(pointer, String(key.value)), depth + 1);
    if (node.kind === 'list' || node.kind === 'tuple')
      node.items.forEach((item, i) => visit(item, below(pointer, i), depth + 1));
  };
  visit(root, '', 0);
  return found;
}

function formOf(node: Node): Located['form'] | undefined {
  if (!isDict(node)) return undefined;
  const groups = entry(node, 'param_groups');
  if (entry(node, 'state') !== undefined && groups !== undefined) return isByNames(groups) ? 'by names' : 'plain';
  const flat = node.entries.filter(([key]) => key.kind === 'str' && FLAT.test(key.value));
  return flat.some(([key]) => key.kind === 'str' && key.value.startsWith('param_groups.')) ? 'flattened' : undefined;
}

/** `state.layer.weight.square_avg`, `param_groups.layer.weight.lr`. */
const FLAT = /^(state|param_groups)\.(.+)\.([^.]+)$/;

function isByNames(groups: Node): boolean {
  if (groups.kind !== 'list' && groups.kind !== 'tuple') return false;
  return groups.items.some((group) => {
    const params = entry(group, 'params');
    return params !== undefined && 'items' in params && params.items.some((id) => id.kind === 'str');
  });
}

function layoutOf(root: Node, pointer: string, form: Located['form'], node: DictNode): string {
  const sharded = form !== 'plain' && namesOf(node).some((name) => /_fsdp_wrapped_module|_flat_param/.test(name));
  const own = sharded
    ? "FSDP's, keyed by names"
    : {
        plain: 'state_dict()',
        'by names': 'get_optimizer_state_dict()',
        flattened: 'get_optimizer_state_dict(), flattened',
      }[form];
  if (pointer === '') return own;
  if (entry(root, 'pytorch-lightning_version') !== undefined || /^\/optimizer_states\/\d+$/.test(pointer))
    return `${own} in a checkpoint of Lightning`;
  if (/^\/optimizer_state_dict$/.test(pointer)) return `${own} in a checkpoint as PyTorch's tutorial writes it`;
  return `${own} in a checkpoint`;
}

/** The names of parameters that a state dict goes by. */
export function namesOf(node: DictNode): string[] {
  const groups = entry(node, 'param_groups');
  if (groups !== undefined && 'items' in groups)
    return groups.items.flatMap((group) => {
      const params = entry(group, 'params');
      return params !== undefined && 'items' in params
        ? params.items.flatMap((id) => (id.kind === 'str' ? [id.value] : []))
        : [];
    });
  return [...flattened(node).options.keys()];
}

interface Flat {
  readonly options: Map<string, [Node, Node][]>;
  readonly state: Map<string, [Node, Node][]>;
}

function flattened(node: DictNode): Flat {
  const flat: Flat = { options: new Map(), state: new Map() };
  for (const [key, value] of node.entries) {
    const [, part, name, last] = key.kind === 'str' ? (FLAT.exec(key.value) ?? []) : [];
    if (part === undefined) continue;
    const into = part === 'state' ? flat.state : flat.options;
    const entries = into.get(name!);
    const pair: [Node, Node] = [{ kind: 'str', value: last! }, value];
    if (entries === undefined) into.set(name!, [pair]);
    else entries.push(pair);
  }
  return flat;
}

/** A state dict in the plain form, with numbers as ids and the names beside them; `missing` are names that have no options. */
export function plainForm({ form, node }: Located): { readonly tree: Node; readonly missing: readonly string[] } {
  if (form === 'plain') return { tree: node, missing: [] };
  return form === 'by names' ? { tree: fromNames(node), missing: [] } : fromFlat(node);
}

const str = (value: string): Node => ({ kind: 'str', value });
const int = (value: number): Node => ({ kind: 'int', value });
const list = (items: Node[]): Node => ({ kind: 'list', items });
const dict = (entries: [Node, Node][]): Node => ({ kind: 'dict', entries });

function fromNames(node: DictNode): Node {
  const ids = new Map<string, number>();
  const groups = entry(node, 'param_groups') as { readonly items: Node[] };
  const made = groups.items.map((group) => {
    const params = entry(group, 'params') as { readonly items: Node[] };
    const names = params.items.map((id) => (id.kind === 'str' ? id.value : String((id as { value: unknown }).value)));
    for (const name of names) if (!ids.has(name)) ids.set(name, ids.size);
    const options = (group as DictNode).entries.filter(
      ([key]) => key.kind !== 'str' || !['params', 'param_names'].includes(key.value),
    );
    return dict([
      ...(options as [Node, Node][]),
      [str('params'), list(names.map((name) => int(ids.get(name)!)))],
      [str('param_names'), list(names.map(str))],
    ]);
  });
  const state = entry(node, 'state') as DictNode;
  const entries = state.entries.map(([id, value]): [Node, Node] => [
    id.kind === 'str' && ids.has(id.value) ? int(ids.get(id.value)!) : id,
    value,
  ]);
  return dict([
    [str('state'), dict(entries)],
    [str('param_groups'), list(made)],
  ]);
}

function fromFlat(node: DictNode): { readonly tree: Node; readonly missing: readonly string[] } {
  const { options, state } = flattened(node);
  const names = [...options.keys()];
  // Parameters of equal options were one group, or are as good as one.
  const groups = new Map<string, { readonly names: string[]; readonly options: [Node, Node][] }>();
  for (const name of names) {
    const own = options.get(name)!.filter(([key]) => key.kind !== 'str' || key.value !== 'params');
    const text = JSON.stringify(own.map(([key, value]) => [treeToJSON(key), treeToJSON(value)]));
    const group = groups.get(text);
    if (group === undefined) groups.set(text, { names: [name], options: own });
    else group.names.push(name);
  }
  const ordered = [...groups.values()].flatMap((group) => group.names);
  const ids = new Map(ordered.map((name, i) => [name, i]));
  const made = [...groups.values()].map((group) =>
    dict([
      ...group.options,
      [str('params'), list(group.names.map((name) => int(ids.get(name)!)))],
      [str('param_names'), list(group.names.map(str))],
    ]),
  );
  const entries = ordered.flatMap((name): [Node, Node][] =>
    state.has(name) ? [[int(ids.get(name)!), dict(state.get(name)!)]] : [],
  );
  const missing = [...state.keys()].filter((name) => !ids.has(name));
  return {
    tree: dict([
      [str('state'), dict(entries)],
      [str('param_groups'), list(made)],
    ]),
    missing,
  };
}

function isDict(node: Node): node is DictNode {
  return node.kind === 'dict' || node.kind === 'OrderedDict';
}
