/**
 * The page that says what came of the mutants.
 */
import type { Fate } from './mutants.ts';

/** spec/mutation.md. */
export function page(gate: readonly Fate[], port: readonly Fate[]): string {
  return `# Mutation

Does the suite notice a small slip? \`npm run mutation\` makes one at a time and looks. It writes this page.

- **The gate**: slips in the comparison, its bits, the verdicts and what they rest on, in a copy of the repository. The unit tests of the
  changed file must fail.
- **The port**: slips in \`src/optim\` and \`src/tensor\`, drawn by chance from all that \`scripts/mutation/propose.ts\` finds. \`check\`
  must fail, against every reference.

The lists are data, \`scripts/mutation/gate.json\` and \`port.json\`: a file, an exact text, another in its place. A text that is no
longer in its file is an error. At least nine in ten must be killed.

| what | mutants | killed | share |
| --- | ---: | ---: | ---: |
${row('the gate', gate)}
${row('the port', port)}

## Survivors

${survivors([...gate, ...port])}

## By file

| file | mutants | killed |
| --- | ---: | ---: |
${files([...gate, ...port])}
`;
}

function row(name: string, fates: readonly Fate[]): string {
  const killed = count(fates);
  return `| ${name} | ${fates.length} | ${killed} | ${((100 * killed) / Math.max(fates.length, 1)).toFixed(1)} % |`;
}

function survivors(fates: readonly Fate[]): string {
  const alive = fates.filter(({ killed }) => !killed);
  if (alive.length === 0) return 'None.';
  return alive
    .map(({ mutant: { file, about, find, replace, survives = 'No case tells it from the original yet.' } }) => {
      const [before, after] = changed(find, replace);
      return `- \`${file}\`, ${about}. ${survives}\n\n  \`\`\`diff\n${before.map((line) => `  - ${line}`).join('\n')}\n${after.map((line) => `  + ${line}`).join('\n')}\n  \`\`\`\n`;
    })
    .join('\n');
}

/** The lines of two texts from the first to the last that differs. */
function changed(find: string, replace: string): readonly [readonly string[], readonly string[]] {
  const [before, after] = [find.split('\n'), replace.split('\n')];
  const first = before.findIndex((line, i) => line !== after[i]);
  return [before.slice(first), after.slice(first)];
}

function files(fates: readonly Fate[]): string {
  const names = [...new Set(fates.map(({ mutant }) => mutant.file))].sort();
  return names
    .map((name) => {
      const own = fates.filter(({ mutant }) => mutant.file === name);
      return `| \`${name}\` | ${own.length} | ${count(own)} |`;
    })
    .join('\n');
}

function count(fates: readonly Fate[]): number {
  return fates.filter(({ killed }) => killed).length;
}
