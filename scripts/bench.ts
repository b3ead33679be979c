/**
 * Times the main jobs from the shell and the fuzzer, side by side in one run, and says how large golden/ is.
 *
 *     npm run build && npm run bench [-- --python PATH --torch-source PATH]     with real PyTorch, and its source in WebAssembly, too
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzz } from '../src/conformance/fuzz/fuzz.ts';
import { goldenFolder, goldenPaths } from '../src/golden/folder.ts';
import { readGolden } from '../src/golden/read.ts';
import { table } from '../src/report/table.ts';
import type { PortModule } from '../src/scenario/port.ts';
import { judge } from '../src/conformance/judge.ts';
import { commandSource } from '../src/subject/command.ts';
import { givenSource, moduleSource } from '../src/subject/module.ts';
import { port } from '../src/subject/port.ts';
import { pyodideTorchSource } from '../src/subject/pyodide/source.ts';
import type { Subject, SubjectSource } from '../src/subject/subject.ts';
import { openTorch } from '../src/subject/torch.ts';
import { stateDictRows } from './bench-state-dict.ts';

const { values } = parseArgs({ options: { python: { type: 'string' }, 'torch-source': { type: 'string' } } });
const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url));

/** Median wall-clock seconds of three runs of Node. */
function nodeSeconds(...args: readonly string[]): string {
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    return (performance.now() - began) / 1000;
  });
  return `${times.sort((a, b) => a - b)[1]!.toFixed(2)} s`;
}

/** The same of the command line. */
function seconds(...args: readonly string[]): string {
  return nodeSeconds('--import', 'tsx', path('../src/cli/main.ts'), ...args);
}

/** The same of the command line as it is published. */
function builtSeconds(...args: readonly string[]): string {
  return nodeSeconds(path('../dist/cli/main.js'), ...args);
}

const CASE = 'step/flags-float32/momentum+foreach=none';

/** Programs a second of the port against a subject. */
async function programs(subject: Subject, runs: number): Promise<string> {
  const ours = await port.open({ version: subject.version ?? '2.13.0', arithmetic: 'separate' });
  await fuzz(subject, ours, { runs: 20, seed: 1 });
  const began = performance.now();
  await fuzz(subject, ours, { runs, seed: 2 });
  return `${Math.round((1000 * runs) / (performance.now() - began))} programs/s`;
}

const REFERENCE = 'torch-2.15.0/separate';

/** Cases a second of a stranger's port, run and compared: the second time through those that it claims. */
async function cases(source: SubjectSource): Promise<string> {
  const subject = await source.open({ version: '2.15.0', arithmetic: 'separate' });
  const claimed = readGolden().cases.filter(
    ({ needs, observed, scenario }) =>
      observed.has(REFERENCE) &&
      needs.every((need) => subject.supports.includes(need)) &&
      subject.lacks!(scenario.program).length === 0,
  );
  let began = 0;
  for (const _ of ['to warm up', 'to time']) {
    began = performance.now();
    for (const c of claimed) judge(subject, c, REFERENCE, await subject.run(c.scenario));
  }
  const seconds = (performance.now() - began) / 1000;
  await subject.close();
  await source.close?.();
  return `${Math.round(claimed.length / seconds)} cases/s`;
}

const stranger = path('../test/fixtures/ports/typed-arrays.ts');
const bytes = goldenPaths(goldenFolder).reduce((sum, path) => sum + statSync(path).size, 0);
const rows: (readonly [string, string, string])[] = [
  ['job', 'measured', 'target'],
  ['node -e 0', nodeSeconds('-e', '0'), ''],
  ['built: --help', builtSeconds('--help'), ''],
  ['built: list', builtSeconds('list'), '< 0.5 s'],
  ['built: show of a clause', builtSeconds('show', 'RMS-7'), '< 0.5 s'],
  ['built: show of a case', builtSeconds('show', CASE), '< 0.5 s'],
  ['built: check of a case', builtSeconds('check', '--only', CASE), '< 0.5 s'],
  ['check, newest references', seconds('check'), '< 3 s'],
  ['check, every reference', seconds('check', '--reference', '*'), '< 5 s'],
  [`golden/, ${readGolden().cases.length} cases`, `${(bytes / 2 ** 20).toFixed(1)} MB`, '< 14 MB'],
  [
    'fuzz, port against port',
    await programs(await port.open({ version: '2.13.0', arithmetic: 'separate' }), 2000),
    '> 300 programs/s',
  ],
];
const { default: typedArrays } = (await import(stranger)) as { readonly default: PortModule };
rows.push(
  ['a port, in the same thread', await cases(givenSource(typedArrays)), '> 1,000 cases/s'],
  ['a module, in a thread of its own', await cases(await moduleSource(stranger)), '> 1,000 cases/s'],
  [
    'a program, through a pipe: rmsprop.py',
    await cases(await commandSource(`python3 ${path('../spec/adapters/rmsprop.py')}`)),
    '> 300 cases/s',
  ],
);
rows.push(...stateDictRows(values.python));
if (values.python !== undefined) {
  const torch = await openTorch('separate', { python: values.python });
  rows.push(['fuzz, port against PyTorch', await programs(torch, 1000), '> 50 programs/s']);
  await torch.close();
  rows.push(['record --verify', seconds('record', '--verify', '--python', values.python), '< 600 s']);
}
if (values['torch-source'] !== undefined) {
  const source = pyodideTorchSource({ source: values['torch-source'] });
  const subject = await source.open({ version: source.version!, arithmetic: 'separate' });
  rows.push(["fuzz, port against PyTorch's source in Pyodide", await programs(subject, 300), '> 20 programs/s']);
  await source.close();
}
for (const line of table(rows)) console.log(line);
