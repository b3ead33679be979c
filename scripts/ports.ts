/**
 * Holds the real packages of test/ports against PyTorch, and writes the table of test/ports/README.md.
 *
 *     npm ci --prefix test/ports --ignore-scripts --omit=optional      the packages, as they are pinned
 *     npm run ports                                                   writes
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { check, type CheckResult } from '../src/check.ts';
import type { Cause } from '../src/conformance/diagnosis/causes.ts';
import { causesIn } from '../src/report/failure.ts';
import { writeText } from '../src/golden/write.ts';
import { root } from '../src/scenario/root.ts';

/** Modules of test/ports that export a port, with the name that the table gives each. */
export const PORTS: Readonly<Record<string, string>> = {
  'tfjs/cpu.js': '@tensorflow/tfjs-core, backend cpu',
  'tfjs/wasm.js': '@tensorflow/tfjs-core, backend wasm',
  'deepbox/port.js': 'deepbox',
  'adnn/port.js': 'adnn',
  'convnetjs/port.js': 'convnetjs, `windowgrad`',
  'brain.js/port.js': 'brain.js, recurrent nets',
  'recurrent-js/port.js': 'recurrent-js',
};

/** What was found of one module. */
export interface Row {
  readonly name: string;
  readonly result: CheckResult;
}

/** Checks one module, against what is expected of it: the file beside it says which deviations are known. */
export async function checkPackage(module: string): Promise<Row> {
  const result = await check(new URL(`test/ports/${module}`, root));
  return { name: PORTS[module]!, result };
}

/** Causes beside the rule that are told, a package. */
const TOLD = 3;

/** The table, as Markdown. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, result }) => {
    const { failed, broken } = result.footer.counts;
    const verdict = broken > 0 ? 'the adapter broke' : failed > 0 ? '**does not conform**' : 'conforms';
    const found = [...ruleOf(result), ...losses(result), ...departures(result), ...refusals(result)];
    return `| ${name} | ${result.subject.version ?? ''} | ${verdict} | ${found.map(cell).join('; ') || '-'} |`;
  });
  return [
    '| package | version | verdict | what it does in place of PyTorch’s rule |',
    '| --- | --- | --- | --- |',
    ...cells,
  ].join('\n');
}

/** The page with its table made anew. */
export async function pageWith(page: string, rows: readonly Row[]): Promise<string> {
  const [{ result }] = rows as readonly [Row];
  const against = `rmsproof ${result.header.rmsproof}, against PyTorch ${result.runs[0]!.reference.split('/')[0]!.replace('torch-', '')}.`;
  const text = page.replace(
    /(<!-- npm run ports -->\n)[^]*(?=<!-- end -->)/,
    (_, head: string) => `${head}\n${table(rows)}\n\n${against}\n\n`,
  );
  return prettier.format(text, { ...(await prettier.resolveConfig(PAGE)), parser: 'markdown' });
}

const PAGE = fileURLToPath(new URL('test/ports/README.md', root));

function ruleOf({ runs }: CheckResult): readonly string[] {
  const rules = runs[0]!.diagnosis?.rules ?? [];
  const either = rules.map(({ axes }) => axes.map(({ says }) => says).join('; '));
  return either.length === 0 ? [] : [either.join(', or ')];
}

/** What is lost on the way through a checkpoint; an option without effect is said of the rule. */
function losses({ runs }: CheckResult): readonly string[] {
  return (runs[0]!.diagnosis?.sanity ?? []).filter((text) => /^(?:load|save) /.test(text));
}

/** What the verdict bounded lets pass. */
function departures({ runs }: CheckResult): readonly string[] {
  return (runs[0]!.departures ?? []).map(({ summary }) => summary);
}

/** Errors that PyTorch does not raise, each once whatever value it names. */
function refusals({ runs }: CheckResult): readonly string[] {
  const throwing = causesIn(runs[0]!).filter(({ says }: Pick<Cause, 'says'>) => / throws /.test(says));
  const kinds = new Map<string, string>();
  for (const { says } of throwing) {
    const kind = says.replace(/^\w+ throws/, 'throws').replaceAll(/-?(?:\d[\d.e+-]*|Infinity|NaN)/g, '…');
    kinds.set(kind, `${says.replace(/^\w+ throws \w+: /, 'throws “')}”`);
  }
  return [...kinds.values()].slice(0, TOLD);
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}

if (process.argv[1]?.endsWith('ports.ts')) {
  const rows: Row[] = [];
  for (const module of Object.keys(PORTS)) {
    rows.push(await checkPackage(module));
    console.log(rows.at(-1)!.result.render('console'));
  }
  writeText(PAGE, await pageWith(readFileSync(PAGE, 'utf8'), rows));
}
