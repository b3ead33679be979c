/**
 * State dicts as tables, and where two of them differ.
 */
import { elementType } from '../state-dict/element-type.ts';
import { elementBytes, type Node, type TensorNode } from '../state-dict/node.ts';
import { bitsText } from '../state-dict/tensor-json.ts';
import { treeToJSON } from '../state-dict/json.ts';
import { keyText } from '../state-dict/pickle/keys.ts';
import { decimal } from '../conformance/decimal.ts';
import { stepOf } from '../validation/suspicion.ts';
import { type Entry, idText, type Model } from '../validation/model.ts';
import { elementsOf, look } from '../validation/numbers.ts';
import { table } from './table.ts';
import { valueText } from './value.ts';
import { wrap } from './wrap.ts';

/** A state dict: its groups' options, and a row for each buffer. */
export function stateDictText(model: Model): string {
  const lines: string[] = [];
  for (const [i, group] of model.groups.entries()) {
    const options = [...group.options]
      .filter(([name]) => name !== 'params' && name !== 'param_names')
      .map(([name, value]) => `${name} ${valueText(value)}`);
    lines.push(...wrap(`group ${i}: ${options.join(', ')}`, '  '));
    const names = namesOf(group.options.get('param_names'));
    const rows = group.ids.flatMap((id, p) => {
      const entry = model.entries.find((one) => one.key === keyText(id));
      const name = names[p] === undefined ? idText(id) : `${idText(id)} ${shortened(names[p])}`;
      return entry === undefined || entry.values.size === 0
        ? [[name, '(no state)', ...blanks(7)]]
        : rowsOf(entry, name);
    });
    lines.push(...table([HEADER, ...rows], '  ').map((line) => line.trimEnd()), '');
  }
  const strange = model.entries.filter(({ group }) => group === undefined);
  if (strange.length > 0)
    lines.push(...wrap(`state of no parameter: ${strange.map(({ id }) => idText(id)).join(', ')}`), '');
  return lines.join('\n').trimEnd();
}

const HEADER = ['id', 'steps', 'entry', 'shape', 'type', 'min', 'max', 'zeros', 'NaN'];
const SHORT: Readonly<Record<string, string>> = { momentum_buffer: 'momentum' };
const TYPES: Readonly<Record<string, string>> = { float32: 'f32', float64: 'f64', float16: 'f16', bfloat16: 'bf16' };

function blanks(count: number): string[] {
  return Array.from({ length: count }, () => '');
}

function shortened(name: string): string {
  return name.length > 14 ? `..${name.slice(-12)}` : name;
}

function rowsOf(entry: Entry, name: string): string[][] {
  const steps = stepOf(entry.values.get('step'));
  const rows = entry.buffers.map(([key, tensor], i) => {
    const { least, most, zeros, nans, count } = look(tensor);
    const known = count > nans;
    return [
      ...[i === 0 ? name : '', i === 0 ? String(steps ?? '?') : '', SHORT[key] ?? key, tensor.shape.join('x') || '()'],
      ...[TYPES[tensor.dtype] ?? tensor.dtype, known ? short(least) : '', known ? short(most) : ''],
      ...[count === 0 ? '' : `${Math.round((100 * zeros) / count)}%`, String(nans)],
    ];
  });
  return rows.length > 0 ? rows : [[name, String(steps ?? '?'), '(none)', ...blanks(6)]];
}

function short(x: number): string {
  if (!Number.isFinite(x) || x === 0) return String(x);
  const magnitude = Math.abs(x);
  return magnitude >= 0.01 && magnitude < 10000 ? x.toPrecision(4) : x.toExponential(2);
}

function namesOf(node: Node | undefined): string[] {
  return node !== undefined && 'items' in node ? node.items.map((name) => (name.kind === 'str' ? name.value : '')) : [];
}

