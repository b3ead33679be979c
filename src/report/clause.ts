/**
 * A clause in 80 columns: its text, and cases that cite it.
 */
import type { Clause } from '../golden/clauses.ts';
import type { CaseLine } from '../golden/packed.ts';
import { wrap } from './wrap.ts';

/** Cases that are named; the others are counted. */
const SHOWN = 10;

/** The clause as lines of text, with the cases that try little else of those that cite it. */
export function clauseText({ id, title, page, text }: Clause, citing: readonly CaseLine[]): string {
  const telling = citing.toSorted((a, b) => a.clauses.length - b.clauses.length).slice(0, SHOWN);
  const count = `cited by ${citing.length.toLocaleString('en-US')} ${citing.length === 1 ? 'case' : 'cases'}`;
  return [
    ...wrap(`${id} ${title} (${page})`),
    '',
    ...markdown(text),
    '',
    citing.length > SHOWN ? `${count}, such as` : count,
    ...telling.map((c) => `  ${c.id}`),
  ].join('\n');
}

/** Markdown for a terminal: paragraphs and items filled anew, links as their texts, code as it stands. */
function markdown(text: string): string[] {
  const parts = text.split(/^```\w*\n([^]*?)^```$/m);
  const lines = parts.flatMap((part, i) => (i % 2 === 1 ? indented(part) : filled(part)));
  // A block of code stands between blank lines as it is.
  return lines.filter((line, i) => line !== '' || (lines[i + 1] !== '' && i + 1 < lines.length));
}

function indented(code: string): string[] {
  return code
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd());
}

function filled(prose: string): string[] {
  return prose
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll(/(?<=\|) +| +(?=\|)/g, ' ')
    .replaceAll(/(?<![\n|])\n(?=[^\n|]) *(?!(?:[-*]|\d+\.) )/g, ' ')
    .split('\n')
    .filter((line) => !/^\|[ |:-]+$/.test(line))
    .flatMap((line) => wrap(line.trimEnd(), `${/^ */.exec(line)![0]}${/^ *(?:[-*|]|\d+\.) /.test(line) ? '  ' : ''}`));
}
