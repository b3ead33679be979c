/**
 * Folders of golden files that a command writes.
 */
import { isPacked } from '../golden/folder.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for a folder of packed files */
export function refusePacked(folder: string): void {
  if (isPacked(folder))
    throw new UsageError(`${folder} is packed, as the package is published; --golden names golden/ of the repository`);
}
