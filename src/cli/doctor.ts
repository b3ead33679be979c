/**
 * `rmsproof doctor [PORT]`: tries an adapter before the port behind it is judged, and says what to mend.
 */
import { readGolden } from '../golden/read.ts';
import { grouped } from '../report/summary.ts';
import { print } from '../report/wrap.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import { fixedWords, isFixed } from '../scenario/fixed.ts';
import type { Need } from '../scenario/needs.ts';
import { examine } from '../subject/doctor/examine.ts';
import type { Subject } from '../subject/subject.ts';
import { EXIT } from './exit-codes.ts';
import { quoted } from './repeat.ts';
import { selectReferences } from './select.ts';
import { COMMAND, refuseUnheeded, subjectOf, type SubjectOptions } from './subjects.ts';
import { UsageError } from './usage-error.ts';

/** Claims that are suggested. */
const SUGGESTED = 3;

/** Options of the command. */
export interface DoctorOptions extends SubjectOptions {
  /** A program in place of a module. */
  readonly command?: string;
}

/** The target that a port which takes one is opened for. */
const TARGET = { version: '2.15.0', arithmetic: 'separate' } as const;

/**
 * Runs the command.
 *
 * @returns the exit code: 0 when nothing is to be mended, 3 when something is
 */
export async function doctor(module: string | undefined, options: DoctorOptions): Promise<number> {
  const { command } = options;
  if ((module === undefined) === (command === undefined))
    throw new UsageError(`expected a port or --command, got ${module === undefined ? 'neither' : 'both'}`);
  const path = module ?? `${COMMAND}${command}`;
  const repeated = module === undefined ? `--command ${quoted(command!)}` : quoted(module);
  refuseUnheeded([path], options);
  let opened: { readonly subject: Subject; readonly close: () => Promise<void> };
  try {
    const source = await subjectOf(path, options);
    const subject = await source.open(TARGET);
    opened = { subject, close: async () => void (await subject.close(), await source.close?.()) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    print(`  MEND  ${error.message}`, '        ');
    console.log('\nit could not be opened; spec/adapter.md has the members of an adapter');
    return EXIT.broken;
  }
  const { subject, close } = opened;
  try {
    console.log(subject.version === undefined ? subject.name : `${subject.name} ${subject.version}`);
    console.log('');
    console.log('  ok    it can be opened, reads back what it made, and takes a step');
    const findings = await examine(subject);
    for (const { what, mend, look } of findings) {
      print(`  ${mend !== undefined ? 'MEND' : look !== undefined ? 'LOOK' : 'ok  '}  ${what}`, '        ');
      if (mend !== undefined || look !== undefined) print(`        ${mend ?? look}`, '          ');
    }
    console.log('');
    for (const line of claimLines(subject)) print(line);
    const [wrong, open] = (['mend', 'look'] as const).map(
      (key) => findings.filter((own) => own[key] !== undefined).length,
    );
    const also = open! > 0 ? `, ${open} to look at` : '';
    if (wrong === 0) console.log(`nothing to mend${also}; next: npx rmsproof check ${repeated}`);
    else console.log(`${wrong} to mend${also}; then again: npx rmsproof doctor ${repeated}`);
    return wrong === 0 ? EXIT.ok : EXIT.broken;
  } finally {
    await close();
  }
}

/** How many cases of the reference that `check` begins with the claims open, and which claims more would open most. */
function claimLines(subject: Subject): string[] {
  const { supports, fixed = new Map() } = subject;
  const golden = readGolden();
  const reference = selectReferences(golden, undefined)[0]!;
  const cases = golden.cases.filter(({ observed }) => observed.has(reference));
  const more = new Map<Need, number>();
  let open = 0;
  let kept = 0;
  for (const { needs, scenario } of cases) {
    const missing = needs.filter((need) => !supports.includes(need));
    if (missing.length > 1) continue;
    const lacks = subject.lacks?.(scenario.program) ?? [];
    if (lacks.length > 0) kept += missing.length === 0 && lacks.every(isFixed) ? 1 : 0;
    else if (missing.length === 0) open += 1;
    else more.set(missing[0]!, (more.get(missing[0]!) ?? 0) + 1);
  }
  const best = [...more].sort(([, a], [, b]) => b - a).slice(0, SUGGESTED);
  const would = best.map(([need, count]) => `; "${need}" ${grouped(count)} more`).join('');
  const words = fixedWords(fixed);
  const without = kept === 0 ? '' : `; ${grouped(kept)} more have other values than ${words.join(', ')}`;
  return [
    `claims ${[...supports, ...words].join(', ')}`,
    `which is ${grouped(open)} of ${grouped(cases.length)} cases${without}${would}`,
    ...(open === 0 && kept > 0 ? ['where no case has these values, check tries fresh programs alone'] : []),
    '',
  ];
}
