/**
 * Whether a small slip in the gate fails its unit tests, and one in the port fails `check`: two fixed lists of mutants.
 *
 *     npm run mutation                 runs both and writes spec/mutation.md; exit status 1 if fewer than nine in ten are killed
 *     npm run mutation -- gate|port    runs one, and writes nothing
 *
 * Not Stryker, whose version for this vitest needs a newer Node than the package does.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { fatesOfGate } from './mutation/gate.ts';
import { type Fate, mutantsOf, repository } from './mutation/mutants.ts';
import { fatesOfPort } from './mutation/port.ts';
import { page } from './mutation/page.ts';

const LEAST = 0.9;

const only = process.argv[2];
const tell = ({ mutant, killed, by }: Fate): void =>
  console.log(
    `${killed ? 'killed  ' : 'SURVIVED'} ${mutant.file} (${mutant.about})${by === undefined ? '' : `: ${by}`}`,
  );
const gate = only === 'port' ? [] : fatesOfGate(mutantsOf('gate'), tell);
const port = only === 'gate' ? [] : await fatesOfPort(mutantsOf('port'), tell);
for (const [name, fates] of Object.entries({ gate, port })) {
  if (fates.length === 0) continue;
  const killed = fates.filter((fate) => fate.killed).length;
  console.log(`${name}: ${killed} of ${fates.length} killed`);
  if (killed / fates.length < LEAST) process.exitCode = 1;
  for (const { mutant } of fates.filter((fate) => fate.killed && fate.mutant.survives !== undefined))
    console.log(`  killed, though the list says that it survives: ${mutant.file}: ${mutant.replace.trim()}`);
}
if (only === undefined) {
  const text = await prettier.format(page(gate, port), {
    ...(await prettier.resolveConfig(join(repository, 'spec/mutation.md'))),
    parser: 'markdown',
  });
  writeFileSync(join(repository, 'spec/mutation.md'), text);
}
