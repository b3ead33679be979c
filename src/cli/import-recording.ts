/**
 * `rmsproof import-recording FILE`: makes golden files of a recording from a machine with a GPU.
 */
import { importRecording } from '../golden/import.ts';
import { EXIT } from './exit-codes.ts';

/**
 * Runs the command.
 *
 * @returns the exit code
 */
export async function importRecordingCommand(file: string, options: { readonly golden: string }): Promise<number> {
  for (const { path, reference, cases } of importRecording(file, options.golden))
    console.log(`written  ${path}: ${cases} cases of ${reference}`);
  return EXIT.ok;
}
