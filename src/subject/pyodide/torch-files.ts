/**
 * PyTorch's own optimizer files, read where a torch lies: nothing of them is kept here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AdapterError } from '../../scenario/adapter-error.ts';
import { readZip } from './zip.ts';

/** The files of one PyTorch. */
export interface TorchFiles {
  /** As in `torch.__version__`, without what follows a plus. */
  readonly version: string;
  /** Text by path below the folder `torch`. */
  readonly files: ReadonlyMap<string, string>;
}

const FILES = ['optim/optimizer.py', 'optim/rmsprop.py', 'utils/hooks.py'] as const;
const VERSION = 'version.py';

/** The oldest version that the shim can stand behind. */
const OLDEST = [2, 1] as const;

/**
 * Reads them.
 *
 * @param place a wheel, a folder that is `torch` or has it, or a Python interpreter that does
 * @throws AdapterError when the place has not the files, or those of a torch that is too old
 */
export function readTorchFiles(place: string): TorchFiles {
  const read = reader(place);
  const wanted = [...FILES, VERSION];
  const texts = new Map(
    wanted.flatMap((name) => [[name, read(name)] as const]).filter(([, text]) => text !== undefined),
  );
  const missing = wanted.filter((name) => !texts.has(name));
  if (missing.length > 0)
    throw new AdapterError(`${place}: expected the files of a torch, missing ${missing.join(', ')}`);
  const version = /^__version__\s*=\s*['"](\d+\.\d+[^'"+]*)/m.exec(texts.get(VERSION)!)?.[1];
  if (version === undefined) throw new AdapterError(`${place}: version.py does not say which version it is`);
  const [major, minor] = version.split('.').map(Number) as [number, number];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw new AdapterError(`${place}: torch ${version} is too old, the oldest that can be run is ${OLDEST.join('.')}`);
  return { version, files: new Map(FILES.map((name) => [name, texts.get(name)!])) };
}

type Reader = (name: string) => string | undefined;

function reader(place: string): Reader {
  const kind = statSync(place, { throwIfNoEntry: false });
  if (kind?.isDirectory()) return folderReader(place);
  if (place.endsWith('.whl')) {
    if (kind === undefined) throw new AdapterError(`${place}: there is no such wheel`);
    return wheelReader(place);
  }
  return folderReader(torchOf(place));
}

function folderReader(folder: string): Reader {
  const torch = existsSync(join(folder, 'torch')) ? join(folder, 'torch') : folder;
  return (name) => {
    const path = join(torch, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
}

function wheelReader(wheel: string): Reader {
  try {
    const files = readZip(
      wheel,
      [...FILES, VERSION].map((name) => `torch/${name}`),
    );
    return (name) => files.get(`torch/${name}`)?.toString('utf8');
  } catch (error) {
    throw new AdapterError(`${wheel}: ${(error as Error).message}`);
  }
}

const FIND = `import importlib.util
spec = importlib.util.find_spec('torch')
print(spec.submodule_search_locations[0] if spec else '')`;

/** The folder of the torch that an interpreter would import. */
function torchOf(python: string): string {
  let folder: string;
  try {
    folder = execFileSync(python, ['-c', FIND], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    throw new AdapterError(`${python}: expected a folder, a wheel or a Python interpreter that has torch`);
  }
  if (folder === '') throw new AdapterError(`${python}: this Python has no torch`);
  return folder;
}
