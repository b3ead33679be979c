import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { upwardImports } from '../../scripts/layers.ts';

test('imports in src run downwards only', () => {
  expect(upwardImports(fileURLToPath(new URL('../../src', import.meta.url)))).toEqual([]);
});

test('an import that runs upwards is named with both ends', () => {
  const src = mkdtempSync(join(tmpdir(), 'rmsproof-'));
  mkdirSync(join(src, 'optim'));
  mkdirSync(join(src, 'tensor'));
  writeFileSync(join(src, 'tensor', 'tensor.ts'), "import { RMSprop } from '../optim/rmsprop.ts';\n");
  writeFileSync(join(src, 'optim', 'rmsprop.ts'), "import { Tensor } from '../tensor/tensor.ts';\n");
  expect(upwardImports(src)).toEqual(['src/tensor/tensor.ts -> src/optim/rmsprop.ts']);
});

test('a folder that is no layer is an error', () => {
  const src = mkdtempSync(join(tmpdir(), 'rmsproof-'));
  mkdirSync(join(src, 'misc'));
  writeFileSync(join(src, 'misc', 'a.ts'), "import { b } from './b.ts';\n");
  expect(() => upwardImports(src)).toThrow('src/misc is no layer');
});
