/**
 * Values as Python prints them. A frozen array stands for a tuple, an object for a dictionary.
 */
import { entriesOf, isDict } from '../dict.ts';
import { answers } from '../protocol.ts';
import { typeName } from '../type-name.ts';
import { numberText } from './numbers.ts';
import { quoted } from './strings.ts';

/** What an f-string prints of a value: a text itself, the number of a plain tensor without dimensions (clause RPR-2). */
export function str(x: unknown): string {
  if (typeof x === 'string') return x;
  return answers(x, '__format__') ? x.__format__() : repr(x);
}

/** `repr(x)`. JavaScript has one kind of number: an integral one prints as Python's int, any other as its float (clause ERR-2). */
export function repr(x: unknown): string {
  return within(x, []);
}

/** `around` are the containers that the value stands in: one that holds itself is not printed again. */
function within(x: unknown, around: readonly unknown[]): string {
  if (x === null || x === undefined) return 'None';
  if (x === true) return 'True';
  if (x === false) return 'False';
  if (typeof x === 'number') return numberText(x);
  if (typeof x === 'bigint') return x.toString();
  if (typeof x === 'string') return quoted(x);
  if (typeof x === 'function') return `<function ${x.name || '<lambda>'} at 0x0>`;
  if (answers(x, '__repr__')) return x.__repr__();
  const inner = (item: unknown): string => within(item, [...around, x]);
  if (Array.isArray(x)) return brackets(x, around.includes(x) ? ['...'] : x.map(inner));
  if (x instanceof Set) return x.size === 0 ? 'set()' : `{${[...x].map(inner).join(', ')}}`;
  if (!isDict(x)) return objectText(x);
  const entries = around.includes(x) ? ['...'] : entriesOf(x).map(([key, value]) => `${inner(key)}: ${inner(value)}`);
  return `{${entries.join(', ')}}`;
}

/** An object that has no text of its own is named by its class. */
function objectText(x: unknown): string {
  const own = String(x);
  if (!own.startsWith('[object ')) return own;
  const name = typeName(x);
  return name === 'generator' ? '<generator object generator at 0x0>' : `<${name} object at 0x0>`;
}

function brackets(array: readonly unknown[], items: readonly string[]): string {
  const inside = items.join(', ');
  if (!Object.isFrozen(array)) return `[${inside}]`;
  return array.length === 1 ? `(${inside},)` : `(${inside})`;
}
