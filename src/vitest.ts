/**
 * `rmsproof/vitest`: a port's conformance as tests of vitest, one a case.
 */
import { describe, test } from 'vitest';
import { check, type CheckOptions, type CheckResult, type Given } from './check.ts';
import type { CaseResult, Run } from './conformance/verdicts.ts';
import { diagnosisText } from './report/diagnosis.ts';
import { failureLines, named, repeatOf } from './report/failure.ts';
import { acceptedIn, judgementTexts } from './report/judgement.ts';
import { summaryOf } from './report/summary.ts';

/** What `conformance` can be told. */
export type ConformanceOptions = Omit<CheckOptions, 'onEvent'>;

/**
 * Makes a test of each case that the port claims, within one for each golden file, and one of the verdict as a whole. A test that
 * fails says what differs, the rule that the port computes, and the command that repeats the case. Cases that need what the port does
 * not claim are one test that is skipped, with their count.
 *
 * The check runs when this is called, at the top of a test file: `await conformance(new URL('./my-port.ts', import.meta.url))`.
 *
 * @throws AdapterError when there is no port or it does not work
 */
export async function conformance(port: Given, options: ConformanceOptions = {}): Promise<void> {
  const result = await check(port, options);
  const { command } = result;
  describe(`${result.header.subject.name} does what PyTorch does`, () => {
    test('as a whole', () => verdict(result));
    for (const run of result.runs)
      describe(run.reference, () => runTests(run, acceptedIn(run, result.judgement), command));
  });
}

function verdict(result: CheckResult): void {
  if (result.conforms) return;
  const { word, text } = summaryOf(result);
  fail([`${word}: ${text}`, judgementTexts(result.judgement).join('\n'), ...rules(result.runs)]);
}

function runTests(run: Run, accepted: ReadonlySet<string>, command: string): void {
  const tried = run.cases.filter(({ verdict: own }) => own !== 'unsupported');
  for (const file of new Set(tried.map(fileOf)))
    describe(file, () => {
      for (const one of tried.filter((result) => fileOf(result) === file))
        if (accepted.has(one.id)) test.skip(`${title(one)}, whose failure is accepted`, () => {});
        else test(title(one), () => held(one, run, command));
    });
  const fresh = run.fresh;
  if (fresh !== undefined)
    test(`${fresh.count} fresh programs (seed ${fresh.seed})`, () => {
      const bad = fresh.results.find(({ verdict: own }) => own === 'failed' || own === 'broken');
      if (bad !== undefined) held(bad, run, command);
    });
  const rest = run.cases.length - tried.length;
  if (rest > 0) test.skip(`${rest} cases need what the port does not claim`, () => {});
}

function held(result: CaseResult, run: Run, command: string): void {
  if (result.verdict !== 'failed' && result.verdict !== 'broken') return;
  const lines = failureLines(result).map((line) => line.slice(4));
  fail([`${result.id} ${result.verdict}`, lines.join('\n'), ...rules([run]), repeatOf(result, run, command)]);
}

function rules(runs: readonly Run[]): readonly string[] {
  return [...new Set(runs.flatMap(({ diagnosis }) => diagnosisText(diagnosis, named)))];
}

/** @throws Error whose stack is its message: where it was made says nothing */
function fail(paragraphs: readonly string[]): never {
  const error = new Error(paragraphs.filter((text) => text !== '').join('\n\n'));
  error.name = 'NotConformant';
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}

function fileOf({ id }: CaseResult): string {
  return id.split('/').slice(0, 2).join('/');
}

/** Such as "momentum+centered  (RMS-6, RMS-7)". */
function title({ id, clauses }: CaseResult): string {
  const name = id.split('/').slice(2).join('/');
  return clauses.length === 0 ? name : `${name}  (${clauses.join(', ')})`;
}
