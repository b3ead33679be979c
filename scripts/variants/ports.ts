/**
 * Wrong ports out of right ones: the text of a port, edited (edits.ts), in three spellings.
 */
import { readFileSync } from 'node:fs';
import type { Port } from '../../src/scenario/port.ts';
import { type Edit, SLIPS } from './edits.ts';

/** The spellings: float32 operation by operation, doubles rounded at the end of a step, one expression a line. */
export const SPELLINGS = ['float32', 'doubles', 'expression'] as const;

/** A spelling. */
export type Spelling = (typeof SPELLINGS)[number];

/** Values by axis; none for a right port. */
export type Truth = Readonly<Record<string, string>>;

const read = (name: string): string => readFileSync(new URL(`ports/${name}.js`, import.meta.url), 'utf8');
const TEXTS = { operations: read('operations'), expression: read('expression') };

/** What makes of single roundings none but that of a parameter that is stored. */
const DOUBLES: readonly Edit[] = [
  ['const r = Math.fround;', 'const r = (x) => x;'],
  ['const Buffer = Float32Array;', 'const Buffer = Float64Array;'],
];

/** Pairs of values of which an author would write the same lines otherwise: their edits do not make what both names say. */
const APART: readonly (readonly [string, RegExp])[] = [
  ['weight_decay=after-mean', /^momentum=(?!ignored|lr-inside$)/],
  // Who divides by 0 at every step sees it.
  ['correction=bias', /^count=never$/],
  // Which step is the first is read off the count.
  ['start=square', /^(count=|absent=counted$)/],
  ['first_mean=gradient', /^(count=|absent=counted$)/],
  // A sum over the tensor is taken of right gradients.
  ['squares=tensor-sum', /^(weight_decay|maximize)=/],
  ['squares=tensor-mean', /^(weight_decay|maximize)=/],
  // Who ignores centered has no mean of gradients.
  ['centered=ignored', /^(first_mean|mean)=/],
  // Who forgets has no largest.
  ['used=largest', /^state=none$/],
  // Less the square of a mean, a last mean of squares of 0 is negative: every number is NaN, and nothing tells values apart.
  ['used=last', /^(centered|centered_eps|centered_momentum|first_mean|mean)=/],
  // Gradients and their roots scale alike: less of both is more of an eps.
  ['scale=by-0.1', /^eps=fixed-/],
  // What an element starts at that is left alone in the first step.
  ['zero=skipped', /^(start=square|first_mean=gradient)$/],
];

/** The text of the port that is wrong in this way; undefined where two of its edits are of the same lines. */
export function textOf(spelling: Spelling, truth: Truth): string | undefined {
  const names = Object.entries(truth).map(([axis, value]) => `${axis}=${value}`);
  if (APART.some(([one, other]) => names.includes(one) && names.some((name) => other.test(name)))) return undefined;
  const of = spelling === 'expression' ? 'expression' : 'operations';
  let text = TEXTS[of];
  if (spelling === 'doubles') text = edited(text, DOUBLES)!;
  for (const slip of SLIPS) {
    if (truth[slip.axis] !== slip.value) continue;
    const made = edited(text, [...(slip[of] ?? []), ...(slip.both ?? [])]);
    if (made === undefined) return undefined;
    text = made;
  }
  return text;
}

/** The text after the edits that find their lines; undefined where none does. */
function edited(text: string, edits: readonly Edit[]): string | undefined {
  const made = edits.reduce((now, [from, to]) => now.replaceAll(from, () => to), text);
  return made === text ? undefined : made;
}

/** The port of a text, imported as any module is. */
export async function portOf(text: string): Promise<Port> {
  const { default: port } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { default: Port };
  return port;
}
