import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { unmirrored } from '../../scripts/mirror.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

test('tests mirror src', () => {
  expect(unmirrored(fileURLToPath(new URL('../..', import.meta.url)))).toEqual([]);
});

test('a test of a source, a page, a script or a folder mirrors it, slow or not; any other is named', () => {
  const root = temporaryFolder();
  const write = (path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  };
  ['src/a/b.ts', 'src/c.py', 'spec/d.md', 'scripts/e.ts', 'spec/f/g.json'].forEach(write);
  const right = [
    'a/b.test.ts',
    'a/b.slow.test.ts',
    'c.test.ts',
    'spec/d.test.ts',
    'scripts/e.test.ts',
    'spec/f.test.ts',
  ];
  [...right, 'differential/x.test.ts', 'fixtures/y.ts', 'b.test.ts', 'a/z.slow.test.ts'].forEach((path) =>
    write(`test/${path}`),
  );
  expect(unmirrored(root)).toEqual(['a/z.slow.test.ts', 'b.test.ts']);
});
