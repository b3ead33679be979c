/**
 * The gate's mutants, killed by the unit tests of the files that they change or not.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fate, type Mutant, mutated, repository } from './mutants.ts';

/** Unit tests: of the file itself, and no whole check. */
function testsOf({ file }: Mutant): string {
  return file.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts');
}

/** What comes of each mutant, in their order. @throws Error where the tests fail without any */
export function fatesOfGate(mutants: readonly Mutant[], done: (fate: Fate) => void): readonly Fate[] {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    for (const name of readdirSync(repository))
      if (['src', 'test', 'scripts'].includes(name))
        cpSync(join(repository, name), join(folder, name), { recursive: true });
      else if (!name.startsWith('.')) symlinkSync(join(repository, name), join(folder, name));
    const tests = [...new Set(mutants.map(testsOf))];
    if (!passes(folder, tests)) throw new Error(`the tests fail as they are: ${tests.join(', ')}`);
    return mutants.map((mutant) => {
      const path = join(folder, mutant.file);
      const text = mutated(mutant);
      writeFileSync(path, text);
      const killed = !passes(folder, [testsOf(mutant)]);
      cpSync(join(repository, mutant.file), path);
      const fate = { mutant, killed, ...(killed ? { by: testsOf(mutant) } : {}) };
      done(fate);
      return fate;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function passes(folder: string, tests: readonly string[]): boolean {
  try {
    execFileSync('npx', ['vitest', 'run', '--project', 'quick', '--bail', '1', ...tests], {
      cwd: folder,
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
