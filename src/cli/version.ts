/**
 * `rmsproof --version`: of this package, and of what it was recorded from.
 */
import { kernel } from '../fast/kernel.ts';
import { goldenFolder } from '../golden/folder.ts';
import { readReferences } from '../golden/read.ts';
import { wrap } from '../report/wrap.ts';
import { packageVersion } from '../scenario/package-version.ts';

/** The lines that the option prints; one of them says so where the port has no fast path. */
export function versionText(): string {
  const references = Object.keys(readReferences(goldenFolder).references).join(', ');
  const lines = [
    `rmsproof ${packageVersion()}`,
    ...wrap(`references: ${references}`, ' '.repeat('references: '.length)),
  ];
  if (kernel() === undefined)
    lines.push(
      ...wrap(
        'our port: literal path alone, as this engine has no WebAssembly with SIMD and shared memory',
        ' '.repeat(10),
      ),
    );
  return lines.join('\n');
}
