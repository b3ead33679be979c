/**
 * What must hold of a tree before anyone walks it: no cycles, not too deep, not too large once what it shares is written out,
 * and data all through.
 */
import type { Limits } from '../limits.ts';
import { nameOf } from './globals.ts';
import type { Item } from './stack.ts';

interface Measure {
  readonly depth: number;
  readonly values: number;
}

/** Checks a tree. @throws what `error` makes of a message */
export function checkTree(root: Item, limits: Limits, error: (message: string) => Error): void {
  const measured = new Map<Item, Measure | 'open'>();
  const measure = (item: Item, above: number): Measure => {
    if (item.kind === 'global' || item.kind === 'storage') throw error(`expected data, got ${nameOf(item)} as a value`);
    const inside = childrenOf(item);
    if (inside === undefined) return LEAF;
    const known = measured.get(item);
    if (known === 'open') throw error('expected a tree, got a container that holds itself');
    if (known !== undefined) {
      if (above + known.depth > limits.depth) throw error(tooDeep(limits));
      return known;
    }
    if (above >= limits.depth) throw error(tooDeep(limits));
    measured.set(item, 'open');
    let [depth, values] = [0, 1];
    for (const child of inside) {
      const found = measure(child, above + 1);
      depth = Math.max(depth, found.depth);
      values += found.values;
    }
    if (values > limits.values) throw error(`expected at most ${limits.values} values, got more by repeating them`);
    const made = { depth: depth + 1, values };
    measured.set(item, made);
    return made;
  };
  measure(root, 0);
}

const LEAF: Measure = { depth: 0, values: 1 };

function tooDeep(limits: Limits): string {
  return `expected containers at most ${limits.depth} deep, got deeper ones`;
}

function childrenOf(item: Item): Iterable<Item> | undefined {
  switch (item.kind) {
    case 'list':
    case 'tuple':
    case 'size':
    case 'set':
    case 'frozenset':
      return item.items;
    case 'dict':
    case 'OrderedDict':
      return [...item.entries.flat(), ...(item.attributes === undefined ? [] : [item.attributes])];
    default:
      return undefined;
  }
}
