/**
 * The tables of spec/speed.md.
 */

/** Seconds of one step, by contender. */
export interface Row {
  readonly size: string;
  readonly variant: string;
  readonly tensors: number;
  readonly elements: number;
  readonly seconds: Readonly<Record<string, number>>;
}

/** What one run measured, and on what. */
export interface Measured {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const EAGER = ['single', 'foreach'];
const EAGER_2 = ['single, 2 threads', 'foreach, 2 threads'];
const PEERS = ['tfjs wasm', 'tfjs cpu', 'deepbox'];

/** What the ratios have to be at least: by size against one thread, and against everything else. */
export const WANTED: Readonly<Record<string, number>> = {
  '100': 20,
  '10^4': 8,
  '10^6': 2.5,
  '10^7': 1.5,
  '1,000 x 1,000': 10,
};

function time(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const [scale, unit] = seconds < 1e-3 ? [1e6, 'us'] : seconds < 1 ? [1e3, 'ms'] : [1, 's'];
  return `${(seconds * scale).toPrecision(3)} ${unit}`;
}

function ratio(over: number | undefined, under: number | undefined, wanted?: number): string {
  if (over === undefined || under === undefined) return '';
  const found = over / under;
  const text = found >= 100 ? found.toFixed(0) : found.toPrecision(2);
  return wanted !== undefined && found < wanted ? `${text} (of ${wanted})` : text;
}

function least(row: Row, names: readonly string[]): number | undefined {
  const all = names.flatMap((name) => row.seconds[name] ?? []);
  return all.length === 0 ? undefined : Math.min(...all);
}

/** The rows of the table of ratios: how many times as fast as each the fast path is, with what was wanted where it is not reached. */
export function ratios(rows: readonly Row[]): string[][] {
  const head = ['size', 'variant', 'fast', 'eager, 1 thread', '2 threads', 'compiled', 'JavaScript', 'of the copy'];
  return [
    [...head, 'arrays / eager', 'literal'],
    ...rows.map((row) => {
      const { size, variant, seconds } = row;
      const { fast, copy, literal } = seconds;
      const share = fast === undefined || copy === undefined ? '' : `${((100 * copy) / fast).toFixed(0)}%`;
      return [
        ...[size, variant, time(fast), ratio(least(row, EAGER), fast, WANTED[size])],
        ...[ratio(least(row, EAGER_2), fast, 1), ratio(seconds['compiled'], fast), ratio(least(row, PEERS), fast, 5)],
        ...[share, ratio(least(row, EAGER), seconds['fast, arrays'], size === '10^6' ? 1 : undefined)],
        ratio(literal, fast),
      ];
    }),
  ];
}

/** The rows of the table of times. */
export function times(rows: readonly Row[]): string[][] {
  const names = [...new Set(rows.flatMap(({ seconds }) => Object.keys(seconds)))];
  return [
    ['size', 'variant', ...names],
    ...rows.map(({ size, variant, seconds }) => [size, variant, ...names.map((name) => time(seconds[name]))]),
  ];
}

function markdown([head, ...rows]: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The page with its tables anew. @throws Error when the page has no place for one */
export function withTables(page: string, { processor, cores, node, rounds, rows }: Measured): string {
  const on = `${processor}, ${cores} cores; Node ${node}; medians of ${rounds} rounds.`;
  const blocks = { machine: on, ratios: markdown(ratios(rows)), times: markdown(times(rows)) };
  return Object.entries(blocks).reduce((text, [name, block]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`spec/speed.md: expected ${begin} and ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${block}\n\n${text.slice(to)}`;
  }, page);
}
