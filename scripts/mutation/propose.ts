/**
 * Proposes mutants of the port, spread over its files, for scripts/mutation/port.json: after the port has changed much.
 *
 *     npx tsx scripts/mutation/propose.ts [COUNT] > scripts/mutation/port.json
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { uniforms } from '../scenarios/random.ts';
import { type Mutant, mutated, repository } from './mutants.ts';

type Change = readonly [find: RegExp, replace: string];

/** Small slips; each is tried where it stands first in a line. */
const CHANGES: readonly Change[] = [
  [/ === /, ' !== '],
  [/ !== /, ' === '],
  [/ < /, ' <= '],
  [/ > /, ' >= '],
  [/ <= /, ' < '],
  [/ >= /, ' > '],
  [/ && /, ' || '],
  [/ \|\| /, ' && '],
  [/ \+ /, ' - '],
  [/ - /, ' + '],
  [/ \* /, ' / '],
  [/ \/ /, ' * '],
  [/\btrue\b/, 'false'],
  [/\bfalse\b/, 'true'],
  [/\b0\b(?![.x])/, '1'],
  [/\b1\b(?!\.)/, '2'],
  [/\.some\(/, '.every('],
  [/\.every\(/, '.some('],
  [/^(\s*)if \((.*)\) (return|throw|continue|\{)/, '$1if (!($2)) $3'],
  [/^(\s+)(?:void )?[\w#.[\]!]+\([^{]*\);$/, '$1;'],
  [/^(\s+)[\w#.[\]!]+ = [^{]*;$/, '$1;'],
  [/\? ([\w'.]+) : ([\w'.]+);$/, '? $2 : $1;'],
  [/(throw .*'[^']*\w)'/, "$1 or so'"],
  [/(Error\(`[^`]*\w)`/, '$1 or so`'],
];

const SKIPPED = /^\s*(?:\/?\*|\/\/|import |export type|type |readonly |interface |\| )/;

function* ofFile(file: string): Generator<Mutant> {
  const lines = readFileSync(join(repository, file), 'utf8').split('\n');
  let clause = 'no clause near';
  for (const [i, line] of lines.entries()) {
    clause = /\b[A-Z]{3}-\d+\b/.exec(line)?.[0] ?? clause;
    if (SKIPPED.test(line)) continue;
    const [code, comment] = [line.replace(/ \/\/ .*$/, ''), / \/\/ .*$/.exec(line)?.[0] ?? ''];
    for (const [find, replace] of CHANGES) {
      const changed = code.replace(find, replace);
      if (changed === code) continue;
      const mutant = unique(file, lines, i, changed + comment, clause);
      if (mutant !== undefined) yield mutant;
    }
  }
}

/** With as many lines above as make the text unique. */
function unique(
  file: string,
  lines: readonly string[],
  at: number,
  changed: string,
  about: string,
): Mutant | undefined {
  for (let from = at; from > Math.max(at - 6, -1); from--) {
    const above = lines.slice(from, at);
    const mutant = { file, about, find: [...above, lines[at]!].join('\n'), replace: [...above, changed].join('\n') };
    try {
      mutated(mutant);
      return mutant;
    } catch {
      // Once more with a line above.
    }
  }
  return undefined;
}

const count = Number(process.argv[2] ?? 200);
const uniform = uniforms(11);
const files = ['src/optim', 'src/tensor'].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => join(folder, path)),
);
const all = files.flatMap((file) => [...ofFile(file)]);
const chosen = all
  .map((mutant, i) => ({ mutant, i, order: uniform() }))
  .sort((a, b) => a.order - b.order)
  .slice(0, count)
  .sort((a, b) => a.i - b.i)
  .map(({ mutant }) => mutant);
process.stderr.write(`${chosen.length} of ${all.length} mutants\n`);
console.log(JSON.stringify(chosen, null, 2));
