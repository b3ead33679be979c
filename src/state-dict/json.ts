/**
 * State dicts as JSON (spec/state-dict-json.md): an inert tree, or plain values, to JSON and back, without loss.
 */
import { below, FormatError } from './format-error.ts';
import { fromValue } from './from-value.ts';
import { LIMITS } from './limits.ts';
import { type Node, NONE } from './node.ts';
import { keyText } from './pickle/keys.ts';
import { narrow } from './element-type.ts';
import { said, tensorFromJSON, tensorToJSON, SPECIAL } from './tensor-json.ts';
import { toValue, type ValueOptions } from './to-value.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

type JsonObject = { readonly [key: string]: Json };

/**
 * A value as JSON.
 *
 * @throws TypeError for what no checkpoint can hold
 */
export function toJSON(value: unknown): Json {
  return treeToJSON(fromValue(value));
}

/**
 * The value that JSON stands for, as the port's `load_state_dict` takes it. `T` is what the caller takes it for; nothing checks that.
 *
 * @throws FormatError at what is not in the format
 */
export function fromJSON<T = unknown>(json: unknown, options: ValueOptions = {}): T {
  return toValue(treeFromJSON(json), options) as T;
}

/** Why an empty object is refused as state. */
export const LOST: string = `expected the state of parameters, or {"dict":[]} where there is none, got {}: JSON.stringify makes that of a Map, so the state is lost`;

/** A tree as JSON. What stands in several places is written in each. */
export function treeToJSON(node: Node): Json {
  switch (node.kind) {
    case 'none':
      return null;
    case 'bool':
    case 'str':
      return node.value;
    case 'int':
      return typeof node.value === 'bigint' ? { int: String(node.value) } : node.value;
    case 'float':
      return floatToJSON(node.value);
    case 'complex':
      return { complex: [floatToJSON(node.real), floatToJSON(node.imag)] };
    case 'bytes':
      return { bytes: Array.from(node.value, (byte) => byte.toString(16).padStart(2, '0')).join('') };
    case 'list':
      return node.items.map(treeToJSON);
    case 'tuple':
    case 'size':
    case 'set':
    case 'frozenset':
      return { [node.kind]: node.items.map(treeToJSON) };
    case 'dtype':
    case 'device':
      return { [node.kind]: node.name };
    case 'tensor':
      return tensorToJSON(node) as unknown as JsonObject;
    case 'dict':
      return plainObject(node.entries) ?? { dict: pairs(node.entries) };
    case 'OrderedDict':
      return {
        OrderedDict: pairs(node.entries),
        ...(node.attributes === undefined ? {} : { attributes: treeToJSON(node.attributes) }),
      };
  }
}

function floatToJSON(x: number): Json {
  if (Number.isNaN(x)) return { float: 'NaN' };
  if (!Number.isFinite(x)) return { float: x > 0 ? 'Infinity' : '-Infinity' };
  if (Object.is(x, -0)) return { float: '-0' };
  // JSON has no 1.0 beside 1.
  return Number.isInteger(x) ? { float: x } : x;
}

function pairs(entries: readonly (readonly [Node, Node])[]): Json {
  return entries.map(([key, value]) => [treeToJSON(key), treeToJSON(value)]);
}

/** An object, where one has these keys in this order and says nothing else. */
function plainObject(entries: readonly (readonly [Node, Node])[]): JsonObject | undefined {
  const keys: string[] = [];
  for (const [key] of entries) {
    const isIndex = key.kind === 'int' && typeof key.value === 'number' && key.value >= 0;
    if (!isIndex && (key.kind !== 'str' || INDEX.test(key.value) || key.value === '__proto__')) return undefined;
    keys.push(String(key.value));
  }
  const values = entries.map(([, value]) => treeToJSON(value));
  const state = keys.indexOf('state');
  // An empty object is what JSON.stringify makes of a Map: a state that is empty says so in another way.
  if (state >= 0 && keys.includes('param_groups') && isEmpty(values[state]!)) values[state] = { dict: [] };
  const made = Object.fromEntries(values.map((value, i) => [keys[i]!, value]));
  return isTagged(made) || !Object.keys(made).every((key, i) => key === keys[i]) ? undefined : made;
}

function isEmpty(json: Json): boolean {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && Object.keys(json).length === 0;
}

/** Keys that are integers. */
const INDEX = /^(0|[1-9]\d{0,15})$/;

/** Objects that stand for something else than a dictionary have one of these keys alone; an OrderedDict may have attributes. */
const TAGS = [
  ...[
    'float',
    'int',
    'complex',
    'bytes',
    'tuple',
    'size',
    'set',
    'frozenset',
    'dtype',
    'device',
    'dict',
    'OrderedDict',
  ],
];

function isTagged(json: JsonObject): boolean {
  const keys = Object.keys(json);
  if (keys.length === 1) return TAGS.includes(keys[0]!);
  return isTensor(json) || (keys.length === 2 && 'OrderedDict' in json && 'attributes' in json);
}

function isTensor(json: object): boolean {
  return Object.hasOwn(json, 'dtype') && Object.hasOwn(json, 'shape');
}

/**
 * The tree that JSON stands for. Lists of numbers are read where they stand until somebody asks for their bytes.
 *
 * @throws FormatError at what is not in the format
 */
export function treeFromJSON(json: unknown): Node {
  return nodeOf(json, '', 0);
}

