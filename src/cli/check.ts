/**
 * `rmsproof check [PORT]`: holds a port against golden observations.
 */
import { randomInt } from 'node:crypto';
import { eventsOf, reportOf } from '../conformance/events.ts';
import type { FreshOptions } from '../conformance/fresh.ts';
import { run } from '../conformance/run.ts';
import { type Conformance, type Outcome, outcomeOf } from '../conformance/verdicts.ts';
import { targetOf } from '../conformance/verdicts.ts';
import type { Golden } from '../golden/types.ts';
import { goldenFolder } from '../golden/folder.ts';
import { openGolden } from '../golden/read.ts';
import { matches } from '../scenario/glob.ts';
import { EXIT } from './exit-codes.ts';
import { type Progress, progress } from './progress.ts';
import { quoted, words } from './repeat.ts';
import { deliver, wantedReports } from './reporters.ts';
import { type Expected, expectedOf, type ExpectOptions, judged, writeExpectations } from './expect.ts';
import { pinned, readSelected, selectCases, selectReferences } from './select.ts';
import {
  COMMAND,
  type PortPath,
  refuseUnheeded,
  subjectOf,
  type SubjectOptions,
  type SUBJECTS,
  subjectWords,
} from './subjects.ts';
import { UsageError } from './usage-error.ts';
import { whole } from './whole.ts';

/** Options of the command. */
export interface CheckOptions extends SubjectOptions, ExpectOptions {
  readonly golden: string;
  readonly subject?: (typeof SUBJECTS)[number];
  /** A command line for the shell, in place of the path of a module. */
  readonly command?: string;
  readonly sqrt?: 'ieee' | 'built-in';
  readonly reference?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly reporter: readonly string[];
  readonly bail?: boolean;
  readonly ulp?: string;
  readonly exact?: boolean;
  readonly fresh?: string;
  readonly seed?: string;
  readonly path?: PortPath;
}

const EXITS: Readonly<Record<Outcome, number>> = {
  conforms: EXIT.ok,
  'as expected': EXIT.ok,
  stale: EXIT.stale,
  differs: EXIT.differs,
  broken: EXIT.broken,
  // Where nothing was tried, nothing was judged: the report is invalid.
  'none ran': EXIT.broken,
};

/**
 * Runs the command.
 *
 * @returns the exit code: 0 conforms, 1 does not, 3 an adapter broke or no case ran, 4 expectations are stale
 */
export async function check(module: string | undefined, options: CheckOptions): Promise<number> {
  if (module !== undefined && options.command !== undefined)
    throw new UsageError('expected a port or --command, got both');
  const path = options.command === undefined ? module : `${COMMAND}${options.command}`;
  refuseOptions(path, options);
  const wanted = wantedReports(options.reporter);
  const expected = expectedOf(path, options);
  refusePartial(expected, options);
  const bar = progress();
  const found = (await exactPort(path, options, bar)) ?? (await caseByCase(path, options, bar, expected));
  bar.end();
  const writes = options.update === true && TRIED.has(outcomeOf(found));
  if (options.update === true && !writes) process.stderr.write(`${expected.path} stays as it is\n`);
  const changed = writes ? writeExpectations(found, expected) : [];
  const now = changed.length > 0 ? expectedOf(path, { ...options, expect: expected.path! }) : expected;
  const result = judged(found, now, isPartial(options));
  const report = reportOf(eventsOf(result));
  const repeat = command(path, options);
  deliver(report, wanted, { command: repeat, whole: allOf(repeat, options, report.header.seed) }, module);
  for (const line of changed) process.stderr.write(`${line}\n`);
  return EXITS[outcomeOf(result)];
}

/** Outcomes after which something can be said of the port. */
const TRIED: ReadonlySet<Outcome> = new Set(['conforms', 'as expected', 'differs', 'stale']);

/** Whether some cases or other references are wanted: the counts of accepted deviations then say nothing. */
function isPartial({ only, skip, reference }: CheckOptions): boolean {
  return only !== undefined || skip !== undefined || reference !== undefined;
}

/** @throws UsageError for options that leave open what a file of expectations speaks of */
function refusePartial({ path }: Expected, options: CheckOptions): void {
  if (path === undefined) return;
  if (options.bail === true) throw new UsageError(`--bail does not go with ${path}; --no-expect leaves that out`);
  if (options.update === true && isPartial(options))
    for (const option of ['only', 'skip', 'reference'] as const)
      if (options[option] !== undefined)
        throw new UsageError(`--${option} does not go with --update, which needs every case`);
}

/** The port where it is exact everywhere; undefined where it is not, or something else is asked for. */
async function exactPort(
  path: string | undefined,
  options: CheckOptions,
  bar: Progress,
): Promise<Conformance | undefined> {
  const { subject = 'port', only, skip, bail, golden } = options;
  if (path !== undefined || subject !== 'port' || only !== undefined || skip !== undefined || bail === true)
    return undefined;
  const references = selectReferences(openGolden(golden), options.reference);
  const { exactly } = await import('../conformance/exact.ts');
  return exactly(golden, options.path ?? 'fast', references, {
    onProgress: (done, of) => bar.advance('port, golden file', done, of),
  });
}

/** The subject, case by case. */
async function caseByCase(
  path: string | undefined,
  options: CheckOptions,
  bar: Progress,
  expected: Expected,
): Promise<Conformance> {
  const golden = readSelected(options.golden, options.only);
  if (options.skip !== undefined) selectCases(golden.cases, options.skip);
  if (options.sqrt !== 'built-in') return runAgainstGolden(golden, path, options, bar, expected);
  const { runStock } = await import('../conformance/stock.ts');
  return runStock(
    golden.cases,
    { python: options.python ?? 'python3' },
    { onProgress: (done, of) => bar.advance('torch', done, of) },
  );
}

