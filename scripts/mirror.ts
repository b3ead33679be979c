/**
 * Tests mirror src: test/X.test.ts and test/X.slow.test.ts are the tests of the file or folder X of src, scripts or spec.
 *
 *     npx tsx scripts/mirror.ts     exit status 1 and one line for each test that is of nothing
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders of test/ whose tests are of no one file: subjects beside each other. */
const OF_MANY = ['differential'];

/** The tests of a repository that mirror nothing. */
export function unmirrored(root: string): string[] {
  const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' });
  return tests
    .filter((path) => path.endsWith('.test.ts') && !OF_MANY.includes(path.split('/')[0]!))
    .filter((path) => {
      const stem = path.replace(/(\.slow)?\.test\.ts$/, '');
      const ends = ['', '.ts', '.py', '.md', '.json'];
      return !ends.some((end) => existsSync(join(root, 'src', stem + end)) || existsSync(join(root, stem + end)));
    })
    .sort();
}

if (process.argv[1]?.endsWith('mirror.ts')) {
  const strange = unmirrored(fileURLToPath(new URL('..', import.meta.url)));
  for (const path of strange) console.error(`of nothing: test/${path}`);
  process.exitCode = strange.length > 0 ? 1 : 0;
}
