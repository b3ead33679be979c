/**
 * Values of a state dict as people read them: Python's way, in a few characters.
 */
import { treeToJSON } from '../state-dict/json.ts';
import type { Node } from '../state-dict/node.ts';
import { elementsOf } from '../validation/numbers.ts';

/** Characters of a value. */
const MOST = 40;

/** A value in at most 40 characters. */
export function valueText(node: Node): string {
  const text = wholeText(node);
  return text.length > MOST ? `${text.slice(0, MOST - 3)}...` : text;
}

function wholeText(node: Node): string {
  switch (node.kind) {
    case 'none':
      return 'None';
    case 'bool':
    case 'int':
    case 'float':
      return String(node.value);
    case 'tensor':
      return node.shape.length === 0
        ? `tensor(${elementsOf(node)[0]!})`
        : `a tensor of shape [${node.shape.join(', ')}]`;
    case 'list':
      return `[${itemsText(node.items)}]`;
    case 'tuple':
      return node.items.length === 1 ? `(${itemsText(node.items)},)` : `(${itemsText(node.items)})`;
    default:
      return JSON.stringify(treeToJSON(node));
  }
}

/** No more of them than are shown. */
function itemsText(items: readonly Node[]): string {
  return items.slice(0, MOST).map(valueText).join(', ');
}