/** @throws UsageError for options that there are not, that exclude each other, or that nothing would heed */
function refuseOptions(path: string | undefined, options: CheckOptions): void {
  const { subject, sqrt } = options;
  if (path !== undefined && subject !== undefined)
    throw new UsageError(`expected ${options.command === undefined ? 'a port' : '--command'} or --subject, got both`);
  refuseUnheeded([path ?? subject ?? 'port'], options);
  if (options.path !== undefined && (path ?? subject ?? 'port') !== 'port')
    throw new UsageError(`--path is for the subject port, got ${path ?? subject}`);
  if (sqrt !== undefined && subject !== 'torch') throw new UsageError(`--sqrt ${sqrt} needs --subject torch`);
  if (sqrt === 'built-in')
    for (const option of ['reference', 'bail', 'ulp', 'exact', 'skip'] as const)
      if (options[option] !== undefined)
        throw new UsageError(
          `--${option} does not go with --sqrt built-in, which holds the port against PyTorch itself`,
        );
  if (options.ulp !== undefined && options.exact === true)
    throw new UsageError('--ulp does not go with --exact, by which no case is bounded');
  if (options.ulp !== undefined && path === undefined)
    throw new UsageError("--ulp is for ports; this package's subjects have to be exact");
  if (options.ulp !== undefined) ulpOf(options.ulp);
  for (const option of ['fresh', 'seed'] as const)
    if (options[option] !== undefined && path === undefined)
      throw new UsageError(`--${option} is for ports; real PyTorch proves this package's (fuzz port --against torch)`);
  if (options.fresh === '0' && options.seed !== undefined)
    throw new UsageError('--seed does not go with --fresh 0, which tries no fresh program');
  freshOf(path, options);
}

/** Fresh programs, unless told otherwise. */
const FRESH = '200';

/** Seeds are integers of 32 bits. */
const SEEDS = 2 ** 31;

/** Who asks for some cases gets those alone, unless fresh programs are asked for as well. */
function freshOf(path: string | undefined, { fresh, seed, only }: CheckOptions): FreshOptions | undefined {
  const wanted = fresh ?? (only === undefined || seed !== undefined ? FRESH : '0');
  const count = whole('--fresh', wanted, 0);
  if (path === undefined || count === 0) return undefined;
  return { count, seed: seed === undefined ? randomInt(SEEDS) : whole('--seed', seed, -SEEDS) };
}

async function runAgainstGolden(
  golden: Golden,
  path: string | undefined,
  options: CheckOptions,
  bar: Progress,
  { expectations }: Expected,
): Promise<Conformance> {
  // A deviation that is accepted shows in fresh programs too.
  const deviates = (expectations?.accepted.length ?? 0) > 0 || options.update === true;
  const wanted = freshOf(path, options);
  const instead = deviates && options.fresh === undefined && options.seed === undefined;
  const fresh = wanted && { ...wanted, instead };
  const source = await subjectOf(path ?? options.subject ?? 'port', options, options.path);
  try {
    const { version } = source;
    const one = { ...(version === undefined ? {} : { version }), real: options.subject === 'torch' };
    const references =
      expectations !== undefined && options.reference === undefined
        ? pinned(golden, expectations)
        : selectReferences(golden, options.reference, one);
    const recorded = options.reference === undefined ? targetOf(references[0]!).version : version;
    const result = await run(golden, source, {
      references,
      bail: options.bail === true,
      ...(options.ulp === undefined ? {} : { ulp: ulpOf(options.ulp) }),
      // What follows PyTorch's arithmetic has no excuse.
      exact: options.exact === true || path === undefined,
      ...(fresh === undefined ? {} : { fresh }),
      skip: (id) => options.skip?.some((glob) => matches(glob, id)) === true,
      onProgress: (done, of) => bar.advance(source.name, done, of),
    });
    if (version === undefined || version === recorded) return result;
    return { ...result, subject: { ...result.subject, in_place_of: recorded! } };
  } finally {
    await source.close?.();
  }
}

/** With more error than this an operation, known wrong rules begin to pass for rounding. */
const MOST_ULPS = 64;

function ulpOf(text: string): number {
  const ulp = Number(text);
  if (!(ulp > 0 && ulp <= MOST_ULPS)) throw new UsageError(`--ulp: expected a number up to ${MOST_ULPS}, got ${text}`);
  return ulp;
}

/** With what says which cases, references and fresh programs; those that were made, if no seed was given. */
function allOf(repeat: string, options: CheckOptions, seed: number | undefined): string {
  const { reference, only, skip, bail, fresh, expect, require } = options;
  const expectation = expect === false ? { 'no-expect': true } : { expect };
  return [repeat, ...words({ reference, only, skip, bail, fresh, seed, ...expectation, require })].join(' ');
}

function command(path: string | undefined, options: CheckOptions): string {
  const { subject, command: line, path: taken, sqrt, ulp, exact, golden } = options;
  const module = line === undefined && path !== undefined ? [quoted(path)] : [];
  const own = words({
    subject,
    command: line,
    path: taken,
    sqrt,
    ulp,
    exact,
    golden: golden === goldenFolder ? undefined : golden,
  });
  return ['npx rmsproof check', ...module, ...own, ...subjectWords(options)].join(' ');
}
