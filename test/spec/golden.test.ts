import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pack } from '../../scripts/pack.ts';
import { root } from '../../src/scenario/root.ts';
import { partOfGolden, temporaryFolder } from '../fixtures/temporary.ts';

const page = readFileSync(new URL('spec/golden.md', root), 'utf8');

/** The code blocks of the page in one language. */
function blocks(language: string): string[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, own, code]) =>
    own === language ? [code!] : [],
  );
}

const hasPython = spawnSync('python3', ['--version']).status === 0;

it('spec/golden.md has one program, of at most 45 lines, and shows one line that it prints', () => {
  expect(blocks('python')).toHaveLength(1);
  expect(blocks('python')[0]!.trimEnd().split('\n').length).toBeLessThanOrEqual(45);
  expect(blocks('text')).toHaveLength(1);
});

it.skipIf(!hasPython)('the program of spec/golden.md runs over packed files too, unpacked as the page says', () => {
  const folder = temporaryFolder();
  pack(partOfGolden('step/flags-float32'), join(folder, 'node_modules/rmsproof/packed'));
  execFileSync('sh', ['-c', blocks('sh')[0]!], { cwd: folder });
  const { stdout } = spawnSync('python3', ['-'], { input: blocks('python')[0]!, cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe(blocks('text')[0]);
});

it.skipIf(!hasPython)('the program of spec/golden.md prints what the page says, that all cases agree', () => {
  const { stdout, stderr, status } = spawnSync('python3', ['-'], {
    input: blocks('python')[0]!,
    cwd: fileURLToPath(root),
    encoding: 'utf8',
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: blocks('text')[0], stderr: '', status: 0 });
  expect(stdout).toMatch(/^([1-9]\d*) of \1 cases agree bit for bit\n$/);
});
