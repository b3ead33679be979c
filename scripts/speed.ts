/**
 * Times one step of our port beside PyTorch, other packages, and a copy of as many bytes, and writes spec/speed.json and the tables of
 * spec/speed.md.
 *
 *     npm run build && npm run speed -- --python PATH [--rounds 3] [--time 0.2] [--only '10^6'] [--write]
 *
 * In every round each contender takes the fastest of its steps of a row, one contender after the other; what counts is the median of
 * the rounds. Other packages are those of scripts/speed/peers, after `npm ci` there.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { table } from '../src/report/table.ts';
import { Contender } from './speed/contender.ts';
import { type Measured, ratios, type Row, withTables } from './speed/page.ts';
import { type Asked, SIZES, VARIANTS } from './speed/rows.ts';

const { values } = parseArgs({
  options: {
    ...{ python: { type: 'string', default: 'python3' }, rounds: { type: 'string', default: '3' } },
    ...{
      time: { type: 'string', default: '0.2' },
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  },
} as const);
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ours = (name: string, mode: string): Contender =>
  new Contender(name, process.execPath, at('speed/ours.mjs'), mode);
const torch = (name: string, ...args: string[]): Contender =>
  new Contender(name, values.python, at('speed/torch_steps.py'), ...args);
const peer = (name: string, mode: string): Contender =>
  new Contender(name, process.execPath, at('speed/peers/run.mjs'), mode);
const contenders: readonly Contender[] = [
  ...[ours('fast', 'fast'), ours('fast, arrays', 'arrays'), ours('literal', 'literal')],
  ...[torch('single', 'single', '1'), torch('foreach', 'foreach', '1')],
  ...[torch('single, 2 threads', 'single', '2'), torch('foreach, 2 threads', 'foreach', '2')],
  torch('compiled', 'compiled', '1'),
  ...[peer('tfjs wasm', 'wasm'), peer('tfjs cpu', 'cpu'), peer('deepbox', 'deepbox'), ours('copy', 'copy')],
];

const [json, page] = [at('../spec/speed.json'), at('../spec/speed.md')];
const config = await resolveConfig(at('../package.json'));

/** What was measured before and is not measured now stays. */
let rows: readonly Row[] =
  values.only === undefined || !existsSync(json) ? [] : (JSON.parse(readFileSync(json, 'utf8')) as Measured).rows;

/** The median of what each contender answers in some rounds; who does not answer in the first is not asked again. */
async function measure(asked: Asked): Promise<Record<string, number>> {
  const answers = new Map<string, number[]>();
  for (let round = 0; round < Number(values.rounds); round++)
    for (const contender of contenders) {
      const known = answers.get(contender.name);
      if (round > 0 && known === undefined) continue;
      const seconds = await contender.ask(asked);
      if (seconds !== undefined) answers.set(contender.name, [...(known ?? []), seconds]);
    }
  const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
  return Object.fromEntries([...answers].map(([name, all]) => [name, median(all)]));
}

async function write(): Promise<void> {
  const measured: Measured = {
    ...{ processor: cpus()[0]!.model, cores: availableParallelism(), node: process.versions.node },
    ...{ rounds: Number(values.rounds), rows },
  };
  writeFileSync(json, await format(JSON.stringify(measured), { ...config, filepath: json }));
  writeFileSync(page, await format(withTables(readFileSync(page, 'utf8'), measured), { ...config, filepath: page }));
}

for (const { name: size, tensors, elements } of SIZES.filter(({ name }) => (values.only ?? name) === name))
  for (const [variant, options] of Object.entries(VARIANTS)) {
    const seconds = await measure({ tensors, elements, options, time: Number(values.time) });
    const row: Row = { size, variant, tensors, elements, seconds };
    rows = [...rows.filter((one) => one.size !== size || one.variant !== variant), row];
    for (const line of table(ratios([row]))) console.log(line);
    if (values.write) await write();
  }
for (const contender of contenders) contender.end();
