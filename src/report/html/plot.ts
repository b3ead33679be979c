/**
 * The course of an element as two pictures in SVG: expected and actual over the steps, and how many ulp lie between.
 */
import type { Trajectory, TrajectoryPoint } from '../../conformance/trajectory.ts';
import { markup } from '../escape.ts';

const [WIDTH, HEIGHT] = [520, 220];
const [LEFT, RIGHT, TOP, BOTTOM] = [74, 12, 26, 34];

/** The two pictures; the second only where ulp are known. */
export function plots(course: Trajectory): string {
  return `<div class="plots">${values(course)}${distances(course)}</div>`;
}

interface Scale {
  /** The place on the page of a value. */
  readonly at: (value: number) => number;
  readonly ticks: readonly (readonly [at: number, label: string])[];
}

function values({ tensor, element, points }: Trajectory): string {
  const all = points.flatMap(({ expected, actual }) => [expected, actual]).filter(Number.isFinite);
  const y = linear(Math.min(...all), Math.max(...all));
  const x = stepScale(points);
  const strange = points.filter(({ expected, actual }) => !Number.isFinite(expected) || !Number.isFinite(actual));
  const note = strange.length > 0 ? `, ${strange.length} steps not finite` : '';
  const body =
    all.length === 0 ? '' : line('expected', points, x, y, 'expected') + line('actual', points, x, y, 'actual');
  const where = element.length > 0 ? `${tensor}[${element.join(', ')}]` : tensor;
  const legend =
    `<g class="legend"><line class="expected" x1="${LEFT}" x2="${LEFT + 24}" y1="12" y2="12"/><text x="${LEFT + 30}" y="16">expected</text>` +
    `<line class="actual" x1="${LEFT + 96}" x2="${LEFT + 120}" y1="12" y2="12"/><text x="${LEFT + 126}" y="16">actual</text></g>`;
  return figure(`${where} over the steps${note}`, axes(x, y) + body + legend);
}

function distances({ points }: Trajectory): string {
  if (points.every(({ ulps }) => ulps === undefined)) return '';
  const sizes = points.map(({ step, ulps }) => ({ step, size: ulps === undefined ? undefined : magnitude(ulps) }));
  const most = Math.max(1, ...sizes.map(({ size = 0 }) => size));
  const y = logarithmic(most);
  const x = stepScale(points);
  const drawn = sizes.flatMap(({ step, size }) =>
    size === undefined ? [] : [`${round(x.at(step))},${round(y.at(size))}`],
  );
  const body = `<polyline class="distance" points="${drawn.join(' ')}"/>${drawn.length <= DOTS ? dots('distance', drawn) : ''}`;
  return figure('distance in ulp over the steps', axes(x, y) + body);
}

function figure(caption: string, body: string): string {
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${markup(caption)}">${body}</svg><figcaption>${markup(caption)}</figcaption></figure>`;
}

function axes(x: Scale, y: Scale): string {
  const rows = y.ticks.map(
    ([at, label]) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(at)}" y2="${round(at)}"/><text class="y" x="${LEFT - 6}" y="${round(at + 4)}">${label}</text>`,
  );
  const columns = x.ticks.map(
    ([at, label]) => `<text class="x" x="${round(at)}" y="${HEIGHT - BOTTOM + 16}">${label}</text>`,
  );
  const title = `<text class="x" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 3}">step</text>`;
  return [...rows, ...columns, title].join('');
}

/** Points up to which each has a dot, as steps that are far apart show. */
const DOTS = 60;

function dots(name: string, places: readonly string[]): string {
  return places
    .map((at) => {
      const [cx, cy] = at.split(',');
      return `<circle class="${name}" cx="${cx}" cy="${cy}" r="2"/>`;
    })
    .join('');
}

/** What is not finite breaks the line; a point alone is a dot. */
function line(name: string, points: readonly TrajectoryPoint[], x: Scale, y: Scale, of: 'expected' | 'actual'): string {
  const runs: string[][] = [[]];
  for (const point of points) {
    if (Number.isFinite(point[of])) runs.at(-1)!.push(`${round(x.at(point.step))},${round(y.at(point[of]))}`);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs
    .filter((run) => run.length > 0)
    .map((run) => {
      const [cx, cy] = run[0]!.split(',');
      if (run.length === 1) return `<circle class="${name}" cx="${cx}" cy="${cy}" r="3"/>`;
      return `<polyline class="${name}" points="${run.join(' ')}"/>${points.length <= DOTS ? dots(name, run) : ''}`;
    })
    .join('');
}

function stepScale(points: readonly TrajectoryPoint[]): Scale {
  const [first, last] = [points[0]!.step, points.at(-1)!.step];
  const width = WIDTH - LEFT - RIGHT;
  const at = (step: number): number => LEFT + (width * (step - first)) / Math.max(last - first, 1);
  const every = Math.max(1, Math.ceil((last - first) / 5));
  const ticks = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every);
  return { at, ticks: ticks.map((step) => [at(step), String(step)]) };
}

function linear(least: number, most: number): Scale {
  // All the same: a line in the middle.
  const spread = most - least || Math.abs(most) || 1;
  const [low, high] = most === least ? [least - spread / 2, most + spread / 2] : [least, most];
  const height = HEIGHT - TOP - BOTTOM;
  // Halves, as the difference of the largest numbers overflows.
  const at = (value: number): number => TOP + (height * (high / 2 - value / 2)) / (high / 2 - low / 2);
  const ticks = [0, 1, 2, 3].map((i) => low + (high / 3 - low / 3) * i);
  return { at, ticks: ticks.map((value) => [at(value), short(value)]) };
}

/** Zero is at the bottom, 1 a little above. */
function logarithmic(most: number): Scale {
  const top = Math.max(1, Math.ceil(Math.log10(most + 1)));
  const height = HEIGHT - TOP - BOTTOM;
  const at = (value: number): number => TOP + height * (1 - Math.log10(value + 1) / top);
  const every = Math.ceil(top / 4);
  const powers = Array.from({ length: Math.floor(top / every) }, (_, i) => (i + 1) * every);
  return {
    at,
    ticks: [
      [at(0), '0'],
      ...powers.map((power) => [at(10 ** power - 1), power < 4 ? String(10 ** power) : `1e${power}`] as const),
    ],
  };
}

function magnitude(ulps: string): number {
  return Math.abs(Number(ulps));
}

function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(5))) : value.toExponential(1);
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
