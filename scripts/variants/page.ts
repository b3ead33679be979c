/**
 * The page of the score, and its matrix as the page has it.
 */
import { COMBINATIONS, nameOf, SINGLES } from './list.ts';
import { SPELLINGS, type Spelling, type Truth } from './ports.ts';
import type { Result, Scored } from './score.ts';

/** What a port of the list is called on the page. */
const words = (truth: Truth): string => `\`${nameOf(truth)}\``;

/** spec/variants.md. */
export function page(scores: readonly Scored[]): string {
  return `# Variants

Does the diagnosis ([conformance.md](conformance.md#the-diagnosis)) name what is wrong? \`npm run variants\` makes wrong ports, runs
each, and writes this page. Tests fail where a cell gets worse.

A wrong port is a right one whose text was edited, as its author would have written it: \`scripts/variants/ports\` are the right ones,
\`scripts/variants/edits.ts\` has the edits of every wrong value of the axes. The diagnosis shares no arithmetic with them. Each
is spelled in three ways: in float32, rounded operation by operation; in doubles, with state in doubles, rounded when a parameter is
stored; and one expression a line, rounded when it is stored.

Each port is run as \`check\` runs it, but for this: every seventh case of a golden file that the ports claim, one reference, and no fresh
programs. Pairs and triples are drawn by a seed, from different axes.

- **named**: one rule is named, and it is the truth.
- **alike**: what is named is not the truth in words, but ports that are wrong in that way answer as this one does, to all golden cases
  that they claim and to 200 fresh programs.
- **departure**: rounding that a bounded verdict lets pass, named as [what it is](conformance.md#bounds).
- **passed**: nothing fails.
- **missed**: anything else.

| what | ports | named | alike | departure | passed | missed |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${total('one wrong value', SINGLES, scores)}
${total('pairs and triples', COMBINATIONS, scores)}

## One wrong value

${matrix(SINGLES, scores)}

## Pairs and triples

${matrix(COMBINATIONS, scores)}

## What was said where it was not the truth in words

${others(scores)}
`;
}

function total(name: string, truths: readonly Truth[], scores: readonly Scored[]): string {
  const own = scores.filter(({ truth }) => truths.includes(truth));
  const counts = RESULTS.map((result) => own.filter((one) => one.result === result).length);
  return `| ${[name, own.length, ...counts].join(' | ')} |`;
}

const RESULTS: readonly Result[] = ['named', 'alike', 'departure', 'passed', 'missed'];

function matrix(truths: readonly Truth[], scores: readonly Scored[]): string {
  const rows = truths.map((truth) => {
    const cells = SPELLINGS.map(
      (spelling) => scores.find((one) => one.truth === truth && one.spelling === spelling)?.result ?? '',
    );
    return `| ${[words(truth), ...cells].join(' | ')} |`;
  });
  return [`| the port computes | ${SPELLINGS.join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join('\n');
}

function others(scores: readonly Scored[]): string {
  const odd = scores.filter(({ result }) => result === 'alike' || result === 'missed');
  return odd
    .map(({ spelling, truth, result, says }) => `- ${words(truth)} in ${spelling}, ${result}: ${says || 'nothing'}`)
    .join('\n');
}

/** The result of a port as a page has it; undefined where it does not have the port. */
export function resultOn(text: string, truth: Truth, spelling: Spelling): Result | undefined {
  const line = text.split('\n').find((one) => one.startsWith('| `') && one.split('|')[1]!.trim() === words(truth));
  return line?.split('|')[2 + SPELLINGS.indexOf(spelling)]?.trim() as Result | undefined;
}
