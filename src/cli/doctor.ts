/**
 * `rmsproof doctor [PORT]`: tries an adapter before the port behind it is judged, and says what to mend.
 */
import { goldenFolder } from '../golden/folder.ts';
import { readCaseLines } from '../golden/read.ts';
import { print } from '../report/wrap.ts';
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Need } from '../scenario/needs.ts';
import { examine } from '../subject/doctor/examine.ts';
import type { Subject } from '../subject/subject.ts';
import { EXIT } from './exit-codes.ts';
import { quoted } from './repeat.ts';
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
    for (const { what, mend } of findings) {
      print(`  ${mend === undefined ? 'ok  ' : 'MEND'}  ${what}`, '        ');
      if (mend !== undefined) print(`        ${mend}`, '          ');
    }
    console.log('');
    for (const line of claimLines(subject)) print(line);
    const wrong = findings.filter(({ mend }) => mend !== undefined).length;
    if (wrong === 0) console.log(`nothing to mend; next: npx rmsproof check ${repeated}`);
    else console.log(`${wrong} to mend; then again: npx rmsproof doctor ${repeated}`);
    return wrong === 0 ? EXIT.ok : EXIT.broken;
  } finally {
    await close();
  }
}

/** How many cases the claims open, and which claims more would open most. */
function claimLines({ supports }: Subject): string[] {
  const cases = readCaseLines(goldenFolder);
  const more = new Map<Need, number>();
  let open = 0;
  for (const { needs } of cases) {
    const missing = needs.filter((need) => !supports.includes(need));
    if (missing.length === 0) open += 1;
    if (missing.length === 1) more.set(missing[0]!, (more.get(missing[0]!) ?? 0) + 1);
  }
  const best = [...more].sort(([, a], [, b]) => b - a).slice(0, SUGGESTED);
  const would = best.map(([need, count]) => `"${need}" ${count.toLocaleString('en-US')} more`).join(', ');
  return [
    `claims ${supports.join(', ')}`,
    `which is ${open.toLocaleString('en-US')} of ${cases.length.toLocaleString('en-US')} cases${would === '' ? '' : `; ${would}`}`,
    '',
  ];
}
