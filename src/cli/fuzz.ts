/**
 * `rmsproof fuzz SUBJECT`: searches for a program on which a subject differs from another, and hands over the smallest.
 */
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Difference } from '../conformance/difference.ts';
import { type Counterexample, fuzz as search } from '../conformance/fuzz/fuzz.ts';
import { writeText } from '../golden/write.ts';
import { pythonScript } from '../report/counterexample/python.ts';
import { print } from '../report/wrap.ts';
import { typescriptFile } from '../report/counterexample/typescript.ts';
import { format } from '../golden/format.ts';
import type { Target } from '../scenario/port.ts';
import { EXIT } from './exit-codes.ts';
import { progress } from './progress.ts';
import { quoted, words } from './repeat.ts';
import { isCommand, refuseUnheeded, subjectOf, type SubjectOptions, subjectWords } from './subjects.ts';
import { targetFor, type TargetOptions } from './target.ts';
import { UsageError } from './usage-error.ts';
import { whole } from './whole.ts';

/** Options of the command. */
export interface FuzzCommandOptions extends SubjectOptions, TargetOptions {
  readonly against: string;
  readonly runs: string;
  readonly minutes?: string;
  readonly seed?: string;
  readonly path?: string;
  readonly out: string;
}

/**
 * Runs the command.
 *
 * @returns the exit code: 0 when no difference was found, 1 when one was
 */
export async function fuzz(name: string, options: FuzzCommandOptions): Promise<number> {
  const limits = {
    runs: whole('--runs', options.runs),
    ...(options.minutes === undefined ? {} : { minutes: whole('--minutes', options.minutes) }),
    ...(options.seed === undefined ? {} : { seed: whole('--seed', options.seed, -(2 ** 31)) }),
    ...(options.path === undefined ? {} : { path: options.path }),
  };
  if (options.path !== undefined && options.seed === undefined)
    throw new UsageError('--path needs the --seed that it belongs to');
  refuseUnheeded([name, options.against], options);
  const [actualSource, expectedSource] = [await subjectOf(name, options), await subjectOf(options.against, options)];
  const target = targetFor([expectedSource, actualSource], options);
  const [expected, actual] = [await expectedSource.open(target), await actualSource.open(target)];
  const bar = progress();
  try {
    const result = await search(expected, actual, {
      ...limits,
      onProgress: (done) => bar.advance('programs', done, limits.runs),
    });
    bar.end();
    if (result.counterexample === undefined) {
      print(`${result.runs} programs, no difference between ${name} and ${options.against} (seed ${result.seed})`);
      return EXIT.ok;
    }
    const { against, arithmetic, version } = options;
    const found = { against, seed: String(result.seed), path: result.path, arithmetic, version };
    const repeat = ['npx rmsproof fuzz', quoted(name), ...words(found), ...subjectWords(options)].join(' ');
    const files = write(result.counterexample, name, target, options.out, repeat);
    print(`${name} differs from ${options.against}, after ${result.runs} programs`);
    for (const line of text(result.counterexample.difference)) print(line);
    console.log(['', ...files.map((file) => `  ${file}`), '', `  ${repeat}`].join('\n'));
    return EXIT.differs;
  } finally {
    await Promise.all([expected.close(), actual.close()]);
    await Promise.all([expectedSource.close?.(), actualSource.close?.()]);
  }
}

function text({ where, expected, actual, operation }: Difference): string[] {
  return [`  ${operation}: ${where}`, `    expected  ${expected}`, `    actual    ${actual}`];
}

function write(
  { scenario, difference }: Counterexample,
  name: string,
  target: Target,
  out: string,
  repeat: string,
): string[] {
  const { where, expected, actual } = difference;
  const comment = [`${where}: expected ${expected}, got ${actual}`.replaceAll('\n', ' '), repeat];
  const files = {
    'counterexample.json': format(scenario),
    // What is no module cannot be imported.
    ...(isCommand(name)
      ? {}
      : { 'counterexample.mts': typescriptFile(scenario, { statement: importOf(name, out), target }, comment) }),
    'counterexample.py': pythonScript(scenario, comment),
  };
  return Object.entries(files).map(([file, content]) => {
    const path = join(out, file);
    writeText(path, content);
    return path;
  });
}

function importOf(name: string, out: string): string {
  if (name === 'port') {
    const path = relative(resolve(out), fileURLToPath(new URL('../subject/port.ts', import.meta.url)));
    return `import { portOf } from '${path}';\nimport { RMSprop } from '${path.replace('subject/port', 'optim/rmsprop')}';\n\nconst exported = (target: Parameters<typeof portOf>[1]) => portOf(RMSprop, target);`;
  }
  const path = relative(resolve(out), resolve(name));
  return `import exported from '${path.startsWith('.') ? path : `./${path}`}';`;
}
