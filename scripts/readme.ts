/**
 * Writes the generated blocks of README.md from runs.
 *
 *     npm run readme              writes
 *     npm run readme -- --check   exit status 1 if a block is stale
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { selectReferences } from '../src/cli/select.ts';
import { run } from '../src/conformance/run.ts';
import { readGolden } from '../src/golden/read.ts';
import { writeText } from '../src/golden/write.ts';
import { consoleReport } from '../src/report/console.ts';
import { moduleSource } from '../src/subject/module.ts';
import { port } from '../src/subject/port.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));

/** A stream that is no terminal: no colours. */
const stream = new PassThrough() as unknown as NodeJS.WriteStream;

/** The case that the sample of a failure shows. */
export const ONLY = 'step/flags-float32/momentum+foreach=none';

/** README.md with its generated blocks as runs make them now. */
export async function generated(readme: string): Promise<string> {
  const golden = readGolden();
  const check = await run(golden, port, { references: Object.keys(golden.references.references) });
  const references = selectReferences(golden, undefined, undefined);
  const conforms = await run(golden, await written(readme), { references });
  const one = { ...golden, cases: golden.cases.filter(({ id }) => id === ONLY) };
  const failure = await run(one, await written(withEpsInsideRoot(readme)), { references });
  const options = { command: 'npx rmsproof check ./my-port.ts', stream };
  const blocks = {
    conforms: verdict(consoleReport(conforms, options)),
    failure: excerpt(consoleReport(failure, options)),
    check: verdict(consoleReport(check, options)),
  };
  const text = Object.entries(blocks).reduce(
    (text, [name, block]) =>
      text.replace(
        new RegExp(`(\`\`\`text npm run readme: ${name}\n)[^]*?(?=\`\`\`)`),
        (_, head: string) => `${head}${block}\n`,
      ),
    readme,
  );
  return prettier.format(text, { ...(await prettier.resolveConfig(README)), parser: 'markdown' });
}

/** The block of code of a page that has a name behind its language. */
export function tested(page: string, name: string): string {
  const [, code] = new RegExp(`\`\`\`ts ${name}\n([^]*?)\`\`\``).exec(page) ?? [];
  if (code === undefined) throw new Error(`no block of code is named ${name}`);
  return code;
}

/** README.md with its optimizer wrong. */
export function withEpsInsideRoot(readme: string): string {
  const [right, wrong] = ['r(r(Math.sqrt(v[i]!)) + r(eps))', 'r(Math.sqrt(r(v[i]! + r(eps))))'];
  if (!readme.includes(`const d = ${right};`)) throw new Error("README.md's optimizer forms d in another way");
  return readme.replace(right, wrong);
}

/** The end of a report: its verdict. */
export function verdict(report: string): string {
  return /^(?:CONFORMS|DOES NOT CONFORM)[^]*/m.exec(report)![0].trimEnd();
}

/** A report from its first failure on, with one of the clauses that the case tries. */
export function excerpt(report: string): string {
  return /^ +FAILED[^]*/m
    .exec(report)![0]
    .replace(/^( +tries [A-Z]+-\d+ "[^"]*",)[^]*?(?=\n +npx )/m, '$1 …')
    .replaceAll(/^ {2}(?! {16})/gm, '')
    .trimEnd();
}

/** The port of README.md as a subject. */
async function written(readme: string): Promise<Awaited<ReturnType<typeof moduleSource>>> {
  const folder = mkdtempSync(join(tmpdir(), 'rmsproof-'));
  for (const name of ['my-rmsprop.ts', 'my-port.ts']) writeText(join(folder, name), tested(readme, name));
  return { ...(await moduleSource(join(folder, 'my-port.ts'))), name: './my-port.ts' };
}

if (process.argv[1]?.endsWith('readme.ts')) {
  const before = readFileSync(README, 'utf8');
  const after = await generated(before);
  if (process.argv.includes('--check')) process.exitCode = before === after ? 0 : 1;
  else writeText(README, after);
}
