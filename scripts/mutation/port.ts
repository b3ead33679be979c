/**
 * The port's mutants, killed by `check` or not.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fate, Mutant } from './mutants.ts';
import type { Told, Work } from './port-worker.ts';

/** A mutant that takes as long never ends: all of a check takes a tenth of it. */
const PATIENCE = 300_000;

/** What comes of each mutant, in their order. @throws Error when a mutant is no program */
export async function fatesOfPort(mutants: readonly Mutant[], done: (fate: Fate) => void): Promise<readonly Fate[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const fates: Fate[] = [];
  const add = (by: string | undefined): void => {
    const mutant = mutants[fates.length]!;
    const fate = { mutant, killed: by !== undefined, ...(by === undefined ? {} : { by }) };
    fates.push(fate);
    done(fate);
  };
  try {
    while (fates.length < mutants.length)
      if ((await some({ mutants, from: fates.length, folder }, add)) === 'stuck') add('it does not end');
    return fates;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs mutants in one process until all are done, or one of them does not end. */
function some(work: Work, add: (by: string | undefined) => void): Promise<'done' | 'stuck'> {
  const worker = fork(fileURLToPath(new URL('port-worker.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  worker.send(work);
  return new Promise((resolve, reject) => {
    let stuck = false;
    const wait = (): NodeJS.Timeout =>
      setTimeout(() => {
        stuck = true;
        worker.kill('SIGKILL');
      }, PATIENCE);
    let timer = wait();
    worker.on('message', ({ by }: Told) => {
      clearTimeout(timer);
      timer = wait();
      add(by);
    });
    worker.on('exit', (code) => {
      clearTimeout(timer);
      if (stuck) resolve('stuck');
      else if (code === 0) resolve('done');
      else reject(new Error(`mutants of the port ended with exit code ${code}`));
    });
  });
}
