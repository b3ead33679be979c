/**
 * `rmsproof --version`: of this package, and of what it was recorded from.
 */
import { readFileSync } from 'node:fs';
import { goldenFolder } from '../golden/folder.ts';
import { readReferences } from '../golden/read.ts';
import { wrap } from '../report/wrap.ts';
import { root } from '../scenario/root.ts';

/** The lines that the option prints. */
export function versionText(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  const references = Object.keys(readReferences(goldenFolder).references).join(', ');
  return [`rmsproof ${version}`, ...wrap(`references: ${references}`, ' '.repeat('references: '.length))].join('\n');
}