function nodeOf(json: unknown, pointer: string, depth: number): Node {
  if (depth > LIMITS.depth)
    throw new FormatError(pointer, `expected containers at most ${LIMITS.depth} deep, got deeper ones`);
  if (json === null) return NONE;
  switch (typeof json) {
    case 'boolean':
      return { kind: 'bool', value: json };
    case 'string':
      return { kind: 'str', value: json };
    case 'number':
      if (!Number.isFinite(json))
        throw new FormatError(
          pointer,
          `expected a number within a double's range, got ${json} (which is {"float":"${json}"})`,
        );
      return { kind: Number.isSafeInteger(json) && !Object.is(json, -0) ? 'int' : 'float', value: json };
    case 'object':
      break;
    default:
      throw new FormatError(pointer, `expected JSON, got ${typeof json}`);
  }
  if (Array.isArray(json)) return { kind: 'list', items: itemsOf(json, pointer, depth) };
  if (isTensor(json)) return tensorFromJSON(json as JsonObject, pointer);
  return isTagged(json as JsonObject)
    ? tagged(json as JsonObject, pointer, depth)
    : dictOf(json as JsonObject, pointer, depth);
}

function itemsOf(items: unknown, pointer: string, depth: number): Node[] {
  if (!Array.isArray(items)) throw new FormatError(pointer, `expected a list, got ${said(items)}`);
  return items.map((item, i) => nodeOf(item, below(pointer, i), depth + 1));
}

function dictOf(json: JsonObject, pointer: string, depth: number): Node {
  if (Object.hasOwn(json, 'state') && Object.hasOwn(json, 'param_groups') && isEmpty(json['state']!))
    throw new FormatError(below(pointer, 'state'), LOST);
  const entries = Object.entries(json).map(([key, value]): [Node, Node] => [
    INDEX.test(key) && Number.isSafeInteger(Number(key))
      ? { kind: 'int', value: Number(key) }
      : { kind: 'str', value: key },
    nodeOf(value, below(pointer, key), depth + 1),
  ]);
  return { kind: 'dict', entries };
}

function tagged(json: JsonObject, pointer: string, depth: number): Node {
  const [tag] = Object.keys(json).filter((key) => key !== 'attributes') as [string];
  const value: unknown = json[tag];
  const at = below(pointer, tag);
  switch (tag) {
    case 'float':
      return { kind: 'float', value: floatFromJSON(value, at) };
    case 'int':
      if (typeof value !== 'string' || !/^-?\d{1,4300}$/.test(value))
        throw new FormatError(at, `expected decimal digits, got ${said(value)}`);
      return { kind: 'int', value: narrow(BigInt(value)) };
    case 'complex': {
      const [real, imag, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
      if (imag === undefined || more.length > 0)
        throw new FormatError(at, `expected a real and an imaginary part, got ${said(value)}`);
      return { kind: 'complex', real: partFromJSON(real, below(at, 0)), imag: partFromJSON(imag, below(at, 1)) };
    }
    case 'bytes':
      if (typeof value !== 'string' || !/^([0-9a-f]{2})*$/.test(value))
        throw new FormatError(at, `expected hex digits, got ${said(value)}`);
      return { kind: 'bytes', value: Uint8Array.from(value.match(/../g) ?? [], (byte) => parseInt(byte, 16)) };
    case 'dtype':
    case 'device':
      if (typeof value !== 'string' || !/^[\w:]+$/.test(value))
        throw new FormatError(at, `expected the name of a ${tag}, got ${said(value)}`);
      return { kind: tag, name: value };
    case 'dict':
    case 'OrderedDict': {
      const entries = entriesOf(value, at, depth);
      const attributes = json['attributes'];
      if (attributes === undefined) return { kind: tag, entries };
      return { kind: 'OrderedDict', entries, attributes: nodeOf(attributes, below(pointer, 'attributes'), depth + 1) };
    }
    default:
      return { kind: tag as 'tuple' | 'size' | 'set' | 'frozenset', items: itemsOf(value, at, depth) };
  }
}

function entriesOf(value: unknown, pointer: string, depth: number): [Node, Node][] {
  if (!Array.isArray(value)) throw new FormatError(pointer, `expected a list of pairs, got ${said(value)}`);
  const seen = new Set<string>();
  return value.map((pair: unknown, i) => {
    const at = below(pointer, i);
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new FormatError(at, `expected a key and a value, got ${said(pair)}`);
    const [key, inner] = [nodeOf(pair[0], below(at, 0), depth + 1), nodeOf(pair[1], below(at, 1), depth + 1)];
    const text = keyText(key);
    if (text === undefined)
      throw new FormatError(below(at, 0), `expected a key that can be hashed, got ${said(pair[0])}`);
    if (seen.has(text)) throw new FormatError(below(at, 0), `expected every key once, got ${said(pair[0])} again`);
    seen.add(text);
    return [key, inner];
  });
}

function floatFromJSON(value: unknown, pointer: string): number {
  const found = typeof value === 'number' ? value : SPECIAL.get(value);
  if (found === undefined)
    throw new FormatError(pointer, `expected a number, "NaN", "Infinity", "-Infinity" or "-0", got ${said(value)}`);
  return found;
}

function partFromJSON(value: unknown, pointer: string): number {
  const isTag = typeof value === 'object' && value !== null && 'float' in value;
  return floatFromJSON(isTag ? value.float : value, pointer);
}
