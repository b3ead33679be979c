/**
 * Equality of dictionary keys as Python has it.
 */
import type { Item } from './stack.ts';

/** Characters of a key. Longer ones would be hashed over and over, as a pickle can name one key many times. */
const LONGEST = 4096;

/** A text that is the same for equal keys; undefined for what cannot be a key, and for one of more than 4096 characters. */
export function keyText(node: Item): string | undefined {
  switch (node.kind) {
    case 'str':
      return node.value.length > LONGEST ? undefined : `s${node.value}`;
    case 'bool':
      return `n${Number(node.value)}`;
    case 'int':
      return `n${node.value}`;
    case 'float':
      // Python holds 1 and 1.0 for one key.
      return Number.isInteger(node.value) ? `n${BigInt(node.value)}` : `n${node.value}`;
    case 'none':
      return 'None';
    case 'bytes':
      return node.value.length > LONGEST ? undefined : `b${node.value.join()}`;
    case 'dtype':
    case 'device':
      return `${node.kind} ${node.name}`;
    case 'tuple':
    case 'size': {
      let text = '(';
      for (const item of node.items) {
        const key = keyText(item);
        if (key === undefined || text.length + key.length > LONGEST) return undefined;
        text += `${key.length}:${key},`;
      }
      return `${text})`;
    }
    default:
      return undefined;
  }
}
