/**
 * Few globs for many cases: what a hand can keep (spec/conformance.md, expectations).
 */
import { matches } from '../scenario/glob.ts';

/** With more globs than these it is said of the whole area. */
const MOST = 6;

/**
 * Globs that together match all of some ids and none of others; where that takes too many, one of the whole area, which matches others too.
 *
 * @param ids of one area, at least one
 * @param others of the same area
 */
export function covering(ids: readonly string[], others: readonly string[]): readonly string[] {
  const chosen: string[] = [];
  const candidates = [...new Set(ids.flatMap(globsOf))].filter((glob) => !others.some((id) => matches(glob, id)));
  const covered = candidates.map((glob) => ({ glob, ids: ids.filter((id) => matches(glob, id)) }));
  let left: ReadonlySet<string> = new Set(ids);
  while (left.size > 0) {
    if (chosen.length === MOST) return [`${ids[0]!.split('/')[0]}/*`];
    const gain = ({ ids: own }: (typeof covered)[number]): number => own.filter((id) => left.has(id)).length;
    // Of equals the plainest.
    const best = covered.reduce((a, b) => ((gain(b) - gain(a) || a.glob.length - b.glob.length) > 0 ? b : a));
    // A glob of one case says no more than its id.
    chosen.push(best.ids.length === 1 ? best.ids[0]! : best.glob);
    left = new Set([...left].filter((id) => !best.ids.includes(id)));
  }
  return chosen.sort();
}

/** The id, and what can be left out of it: its file or the end of its name, and all of its words but one or two. */
function globsOf(id: string): string[] {
  const [area, file = '', ...rest] = id.split('/');
  const name = rest.join('/');
  const words = name.split('+');
  const some = [
    ...['*', name],
    ...words.flatMap((word, i) => [`*${word}*`, ...words.slice(i + 1).map((other) => `*${word}*${other}*`)]),
  ];
  const files = [...new Set(['*', file.replace(/-[^-]*$/, '-*'), file])];
  return [`${area}/*`, ...files.flatMap((own) => some.map((of) => `${area}/${own}/${of}`)), id];
}
