import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AdapterError } from '../../../src/scenario/adapter-error.ts';
import { readTorchFiles } from '../../../src/subject/pyodide/torch-files.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import { type ZipOptions, writeZip } from './zip-writer.ts';

const FILES = {
  'torch/optim/optimizer.py': 'class Optimizer: pass\n',
  'torch/optim/rmsprop.py': 'class RMSprop: pass\n',
  'torch/utils/hooks.py': '# hooks\n',
  'torch/version.py': "__version__ = '2.13.0+cpu'\n",
};

const { 'torch/utils/hooks.py': _, ...WITHOUT_HOOKS } = FILES;

function folder(files: Readonly<Record<string, string>> = FILES): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function wheel(files: Readonly<Record<string, string>> = FILES, options: ZipOptions = {}): string {
  const path = join(temporaryFolder(), 'torch-2.13.0-py3-none-any.whl');
  writeZip(
    path,
    new Map(Object.entries({ 'torch/__init__.py': '', ...files, 'torch/big.bin': 'x'.repeat(1e5) })),
    options,
  );
  return path;
}

describe('the files of a torch are read', () => {
  test.each([
    ['a folder that has it', () => folder()],
    ['the folder itself', () => join(folder(), 'torch')],
    ['a wheel', () => wheel()],
    ['a wheel that is not compressed', () => wheel(FILES, { store: true })],
    ['an interpreter that would import it', () => python(folder())],
  ])('from %s', (_name, place) => {
    const { version, files } = readTorchFiles(place());
    expect(version).toBe('2.13.0');
    expect([...files]).toEqual([
      ['optim/optimizer.py', 'class Optimizer: pass\n'],
      ['optim/rmsprop.py', 'class RMSprop: pass\n'],
      ['utils/hooks.py', '# hooks\n'],
    ]);
  });
});

describe('a place is refused', () => {
  test.each<[string, () => string, string]>([
    ['that lacks a file', () => folder(WITHOUT_HOOKS), 'expected the files of a torch, missing utils/hooks.py'],
    ['that is a wheel without a file', () => wheel(WITHOUT_HOOKS), 'missing utils/hooks.py'],
    ['that is empty', temporaryFolder, 'missing optim/optimizer.py, optim/rmsprop.py, utils/hooks.py, version.py'],
    [
      'that is too old',
      () => folder({ ...FILES, 'torch/version.py': "__version__ = '2.0.1'" }),
      'torch 2.0.1 is too old',
    ],
    ['that does not say its version', () => folder({ ...FILES, 'torch/version.py': '' }), 'does not say which version'],
    ['that is not there', () => '/no/such/place', 'expected a folder, a wheel or a Python interpreter that has torch'],
    ['that is a wheel which is not there', () => '/no/such.whl', 'there is no such wheel'],
    ['that is no zip archive', () => text('not a zip archive'), 'is no zip archive'],
    ['that is a cut-off zip archive', () => cut(wheel()), 'is no zip archive'],
    ['with a damaged file', () => wheel(FILES, { damage: true }), 'has a damaged torch/optim/optimizer.py'],
    ['that is a Python without torch', () => python(temporaryFolder(), '-S'), 'this Python has no torch'],
  ])('%s', (_name, place, message) => {
    const path = place();
    expect(() => readTorchFiles(path)).toThrow(AdapterError);
    expect(() => readTorchFiles(path)).toThrow(`${path}: `);
    expect(() => readTorchFiles(path)).toThrow(message);
  });
});

/** An interpreter that finds packages in a folder. */
function python(packages: string, flags = ''): string {
  const path = join(temporaryFolder(), 'python');
  writeFileSync(path, `#!/bin/sh\nPYTHONPATH=${packages} exec python3 ${flags} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

function text(content: string): string {
  const path = join(temporaryFolder(), 'torch.whl');
  writeFileSync(path, content);
  return path;
}

function cut(path: string): string {
  truncateSync(path, 200);
  return path;
}
