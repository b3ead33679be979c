/**
 * The direction of imports in src: arrows run downwards only.
 *
 *     npx tsx scripts/layers.ts     exit status 1 and one line for each arrow that runs upwards
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders of src from the bottom up; a folder imports from itself and from those below. */
const LAYERS = [
  ...(['python', 'tensor', 'fast', 'autograd', 'state-dict', 'optim', 'validation', 'scenario', 'subject'] as const),
  ...(['golden', 'conformance', 'report', 'cli'] as const),
] as const;

/** The folder of src at a path, `index` for files of src itself, which stand above all. */
function layer(path: string): number {
  const folder = path.split('/')[0]!;
  const found = (LAYERS as readonly string[]).indexOf(folder);
  if (found < 0 && path.includes('/')) throw new Error(`src/${folder} is no layer; add it to scripts/layers.ts`);
  return found < 0 ? LAYERS.length : found;
}

/** Every import of a folder of sources that runs upwards, as "from -> to". */
export function upwardImports(src: string): string[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) =>
      relative(src, resolve(src, dirname(file), path!)),
    );
    return imports.filter((target) => layer(target) > layer(file)).map((target) => `src/${file} -> src/${target}`);
  });
}

if (process.argv[1]?.endsWith('layers.ts')) {
  const upward = upwardImports(fileURLToPath(new URL('../src', import.meta.url)));
  for (const arrow of upward) console.error(`upwards: ${arrow}`);
  process.exitCode = upward.length > 0 ? 1 : 0;
}
