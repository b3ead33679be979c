/**
 * Times the main jobs from the shell, and says how large golden/ is.
 *
 *     npm run bench [-- --python PATH]     with a Python that has torch, recording too
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { goldenFolder, goldenPaths, readGolden } from '../src/golden/read.ts';
import { table } from '../src/report/table.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const python = process.argv.includes('--python') ? process.argv[process.argv.indexOf('--python') + 1] : undefined;

/** Median wall-clock seconds of three runs of the command line. */
function seconds(...args: readonly string[]): string {
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    execFileSync(process.execPath, ['--import', 'tsx', main, ...args], { stdio: 'ignore' });
    return (performance.now() - began) / 1000;
  });
  return `${times.sort((a, b) => a - b)[1]!.toFixed(2)} s`;
}

const bytes = goldenPaths(goldenFolder).reduce((sum, path) => sum + statSync(path).size, 0);
const { cases } = readGolden();
const rows: (readonly [string, string, string])[] = [
  ['job', 'measured', 'target'],
  ['check, newest references', seconds('check'), '< 3 s'],
  ['check, every reference', seconds('check', '--reference', '*'), '< 5 s'],
  ['list', seconds('list'), ''],
  [`golden/, ${cases.length} cases`, `${(bytes / 2 ** 20).toFixed(1)} MB`, '< 14 MB'],
];
if (python !== undefined) rows.push(['record --verify', seconds('record', '--verify', '--python', python), '< 600 s']);
for (const line of table(rows)) console.log(line);
