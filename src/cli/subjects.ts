/**
 * Subjects by the names that the command line gives them.
 */
import { existsSync } from 'node:fs';
import { moduleSource } from '../subject/module.ts';
import { port } from '../subject/port.ts';
import { pyodideSource, pyodideTorchSource, pyodideWheelSource } from '../subject/pyodide/source.ts';
import type { SubjectSource } from '../subject/subject.ts';
import { torchSource } from '../subject/torch.ts';
import { UsageError } from './usage-error.ts';

/** What the named subjects need. */
export interface SubjectOptions {
  readonly python: string;
  /** For `pyodide:source`: an installed torch, a folder or a wheel. */
  readonly torchSource?: string;
  /** For `pyodide`: a torch built for it, in place of the numeric model. */
  readonly torchWheel?: string;
  /** For modules: seconds for each of importing it, opening its port, one case. */
  readonly timeout?: string;
}

/** Named subjects; anything else is the path of a module. */
export const SUBJECTS = ['port', 'torch', 'pyodide', 'pyodide:source'] as const;

/**
 * The subject of a name or path.
 *
 * @throws UsageError for what is neither, or lacks its option; AdapterError when it cannot be made
 */
export async function subjectOf(name: string, options: SubjectOptions): Promise<SubjectSource> {
  const { python, torchSource: source, torchWheel: wheel, timeout } = options;
  if (name === 'port') return port;
  if (name === 'torch') return torchSource({ python });
  if (name === 'pyodide') return wheel === undefined ? pyodideSource() : pyodideWheelSource({ wheel });
  if (name === 'pyodide:source') {
    if (source === undefined)
      throw new UsageError('pyodide:source needs --torch-source: an installed torch, a folder or a wheel');
    return pyodideTorchSource({ source });
  }
  if (isModule(name)) return moduleSource(name, timeout === undefined ? {} : { timeout: secondsOf(timeout) });
  throw new UsageError(`there is no subject ${name}; expected one of ${SUBJECTS.join(', ')}, or the path of a module`);
}

/** Whether a subject's name is the path of a module. */
export function isModule(name: string): boolean {
  return !(SUBJECTS as readonly string[]).includes(name) && (/\.[cm]?[jt]s$/.test(name) || existsSync(name));
}

/** A day: a timer cannot take much more. */
const MOST_SECONDS = 86_400;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= MOST_SECONDS))
    throw new UsageError(`--timeout: expected seconds, at most ${MOST_SECONDS}, got ${text}`);
  return seconds;
}
