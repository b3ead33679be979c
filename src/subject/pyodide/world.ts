/**
 * What a Python in WebAssembly is given: files in its own file system, of which the program that answers is always one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files by path below the folder that Python imports from, and a wheel to install first. */
export interface World {
  readonly files: ReadonlyMap<string, string>;
  /** Path or URL of a wheel. */
  readonly wheel?: string;
}

const PROGRAMS = [
  'serve.py',
  'older_python.py',
  '../speak.py',
  '../../scenario/interpreter.py',
  '../../scenario/bookkeeping.py',
  '../../scenario/checkpoint.py',
  '../../scenario/backward.py',
  '../../scenario/tensors.py',
];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The interpreter of the scenario language, and what answers with it. */
export function programs(): Map<string, string> {
  return new Map(PROGRAMS.map((path) => [basename(path), readFileSync(here(path), 'utf8')]));
}

/** The programs and the shim, beside them what runs on it: files that lie under `torch`, some in place of the shim's own. */
export function shimWorld(torch: ReadonlyMap<string, string>): World {
  const shim = here('shim');
  const files = readdirSync(shim, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
  return {
    files: new Map([
      ...programs(),
      ...files.map((path) => [path, readFileSync(join(shim, path), 'utf8')] as const),
      ...[...torch].map(([path, text]) => [`torch/${path}`, text] as const),
    ]),
  };
}

/** The text of the numeric model, which stands in the place of `torch.optim`. */
export function modelText(): string {
  return readFileSync(here('model.py'), 'utf8');
}
