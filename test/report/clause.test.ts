import { expect, test } from 'vitest';
import { clauses } from '../../src/golden/clauses.ts';
import { clauseText } from '../../src/report/clause.ts';

const cited = (id: string, ...clauses: string[]): { id: string; clauses: string[]; needs: [] } => ({
  ...{ id, clauses, needs: [] },
});

const shown = (text: string, ...citing: ReturnType<typeof cited>[]): string[] =>
  clauseText({ id: 'RMS-1', title: 'A title', page: 'spec/a.md', text }, citing).split('\n');

test('paragraphs and items are filled anew, links are their texts, code stays', () => {
  const text = `One line
of [prose](x.md).

- an item ${'of many words '.repeat(8).trimEnd()}
  that goes on
- another

\`\`\`text
a   b
\`\`\`

| a    | b |
| ---- | - |
| long | c |`;
  expect(shown(text)).toEqual([
    ...['RMS-1 A title (spec/a.md)', '', 'One line of prose.', ''],
    '- an item of many words of many words of many words of many words of many words',
    '  of many words of many words of many words that goes on',
    ...['- another', '', '    a   b', '', '| a | b |', '| long | c |', '', 'cited by 0 cases'],
  ]);
});

test('at most ten cases are named, first those that try little else, and all are counted', () => {
  const more = Array.from({ length: 10 }, (_, i) => cited(`a/b/more-${i}`, 'RMS-1', 'RMS-2'));
  const lines = shown('Text.', ...more, cited('a/b/only', 'RMS-1'));
  expect(lines.slice(4)).toEqual([
    ...['cited by 11 cases, such as', '  a/b/only'],
    ...more.slice(0, 9).map(({ id }) => `  ${id}`),
  ]);
  expect(shown('Text.', cited('a/b/only', 'RMS-1')).slice(4)).toEqual(['cited by 1 case', '  a/b/only']);
});

test('no clause of the specification has a line of prose over 80 columns', () => {
  for (const clause of clauses().values()) {
    expect(clause.text.length, clause.id).toBeGreaterThan(20);
    const prose = clauseText(clause, [])
      .split('\n')
      .filter((line) => !line.startsWith('    '));
    expect(
      prose.filter((line) => line.length > 80 && line.trim().includes(' ')),
      clause.id,
    ).toEqual([]);
  }
});
