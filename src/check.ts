/**
 * `rmsproof/check`: the gate as a library. It runs what `rmsproof check` runs, says what happens as typed events, and returns a report.
 */
import { randomInt } from 'node:crypto';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Expected, expectedOf, judged } from './cli/expect.ts';
import { quoted, words } from './cli/repeat.ts';
import { pinned, readSelected, selectReferences } from './cli/select.ts';
import { COMMAND } from './cli/subjects.ts';
import { type Footer, type Header, type Report, type ReportEvent, eventsOf, reportOf } from './conformance/events.ts';
import { type Opened, run } from './conformance/run.ts';
import { type Outcome, outcomeOf } from './conformance/verdicts.ts';
import { goldenFolder } from './golden/folder.ts';
import { type ReporterName, render } from './report/reporters.ts';
import type { PortModule } from './scenario/port.ts';
import { commandSource } from './subject/command.ts';
import { givenSource, moduleSource } from './subject/module.ts';
import type { ModuleOptions } from './subject/module-thread.ts';
import type { SubjectSource } from './subject/subject.ts';

export type { Footer, Header, Report, ReportEvent, ReporterName };
export type { Cause } from './conformance/diagnosis/causes.ts';
export type { Diagnosis, NamedRule } from './conformance/diagnosis/diagnose.ts';
export type { Difference, Numbers } from './conformance/difference.ts';
export type { Expectations, Judgement } from './conformance/expectations.ts';
export type { CaseResult, Outcome, Run, Verdict } from './conformance/verdicts.ts';
export type { Trajectory, TrajectoryPoint } from './conformance/trajectory.ts';
export { REPORTERS } from './report/reporters.ts';
export { AdapterError } from './scenario/adapter-error.ts';

/** What `check` can be told; each as the option of the command of the same name. */
export interface CheckOptions {
  /** Cases to run, by id: a glob, or several. */
  readonly only?: string | readonly string[];
  /** References to hold the port against, a glob; the newest of each arithmetic by default. */
  readonly reference?: string;
  /** Error an elementary operation may make, for the verdict bounded; 4 by default. */
  readonly ulp?: number;
  /** No case is bounded: what is not exact has failed. */
  readonly exact?: boolean;
  /** Stop at the first bad case. */
  readonly bail?: boolean;
  /** Programs made for this run: 200 by default, none with `only`. */
  readonly fresh?: number;
  /** Makes the same fresh programs again; an integer of 32 bits. */
  readonly seed?: number;
  /** Of a module: seconds for each of importing it, opening its port, one case; 60 by default. */
  readonly timeout?: number;
  /**
   * A file of expectations; false for none. By default the one that lies beside the module, or, for a command, in the working directory;
   * none for a port itself.
   */
  readonly expect?: string | false;
  /** The command that repeats the check, shown in reports; by default `npx rmsproof check` of the module. */
  readonly command?: string;
  /** Called with each event, as it happens. */
  readonly onEvent?: (event: CheckEvent) => void;
}

/**
 * What happens: `opened` once, before a case runs, `progress` after each case, then the stream of the report, as verdicts are final
 * when all cases have run.
 */
export type CheckEvent =
  | { readonly type: 'opened'; readonly opened: Opened }
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | ReportEvent;

/** What a check found. */
export interface CheckResult extends Report {
  /** Whether every claim was kept, and at least one was tried; or what failed is expected, and nothing else. */
  readonly conforms: boolean;
  /** The command that repeats the check. */
  readonly command: string;
  /** The report in a form of `--reporter`, as a text that ends with a newline. */
  readonly render: (reporter: ReporterName) => string;
}

/**
 * A port, or what has one: the path or URL of a module, the command line of a program in any language, or what such a module exports
 * by default.
 */
export type Given = string | URL | { readonly command: string } | PortModule;

const FRESH = 200;

const GOOD: ReadonlySet<Outcome> = new Set(['conforms', 'as expected']);

/**
 * Holds a port against what real PyTorch computed.
 *
 * @param given a module runs in a thread of its own, so that a port that hangs or exits ends nothing else; a port itself runs here
 * @throws AdapterError when there is no port or it does not work, or no case matches; Error for a reference that does not exist
 */
export async function check(given: Given, options: CheckOptions = {}): Promise<CheckResult> {
  const { only, reference, ulp, exact, bail, seed, timeout, onEvent } = options;
  const golden = readSelected(goldenFolder, only);
  const { source, file, named } = await sourceOf(given, timeout === undefined ? {} : { timeout });
  const expected = expectedFor(given, options);
  const { expectations } = expected;
  // A deviation that is accepted shows in fresh programs too.
  const deviates = (expectations?.accepted.length ?? 0) > 0 && seed === undefined;
  const { fresh = only === undefined ? FRESH : 0 } = options;
  const instead = deviates && options.fresh === undefined;
  try {
    const found = await run(golden, source, {
      references:
        expectations !== undefined && reference === undefined
          ? pinned(golden, expectations)
          : selectReferences(golden, reference),
      ...{ bail: bail === true, exact: exact === true },
      ...(ulp === undefined ? {} : { ulp }),
      ...(fresh === 0 ? {} : { fresh: { count: fresh, seed: seed ?? randomInt(2 ** 31), instead } }),
      onOpened: (opened) => onEvent?.({ type: 'opened', opened }),
      onProgress: (done, of) => onEvent?.({ type: 'progress', done, of }),
    });
    const result = judged(found, expected, only !== undefined || reference !== undefined);
    const events = [...eventsOf(result)];
    for (const event of events) onEvent?.(event);
    const report = reportOf(events);
    const command = options.command ?? ['npx rmsproof check', named, ...words({ ulp, exact, timeout })].join(' ');
    const { expect } = options;
    const expectation = expect === false ? { 'no-expect': true } : { expect };
    const all = { reference, only, bail, fresh: options.fresh, seed: report.header.seed, ...expectation };
    const whole = options.command ?? [command, ...words(all)].join(' ');
    return {
      ...report,
      conforms: GOOD.has(outcomeOf(report)),
      command,
      render: (name) => render(name, report, { command, whole, ...(file === undefined ? {} : { file }) }),
    };
  } finally {
    await source.close?.();
  }
}

/** @throws UsageError where a file is named and not there; InputError for one that its schema does not admit */
function expectedFor(given: Given, { expect }: CheckOptions): Expected {
  if (expect === false) return { require: [] };
  const named = expect === undefined ? {} : { expect };
  if (typeof given === 'string' || given instanceof URL) return expectedOf(pathOf(given), named);
  if (isCommand(given)) return expectedOf(`${COMMAND}${given.command}`, named);
  return expect === undefined ? { require: [] } : expectedOf('.', named);
}

interface Sourced {
  readonly source: SubjectSource;
  /** The module, if it is one. */
  readonly file?: string;
  /** As the command line names it. */
  readonly named: string;
}

async function sourceOf(given: Given, limit: ModuleOptions): Promise<Sourced> {
  if (typeof given === 'string' || given instanceof URL) {
    const file = pathOf(given);
    return { source: await moduleSource(file, limit), file, named: quoted(file) };
  }
  if (isCommand(given))
    return { source: await commandSource(given.command, limit), named: `--command ${quoted(given.command)}` };
  return { source: givenSource(given), named: 'YOUR-MODULE' };
}

function isCommand(given: Given): given is { readonly command: string } {
  return typeof given === 'object' && given !== null && 'command' in given;
}

/** From the working directory, as a command would name it. */
function pathOf(module: string | URL): string {
  return relative('', module instanceof URL ? fileURLToPath(module) : module);
}
