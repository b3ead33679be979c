/**
 * `rmsproof record`: records references from real PyTorch, or verifies those recorded.
 */
import { record as recordReferences } from '../golden/record.ts';
import { EXIT } from './exit-codes.ts';
import { matches } from '../scenario/glob.ts';
import { progress } from './progress.ts';
import { UsageError } from './usage-error.ts';
import { refusePacked } from './writable.ts';

/** Options of the command. */
export interface RecordCommandOptions {
  readonly golden: string;
  readonly python: string;
  readonly device: 'cpu' | 'cuda';
  readonly verify?: boolean;
  readonly add?: boolean;
  readonly compiled?: boolean;
  readonly only?: string;
}

/**
 * Runs the command.
 *
 * @returns the exit code: 0, or 1 when verifying found a difference
 * @throws UsageError for options that exclude each other, or a packed folder to write
 */
export async function record({
  golden,
  python,
  device,
  verify = false,
  add = false,
  compiled = false,
  only,
}: RecordCommandOptions): Promise<number> {
  if (verify && add) throw new UsageError('--add is for recording; --verify writes nothing');
  if (!verify) refusePacked(golden);
  const bar = progress();
  const results = await recordReferences({
    ...{ folder: golden, python, device, verify, add, compiled },
    ...(only === undefined ? {} : { only: (name: string) => matches(only, name) }),
    onProgress: bar.advance,
  });
  bar.end();
  for (const { reference, cases, changed, otherRecorder } of results) {
    const what = verify ? 'differ from those recorded' : 'changed';
    console.log(`${reference}  ${cases} cases, ${changed.length} ${what}`);
    for (const id of changed.slice(0, verify ? 20 : 0)) console.log(`  ${id}`);
    // Those of this package have just run: where nothing differs, they would record the same.
    const matters = changed.length > 0 ? ': record it anew' : ', which observed the same';
    if (verify && otherRecorder) console.log(`  recorded by other programs than those of this package${matters}`);
  }
  return verify && results.some(({ changed }) => changed.length > 0) ? EXIT.differs : EXIT.ok;
}
