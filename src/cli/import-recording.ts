/**
 * `rmsproof import-recording FILE`: makes golden files of a recording from a machine with a GPU, and holds the port against them.
 */
import { run } from '../conformance/run.ts';
import { importRecording } from '../golden/import.ts';
import { locked } from '../golden/lock.ts';
import { readGolden } from '../golden/read.ts';
import { print } from '../report/wrap.ts';
import { port } from '../subject/port.ts';
import { EXIT } from './exit-codes.ts';
import { refusePacked } from './writable.ts';

/** How many cases in which the port differs are shown. */
const SHOWN = 20;

/**
 * Runs the command.
 *
 * @returns the exit code: 0, or 1 where the port computes something else than the recording says; the files are written all the same
 * @throws UsageError for a packed folder; InputError for a recording that is not what it should be
 */
export async function importRecordingCommand(file: string, options: { readonly golden: string }): Promise<number> {
  refusePacked(options.golden);
  const { reference, files, passedOver } = await locked(options.golden, () => importRecording(file, options.golden));
  for (const { path, cases } of files) console.log(`written  ${path}: ${cases} cases of ${reference}`);
  for (const [dtype, cases] of passedOver)
    console.log(`left out ${cases} ${cases === 1 ? 'case' : 'cases'} of ${dtype}, which this suite does not train`);
  const names = new Set(files.map(({ name }) => name));
  const golden = readGolden(options.golden, (name) => names.has(name));
  const { runs } = await run(golden, port, { references: [reference], exact: true });
  const results = runs.flatMap(({ cases }) => cases);
  const differing = results.filter(({ verdict }) => verdict !== 'exact');
  console.log(`the port is exact in ${results.length - differing.length} of ${results.length} cases`);
  for (const { id, difference } of differing.slice(0, SHOWN)) {
    print(`  ${id}`);
    if (difference !== undefined)
      print(
        `    ${difference.operation}: ${difference.where}: recorded ${difference.expected}, the port ${difference.actual}`,
      );
  }
  if (differing.length > SHOWN) console.log(`  and ${differing.length - SHOWN} more`);
  if (differing.length > 0) print('Either the recording says something else than what ran, or the port is wrong.');
  return differing.length > 0 ? EXIT.differs : EXIT.ok;
}
