/**
 * Subjects by the names that the command line gives them.
 */
import { existsSync } from 'node:fs';
import { moduleSource } from '../subject/module.ts';
import { port } from '../subject/port.ts';
import type { SubjectSource } from '../subject/subject.ts';
import { torchSource } from '../subject/torch.ts';
import { UsageError } from './usage-error.ts';

/** What the named subjects need. */
export interface SubjectOptions {
  readonly python: string;
}

/** Named subjects; anything else is the path of a module. */
export const SUBJECTS = ['port', 'torch'] as const;

/**
 * The subject of a name or path.
 *
 * @throws UsageError for what is neither; AdapterError when it cannot be made
 */
export async function subjectOf(name: string, options: SubjectOptions): Promise<SubjectSource> {
  if (name === 'port') return port;
  if (name === 'torch') return torchSource({ python: options.python });
  if (/\.[cm]?[jt]s$/.test(name) || existsSync(name)) return moduleSource(name);
  throw new UsageError(`there is no subject ${name}; expected one of ${SUBJECTS.join(', ')}, or the path of a module`);
}
