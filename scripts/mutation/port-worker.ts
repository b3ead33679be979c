/**
 * Runs mutants of the port by `check`, one after the other, in a process of its own: a mutant may never end, and then the
 * process is ended.
 */
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../../src/conformance/run.ts';
import { readGolden } from '../../src/golden/read.ts';
import { port } from '../../src/subject/port.ts';
import type { SubjectSource } from '../../src/subject/subject.ts';
import { type Mutant, mutated, repository } from './mutants.ts';

/** What the process is told: the mutants, which of them are its own, and where it may write. */
export interface Work {
  readonly mutants: readonly Mutant[];
  readonly from: number;
  readonly folder: string;
}

/** What it tells of each. */
export interface Told {
  readonly index: number;
  readonly by?: string;
}

const { mutants, from, folder } = await new Promise<Work>((resolve) =>
  process.once('message', (work) => resolve(work as Work)),
);
const golden = readGolden();
/** The newest version that was ported in each arithmetic, and the documented one; others say little more. */
const references = ['torch-2.13.0/separate', 'torch-2.1.2/separate', 'torch-2.13.0/fused', 'torch-2.11.0/cuda'];

/** What kills a mutant; undefined if nothing does. @throws where the changed text is no program */
async function killer(mutant: Mutant, index: number): Promise<string | undefined> {
  const own = join(folder, String(index));
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(repository, 'node_modules'), join(own, 'node_modules'));
  cpSync(join(repository, 'src'), join(own, 'src'), { recursive: true });
  mkdirSync(join(own, dirname(mutant.file)), { recursive: true });
  writeFileSync(join(own, mutant.file), mutated(mutant));
  try {
    const module = pathToFileURL(join(own, 'src/subject/port.ts')).href;
    return await failure(((await import(module)) as { port: SubjectSource }).port, mutant.about);
  } finally {
    rmSync(own, { recursive: true });
  }
}

/** Cases of its clause first, then some of everything: what kills a mutant is met early. */
function ordered(about: string): typeof golden {
  const near = (i: number): number => (golden.cases[i]!.clauses.includes(about) ? -1 : i % 61);
  const order = [...golden.cases.keys()].sort((a, b) => near(a) - near(b) || a - b);
  return { ...golden, cases: order.map((i) => golden.cases[i]!) };
}

async function failure(source: SubjectSource, about: string = ''): Promise<string | undefined> {
  try {
    const { runs } = await run(ordered(about), source, { references, bail: true, exact: true });
    const bad = runs.flatMap(({ cases }) => cases).find(({ verdict }) => verdict === 'failed' || verdict === 'broken');
    return bad?.id;
  } catch (error) {
    return `threw ${error instanceof Error ? error.name : String(error)}`;
  }
}

if (from === 0) {
  const by = await failure(port);
  if (by !== undefined) throw new Error(`the port fails as it is: ${by}`);
}
for (const [index, mutant] of mutants.entries()) {
  if (index < from) continue;
  const by = await killer(mutant, index);
  process.send!({ index, ...(by === undefined ? {} : { by }) } satisfies Told);
}
process.disconnect();
