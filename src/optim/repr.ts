/**
 * `repr(optimizer)` (optimizer.py, line 436).
 */
import { entriesOf, isDict } from '../python/dict.ts';
import { noAttribute } from '../python/no-attribute.ts';
import { sorted } from '../python/order.ts';
import { str } from '../python/text/repr.ts';

/** The options of every group, sorted (clause RPR-1). @throws TypeError for keys that have no order (clause RPR-11) */
export function optimizerText(name: string, groups: readonly unknown[]): string {
  const lines = groups.flatMap((group, i) => [
    ...(i === 0 ? [] : ['']),
    `Parameter Group ${i}`,
    ...options(group).map(([key, value]) => `    ${str(key)}: ${str(value)}`),
  ]);
  return `${name} (${lines.map((line) => `\n${line}`).join('')}${lines.length ? '\n' : ''})`;
}

function options(group: unknown): [unknown, unknown][] {
  if (!isDict(group)) throw noAttribute(group, 'keys');
  const entries = new Map(entriesOf(group));
  // An object has its integers in front; in PyTorch a group begins with `params`.
  const keys = [...entries.keys()];
  const inOrder = group instanceof Map ? keys : [...keys.filter(isText), ...keys.filter((key) => !isText(key))];
  return sorted(inOrder).flatMap((key) => (key === 'params' ? [] : [[key, entries.get(key)]]));
}

function isText(key: unknown): key is string {
  return typeof key === 'string';
}
