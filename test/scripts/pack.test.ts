import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pack } from '../../scripts/pack.ts';
import { goldenFolder, goldenPaths, nameOf } from '../../src/golden/folder.ts';
import { partOfGolden, temporaryFolder } from '../fixtures/temporary.ts';

test('packing keeps the text of every golden file, in under 5 MB', () => {
  const to = join(temporaryFolder(), 'packed');
  pack(goldenFolder, to);
  const paths = goldenPaths(goldenFolder);
  expect(goldenPaths(to).map((path) => nameOf(to, path))).toEqual(paths.map((path) => nameOf(goldenFolder, path)));
  for (const path of paths) {
    const text = gunzipSync(readFileSync(join(to, `${nameOf(goldenFolder, path)}.json.gz`)));
    expect(text.equals(readFileSync(path)), path).toBe(true);
  }
  const references = 'references.json';
  expect(readFileSync(join(to, references))).toEqual(readFileSync(join(goldenFolder, references)));
  const files = readdirSync(to, { recursive: true, encoding: 'utf8' }).map((path) => statSync(join(to, path)));
  expect(files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5 * 2 ** 20);
});

test('what is not as it should be is not packed', () => {
  const folder = partOfGolden('step/flags-float32');
  const path = join(folder, 'step/flags-float32.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"momentum": 0.9', '"momentum": 0.8'));
  const to = join(temporaryFolder(), 'packed');
  expect(() => pack(folder, to)).toThrow('its tensors, gradients and programs have the digest ');
  expect(() => readdirSync(to)).toThrow('ENOENT');
});
