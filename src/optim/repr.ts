/**
 * `repr(optimizer)` (optimizer.py, line 436).
 */
import { items } from '../python/dict.ts';
import { sorted } from '../python/order.ts';
import { str } from '../python/text/repr.ts';

/** The options of every group, sorted (clause RPR-1). */
export function optimizerText(name: string, groups: readonly unknown[]): string {
  const lines = groups.flatMap((group, i) => [
    ...(i === 0 ? [] : ['']),
    `Parameter Group ${i}`,
    ...options(group).map(([key, value]) => `    ${key}: ${str(value)}`),
  ]);
  return `${name} (${lines.map((line) => `\n${line}`).join('')}${lines.length ? '\n' : ''})`;
}

function options(group: unknown): [string, unknown][] {
  const entries = new Map(items(group).map(([key, value]) => [String(key), value]));
  return sorted([...entries.keys()]).flatMap((key) => (key === 'params' ? [] : [[key, entries.get(key)]]));
}
