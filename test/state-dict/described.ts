/**
 * A tree as the tests' Python describes what real PyTorch read or wrote (real.py, and in older words the recordings of
 * test/fixtures/checkpoints).
 */
import { elementType } from '../../src/state-dict/element-type.ts';
import { elementBytes, type Node } from '../../src/state-dict/node.ts';

/** What a node is, in the words of real.py. */
export function described(node: Node): unknown {
  switch (node.kind) {
    case 'none':
      return null;
    case 'bool':
    case 'str':
      return node.value;
    case 'int':
      return { int: String(node.value) };
    case 'float':
      return { float: floatText(node.value) };
    case 'bytes':
      return { bytes: Buffer.from(node.value).toString('hex') };
    case 'complex':
      return { complex: [floatText(node.real), floatText(node.imag)] };
    case 'list':
    case 'tuple':
    case 'size':
      return { [node.kind]: node.items.map(described) };
    case 'set':
    case 'frozenset':
      return { [node.kind]: node.items.map(described) };
    case 'dict':
    case 'OrderedDict':
      return { [node.kind]: node.entries.map(([key, value]) => [described(key), described(value)]) };
    case 'dtype':
    case 'device':
      return { [node.kind]: node.name };
    case 'tensor':
      return {
        ...{ tensor: node.dtype, shape: node.shape, strides: node.strides, device: node.storage.device },
        ...{ parameter: node.parameter, bits: hex(elementBytes(node), elementType(node.dtype).word) },
      };
  }
}

/** As Python's repr. */
function floatText(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (Object.is(x, -0)) return '-0.0';
  const text = String(x).replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(x) && !text.includes('e') ? `${text}.0` : text;
}

function hex(bytes: Uint8Array, word: number): string {
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += word)
    words.push(Buffer.from(bytes.slice(at, at + word).reverse()).toString('hex'));
  return words.join(' ');
}

/** What a recording says, in the words of real.py. */
export function recorded(value: unknown): unknown {
  if (typeof value === 'number') return { int: String(BigInt(value)) };
  if (Array.isArray(value)) return value.map(recorded);
  if (typeof value !== 'object' || value === null) return value;
  if ('float' in value || 'tensor' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, recorded(inner)]));
}
