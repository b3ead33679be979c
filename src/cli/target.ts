/**
 * The PyTorch that two subjects are to follow.
 */
import type { Target } from '../scenario/port.ts';
import type { SubjectSource } from '../subject/subject.ts';
import { NEWEST } from '../tensor/aten.ts';
import { UsageError } from './usage-error.ts';

/** Which PyTorch subjects that can follow one do follow. */
export interface TargetOptions {
  readonly arithmetic?: Target['arithmetic'];
  readonly version?: string;
}

/**
 * The target of two subjects: as asked for, else of the first version that one of them is, else the newest that is ported.
 *
 * @throws UsageError for an option that neither follows
 */
export function targetFor(sources: readonly SubjectSource[], { arithmetic, version }: TargetOptions): Target {
  const following = sources.filter(({ followsTarget }) => followsTarget);
  if (arithmetic !== undefined && following.length === 0)
    throw new UsageError('--arithmetic is for subjects that follow a target; neither does');
  if (version !== undefined && following.every((source) => source.version !== undefined))
    throw new UsageError('--version is for subjects that follow a version; neither does');
  const own = sources.find((source) => source.version !== undefined)?.version;
  return { version: version ?? own ?? `${NEWEST}.0`, arithmetic: arithmetic ?? 'separate' };
}
