/**
 * The examples of spec/corners.md do in real PyTorch what their comments say.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { root } from '../../src/scenario/root.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { pythons } from '../fixtures/torch.ts';

const torchOf = (python: string): string =>
  execFileSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
const python = pythons.find((path) => torchOf(path).startsWith('2.13'));
const run = (page: string): string =>
  execFileSync(python!, [fileURLToPath(new URL('test/spec/corners.py', root)), page], { encoding: 'utf8' });

it.skipIf(python === undefined)('every example of spec/corners.md does what its comments say', () => {
  expect(run(fileURLToPath(new URL('spec/corners.md', root)))).toMatch(/^[1-9]\d* lines\n$/);
});

it.skipIf(python === undefined)('an example that does something else, or raises what no comment says, is named', () => {
  const page = join(temporaryFolder(), 'page.md');
  writeFileSync(page, '```python\nx = 1\n```\n\n```python\nx + 1  # 3\nx.y\nx  # 1\n```\n');
  expect(run(page)).toBe(
    'x + 1\n  the page says 3\n  PyTorch says  2\n' +
      "x.y\n  the page says None\n  PyTorch says  AttributeError: 'int' object has no attribute 'y'\n2 lines\n",
  );
});
