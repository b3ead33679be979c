/**
 * Subjects by the names that the command line gives them.
 */
import { existsSync } from 'node:fs';
import type { SubjectSource } from '../subject/subject.ts';
import { words } from './repeat.ts';
import { UsageError } from './usage-error.ts';

/** What the named subjects need. */
export interface SubjectOptions {
  /** For `torch`: a Python that has it; `python3` by default. */
  readonly python?: string;
  /** For `pyodide:source`: an installed torch, a folder or a wheel. */
  readonly torchSource?: string;
  /** For `pyodide`: a torch built for it, in place of the numeric model. */
  readonly torchWheel?: string;
  /** For ports: seconds for each of importing or starting it, opening it, one case. */
  readonly timeout?: string;
}

/** The paths of the port's steps. */
export type PortPath = 'fast' | 'literal';

/** Named subjects; anything else is the path of a module, or a command line behind `COMMAND`. */
export const SUBJECTS = ['port', 'torch', 'pyodide', 'pyodide:source'] as const;

/** What the name of a subject begins with that is a command line for the shell. */
export const COMMAND = 'command:';

/**
 * The subject of a name or path.
 *
 * @param path of `port`: which one its steps may take
 * @throws UsageError for what is neither, or lacks its option; AdapterError when it cannot be made
 */
export async function subjectOf(
  name: string,
  options: SubjectOptions,
  path: PortPath = 'fast',
): Promise<SubjectSource> {
  const { python = 'python3', torchSource: source, torchWheel: wheel, timeout } = options;
  if (name === 'port') return (await import('../subject/port.ts')).portOn(path);
  if (name === 'torch') return (await import('../subject/torch.ts')).torchSource({ python });
  if (name === 'pyodide') {
    const { pyodideSource, pyodideWheelSource } = await import('../subject/pyodide/source.ts');
    return wheel === undefined ? pyodideSource() : pyodideWheelSource({ wheel });
  }
  if (name === 'pyodide:source') {
    if (source === undefined)
      throw new UsageError('pyodide:source needs --torch-source: an installed torch, a folder or a wheel');
    return (await import('../subject/pyodide/source.ts')).pyodideTorchSource({ source });
  }
  const limit = timeout === undefined ? {} : { timeout: secondsOf(timeout) };
  if (isCommand(name)) return (await import('../subject/command.ts')).commandSource(name.slice(COMMAND.length), limit);
  if (isModule(name)) return (await import('../subject/module.ts')).moduleSource(name, limit);
  throw new UsageError(
    `there is no subject ${name}; expected one of ${SUBJECTS.join(', ')}, the path of a module, or ${COMMAND}LINE`,
  );
}

/**
 * The options of the subjects as they are given on a command line.
 */
export function subjectWords({ python, torchSource, torchWheel, timeout }: SubjectOptions): string[] {
  return words({ python, 'torch-source': torchSource, 'torch-wheel': torchWheel, timeout });
}

/** @throws UsageError for an option that none of the named subjects heeds, or a time that is none */
export function refuseUnheeded(names: readonly string[], options: SubjectOptions): void {
  const heeded: readonly (readonly [option: string, value: string | undefined, by: string, heeds: boolean])[] = [
    ['--python', options.python, 'the subject torch', names.includes('torch')],
    ['--torch-source', options.torchSource, 'the subject pyodide:source', names.includes('pyodide:source')],
    ['--torch-wheel', options.torchWheel, 'the subject pyodide', names.includes('pyodide')],
    ['--timeout', options.timeout, 'ports', names.some((name) => isModule(name) || isCommand(name))],
  ];
  for (const [option, value, by, heeds] of heeded)
    if (value !== undefined && !heeds) throw new UsageError(`${option} is for ${by}, got ${names.join(' and ')}`);
  if (options.timeout !== undefined) secondsOf(options.timeout);
}

/** Whether a subject's name is the path of a module. */
export function isModule(name: string): boolean {
  return !(SUBJECTS as readonly string[]).includes(name) && (/\.[cm]?[jt]s$/.test(name) || existsSync(name));
}

/** Whether a subject's name is a command line. */
export function isCommand(name: string): boolean {
  return name.startsWith(COMMAND);
}

/** A day: a timer cannot take much more. */
const MOST_SECONDS = 86_400;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= MOST_SECONDS))
    throw new UsageError(`--timeout: expected seconds, at most ${MOST_SECONDS}, got ${text}`);
  return seconds;
}