/** Lines that say where two state dicts differ, by group and parameter in order; none when they are the same, bit for bit. */
export function stateDictDifferences(a: Model, b: Model): string[] {
  const lines: string[] = [];
  if (a.groups.length !== b.groups.length) lines.push(`groups: ${a.groups.length} and ${b.groups.length}`);
  for (const [i, group] of a.groups.entries()) {
    const other = b.groups[i];
    if (other === undefined) continue;
    for (const name of new Set([...group.options.keys(), ...other.options.keys()])) {
      const [x, y] = [group.options.get(name), other.options.get(name)];
      if (textOfNode(x) !== textOfNode(y))
        lines.push(`group ${i}, ${name}: ${x ? valueText(x) : 'none'} and ${y ? valueText(y) : 'none'}`);
    }
  }
  const others = new Map(b.entries.map((entry) => [entry.key, entry]));
  for (const entry of a.entries) {
    const other = others.get(entry.key);
    others.delete(entry.key);
    if (other === undefined) lines.push(`${idText(entry.id)}: state in the first alone`);
    else lines.push(...entryDifferences(entry, other));
  }
  for (const { id } of others.values()) lines.push(`${idText(id)}: state in the second alone`);
  return lines;
}

function textOfNode(node: Node | undefined): string {
  return node === undefined ? '' : JSON.stringify(treeToJSON(node));
}

function entryDifferences(a: Entry, b: Entry): string[] {
  return [...new Set([...a.values.keys(), ...b.values.keys()])].flatMap((key) => {
    const [x, y] = [a.values.get(key), b.values.get(key)];
    const name = `${idText(a.id)} ${key}`;
    if (x === undefined || y === undefined) return [`${name}: in the ${y === undefined ? 'first' : 'second'} alone`];
    if (x.kind === 'tensor' && y.kind === 'tensor') return tensorDifference(name, x, y);
    return textOfNode(x) === textOfNode(y) ? [] : [`${name}: ${valueText(x)} and ${valueText(y)}`];
  });
}

function tensorDifference(name: string, a: TensorNode, b: TensorNode): string[] {
  if (String(a.shape) !== String(b.shape))
    return [`${name}: shape [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`];
  if (a.dtype !== b.dtype) return [`${name}: ${a.dtype} and ${b.dtype}`];
  const { word, what } = elementType(a.dtype);
  const [x, y] = [elementBytes(a), elementBytes(b)];
  const count = x.length / word;
  let [differing, first, most] = [0, -1, 0n];
  const [numbersOfA, numbersOfB] = [elementsOf(a), elementsOf(b)];
  for (let i = 0; i < count; i++) {
    if (same(x, y, i * word, word)) continue;
    if (differing++ === 0) first = i;
    // A NaN is no distance away.
    if (Number.isNaN(numbersOfA[i]) || Number.isNaN(numbersOfB[i])) continue;
    const distance = ordinal(x, i, word) - ordinal(y, i, word);
    const ulp = distance < 0n ? -distance : distance;
    if (ulp > most) most = ulp;
  }
  if (differing === 0) return [];
  const bits = (bytes: Uint8Array): string => bitsText(bytes.subarray(first * word, (first + 1) * word), word);
  const [p, q] = [numbersOfA[first]!, numbersOfB[first]!].map((x) =>
    decimal(a.dtype === 'float32' ? 'float32' : 'float64', x),
  );
  const ulps =
    most > 0n && (what === 'float' || what === 'complex') ? `, at most ${most.toLocaleString('en-US')} ulp` : '';
  return [
    `${name}: ${differing} of ${count} differ${ulps}, first element ${first}: ${p} (${bits(x)}) and ${q} (${bits(y)})`,
  ];
}

function same(a: Uint8Array, b: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Place of a bit pattern among those of its size: floats in the order of their values. */
function ordinal(bytes: Uint8Array, i: number, word: number): bigint {
  const bits = BigInt(`0x${bitsText(bytes.subarray(i * word, (i + 1) * word), word)}`);
  const sign = 1n << BigInt(8 * word - 1);
  return bits >= sign ? -(bits - sign) : bits;
}
