/**
 * How wide the derived bounds of the golden cases are, and whether they do what they are for.
 *
 *     npm run bounds     exit status 1 if a bound accepts a variant that its case claims to catch, or leaves a reference outside
 */
import { bounded } from '../src/conformance/bounded.ts';
import { type Bound, boundsOf, hasBounds } from '../src/conformance/bounds/bounds.ts';
import { targetOf } from '../src/conformance/verdicts.ts';
import { variants } from '../src/conformance/variants/index.ts';
import { readGolden } from '../src/golden/read.ts';
import type { Case, ReferenceName } from '../src/golden/types.ts';
import type { Scenario } from '../src/scenario/types.ts';
import { aten } from '../src/tensor/aten.ts';

const REFERENCE = 'torch-2.13.0/separate';
const NUMERIC = new Set(['numbers', 'state'] as const);

/** Columns: name, radius in ulp and relative to the centre, each the largest and the median, undetermined numbers. */
const WIDTHS = [34, 8, 8, 8, 8, 8] as const;

const total = { cases: 0, numbers: 0, undetermined: 0, accepted: 0, outside: 0 };
const began = performance.now();
let file = '';
for (const c of readGolden().cases.filter((own) => own.needs.includes('numbers') && hasBounds(own))) {
  if (c.file !== file) console.log(`${file && '\n'}${(file = c.file)}\n${row(heading())}`);
  for (const line of await lines(c)) console.log(line);
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(
  `\n${total.cases} cases, ${total.numbers} numbers, ${total.undetermined} undetermined, ${seconds} s\n` +
    `${total.accepted} variants accepted that should be caught, ${total.outside} references outside`,
);
process.exitCode = total.accepted + total.outside > 0 ? 1 : 0;

async function lines(c: Case): Promise<string[]> {
  const reference = c.observed.has(REFERENCE) ? REFERENCE : [...c.observed.keys()][0]!;
  const made = new Map<string, Promise<readonly Bound[]>>();
  const boundsFor = (name: ReferenceName): Promise<readonly Bound[]> => {
    const { version, arithmetic } = targetOf(name);
    // Of the arithmetic the bounds depend on its device, and on what compiled steps refuse.
    const key = `${version} ${['cuda', 'compiled'].find((own) => own === arithmetic)}`;
    if (!made.has(key)) made.set(key, boundsOf(c.scenario, targetOf(name)));
    return made.get(key)!;
  };
  const bounds = await boundsFor(reference);
  const { radii, relative, undetermined } = widths(c.scenario, bounds);
  total.cases += 1;
  total.numbers += radii.length;
  total.undetermined += undetermined;
  const cells = [...extremes(radii), ...extremes(relative)].map((x) => (x === undefined ? '-' : short(x)));
  const defects = [...(await accepted(c, reference, bounds)), ...(await outside(c, boundsFor))];
  return [
    row([c.id.slice(c.file.length + 1), ...cells, String(undetermined)]),
    ...defects.map((text) => `    ${text}`),
  ];
}

/** The variants that the case says it catches, and that its bounds let pass in some arithmetic of the reference's version. */
async function accepted(c: Case, reference: ReferenceName, bounds: readonly Bound[]): Promise<string[]> {
  const found: string[] = [];
  const { version } = targetOf(reference);
  const same = [...c.observed.keys()].filter((name) => targetOf(name).version === version);
  for (const { name, source } of variants.filter((variant) => c.catches.includes(variant.name)))
    for (const own of same) {
      const wrong = await (await source.open(targetOf(own))).run(c.scenario);
      if (bounded(c.scenario, bounds, c.observed.get(own)!, wrong, NUMERIC).within)
        found.push(`ACCEPTS ${name} in ${own}`);
    }
  total.accepted += found.length;
  return found;
}

/** Whether a reference is of compiled steps that lose writes (NUM-8): no rounding explains its numbers, so no bound can hold them. */
function losesWrites(reference: ReferenceName): boolean {
  const { version, arithmetic } = targetOf(reference);
  const row = aten[version.split('.').slice(0, 2).join('.') as keyof typeof aten];
  return arithmetic === 'compiled' && row?.compiled_loses_writes === true;
}

/** The references outside the bounds of their own version and device. */
async function outside(c: Case, boundsFor: (reference: ReferenceName) => Promise<readonly Bound[]>): Promise<string[]> {
  const found: string[] = [];
  for (const [reference, observations] of c.observed) {
    if (losesWrites(reference)) continue;
    const { first } = bounded(c.scenario, await boundsFor(reference), observations, observations, NUMERIC);
    if (first === undefined) continue;
    total.outside += 1;
    found.push(`OUTSIDE ${reference}: ${first.where}`, `  expected ${first.expected}`, `  got ${first.actual}`);
  }
  return found;
}

/** Radii in ulp of the centre and relative to it; of zeros, NaN and infinities there are none. */
function widths(
  scenario: Scenario,
  bounds: readonly Bound[],
): { radii: number[]; relative: number[]; undetermined: number } {
  const [radii, relative] = [[] as number[], [] as number[]];
  let undetermined = 0;
  for (const { tensor, low, high } of bounds) {
    const [digits, smallest] = scenario.tensors[tensor]?.dtype === 'float64' ? [53, -1074] : [24, -149];
    low.forEach((end, i) => {
      // Halved first: the sum of the ends may overflow.
      const [centre, radius] = [high[i]! / 2 + end / 2, high[i]! / 2 - end / 2];
      if (end === -Infinity && high[i] === Infinity) undetermined += 1;
      if (centre === 0 || !Number.isFinite(centre)) return;
      const unit = Math.max(Math.floor(Math.log2(Math.abs(centre))) - digits + 1, smallest);
      radii.push(radius / 2 ** unit);
      relative.push(radius / Math.abs(centre));
    });
  }
  return { radii, relative, undetermined };
}

/** The largest and the median. */
function extremes(numbers: readonly number[]): [number | undefined, number | undefined] {
  const sorted = numbers.toSorted((a, b) => a - b);
  return [sorted.at(-1), sorted[sorted.length >> 1]];
}

function short(x: number): string {
  return x !== 0 && (x < 0.1 || x >= 1e6) ? x.toExponential(1) : x.toFixed(x < 10 ? 1 : 0);
}

function heading(): string[] {
  return ['', 'max ulp', 'median', 'max rel', 'median', 'undet.'];
}

/** A name that is too long for its column gets a line of its own. */
function row([name, ...cells]: readonly string[]): string {
  const numbers = cells.map((cell, i) => cell.padStart(WIDTHS[i + 1]!)).join(' ');
  const [first, width] = [`  ${name}`, WIDTHS[0]];
  return first.length > width ? `${first}\n${' '.repeat(width)}${numbers}` : first.padEnd(width) + numbers;
}
