/**
 * Writes spec/versions.md: what changed from one PyTorch version to the next, by running their own sources over golden/.
 *
 *     npx tsx scripts/versions.ts SOURCE SOURCE...    oldest first; each an installed torch, a folder or a wheel
 */
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import type { Drift, DriftResult } from '../src/conformance/drift.ts';
import { driftOfSources } from '../src/conformance/drift-of-sources.ts';
import { readGolden } from '../src/golden/read.ts';
import { writeText } from '../src/golden/write.ts';

const PAGE = fileURLToPath(new URL('../spec/versions.md', import.meta.url));
const sources = process.argv.slice(2);
const { cases } = readGolden();
const own = cases.filter(({ area }) => area !== 'cuda');

const sections: string[] = [];
for (const [i, from] of sources.slice(0, -1).entries())
  sections.push(section(await driftOfSources(from, sources[i + 1]!, own)));

const text = `# What changed when

Made by \`scripts/versions.ts\`: PyTorch's own optimizer, RMSprop and hooks of each version, unmodified, run over the golden scenarios there were then,
on a tensor shim in arithmetic \`separate\`. The shim is the same for all, so what follows is what the Python of PyTorch changed;
what its kernels changed is not seen here. Cases of one kind stand in one row, with an example. The texts are shortened.

${sections.join('\n\n')}
`;
writeText(PAGE, await prettier.format(text, { ...(await prettier.resolveConfig(PAGE)), parser: 'markdown' }));

function section({ from, to, cases: compared, numbers, drifts }: DriftResult): string {
  const version = (name: string): string => name.replace('torch-', '').replace('/separate', '');
  const head = `## ${version(from)} to ${version(to)}`;
  const count = `${compared} cases and ${numbers.compared} numbers compared, ${numbers.differing} numbers differ.`;
  const rows = drifts.toSorted((a, b) => b.cases.length - a.cases.length).map(row);
  const table = ['| cases | where | before | after | such as |', '| --: | --- | --- | --- | --- |', ...rows].join('\n');
  return [head, count, rows.length > 0 ? table : 'Nothing changed.'].join('\n\n');
}

function row({ difference, cases: ids }: Drift): string {
  const { operation, where, expected, actual } = difference;
  return `| ${[ids.length, `${operation}: ${cell(where)}`, cell(expected), cell(actual), `\`${ids[0]}\``].join(' | ')} |`;
}

function cell(text: string): string {
  const line = text
    .split('\n')[0]!
    .replaceAll('|', '\\|')
    .replaceAll(/[<*_`]/g, '\\$&');
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
