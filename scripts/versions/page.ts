/**
 * spec/versions.md from what was compared: one change of PyTorch is one row, newest first.
 */
import { byVersion } from '../../src/golden/by-version.ts';
import { type Change, changeOf } from './changes.ts';
import type { Pair, Row } from './rows.ts';

/** A change as it shows in a pair: in how many cases, and in which row most. */
interface Shown {
  readonly change: Change | undefined;
  readonly cases: number;
  readonly row: Row;
}

/** The text of the page, not yet formatted. */
export function page(pairs: readonly Pair[]): string {
  const newestFirst = pairs.toSorted((a, b) => byVersion(b.to, a.to) || byVersion(b.from, a.from));
  return `# What changed when

Written by \`npm run versions\`, which holds what one PyTorch observes of every golden scenario against what the next does. Where both were
recorded, that is PyTorch itself. Of the versions between them the Python was run, unmodified, on our tensors, which stand in for PyTorch's
kernels: what the kernels changed is seen between recorded versions alone. One change is one row; of a row whose second column is empty
nobody has said yet what it means. In \`before\` and \`after\` texts are shortened.

${newestFirst.map((pair) => section(pair, pairs)).join('\n\n')}
`;
}

/** The rows of a pair that no change explains. */
export function unexplained({ rows }: Pair): Row[] {
  return rows.filter((row) => changeOf(row) === undefined);
}

function section(pair: Pair, pairs: readonly Pair[]): string {
  const { from, to, seen, cases, compared, differing } = pair;
  const how = seen === 'source' ? "PyTorch's Python on our tensors" : 'as recorded';
  const count = `${cases} cases and ${compared.toLocaleString('en-US')} numbers, ${how}`;
  const own = shown(pair).filter(({ change }) => !standsElsewhere(change, pair, pairs));
  const within = pairs.some((other) => isWithin(other, pair));
  const table = [
    '| cases | what changed | what a port must do | before | after | such as |',
    '| --: | --- | --- | --- | --- | --- |',
    ...own.map(row),
  ].join('\n');
  return [
    `## ${from} to ${to}${within ? ', in the kernels' : ''}`,
    `${count}; ${differing === 0 ? 'no number differs' : `${differing} numbers differ`}.`,
    own.length > 0 ? table : 'Nothing else changed.'.replace(within ? '' : ' else', ''),
  ].join('\n\n');
}

function shown({ rows }: Pair): Shown[] {
  const byChange = new Map<unknown, Shown>();
  for (const row of rows) {
    const change = changeOf(row);
    const known = byChange.get(change ?? row);
    byChange.set(
      change ?? row,
      known ? { ...known, cases: known.cases + row.cases } : { change, cases: row.cases, row },
    );
  }
  return [...byChange.values()].toSorted((a, b) => b.cases - a.cases);
}

/** Kernels show between recorded versions alone; what Python changed stands in the narrowest pair that shows it. */
function standsElsewhere(change: Change | undefined, pair: Pair, pairs: readonly Pair[]): boolean {
  if (change === undefined) return false;
  if (change.in === 'kernels') return pair.seen === 'source';
  return pairs.some((other) => isWithin(other, pair) && other.rows.some((row) => changeOf(row) === change));
}

function isWithin(inner: Pair, outer: Pair): boolean {
  const [from, to] = [byVersion(inner.from, outer.from), byVersion(inner.to, outer.to)];
  return inner !== outer && from >= 0 && to <= 0 && (from > 0 || to < 0);
}

function row({ change, cases, row: { where, before, after, example } }: Shown): string {
  const clauses = change?.clauses.map((clause) => `\`${clause}\``).join(', ');
  const cells = [
    `${cases}`,
    change?.what ?? '',
    change === undefined ? '' : `${change.port} ${clauses}`,
    `${cell(where)}: ${cell(before)}`,
    cell(after),
    `\`${example}\``,
  ];
  return `| ${cells.join(' | ')} |`;
}

const WIDEST = 80;

function cell(text: string): string {
  const short = text.length > WIDEST ? `${text.slice(0, WIDEST - 3)}...` : text;
  return short.replaceAll('|', '\\|').replaceAll(/[<*_`]/g, '\\$&');
}
