/**
 * `rmsproof --version`: of this package, and of what it was recorded from.
 */
import { goldenFolder } from '../golden/folder.ts';
import { readReferences } from '../golden/read.ts';
import { wrap } from '../report/wrap.ts';
import { packageVersion } from '../scenario/package-version.ts';

/** The lines that the option prints. */
export function versionText(): string {
  const references = Object.keys(readReferences(goldenFolder).references).join(', ');
  return [`rmsproof ${packageVersion()}`, ...wrap(`references: ${references}`, ' '.repeat('references: '.length))].join(
    '\n',
  );
}
