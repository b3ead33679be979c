/**
 * `rmsproof import-recording FILE`: makes golden files of a recording from a machine with a GPU.
 */
import { importRecording } from '../golden/import.ts';
import { EXIT } from './exit-codes.ts';
import { refusePacked } from './writable.ts';

/**
 * Runs the command.
 *
 * @returns the exit code
 * @throws UsageError for a packed folder
 */
export async function importRecordingCommand(file: string, options: { readonly golden: string }): Promise<number> {
  refusePacked(options.golden);
  for (const { path, reference, cases } of importRecording(file, options.golden))
    console.log(`written  ${path}: ${cases} cases of ${reference}`);
  return EXIT.ok;
}
