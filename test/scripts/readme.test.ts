import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { excerpt, ONLY, tested, verdict, withEpsInsideRoot } from '../../scripts/readme.ts';
import type { StateDict } from '../../src/optim/state-dict.ts';
import { root } from '../../src/scenario/root.ts';
import { readCheckpoint } from '../../src/state-dict/checkpoint.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { exampleFolder, printed, promised, typeErrors } from '../fixtures/example.ts';

const readme = readFileSync(new URL('README.md', root), 'utf8');
const modules = (page: string): Record<string, string> =>
  Object.fromEntries(['my-rmsprop.ts', 'my-port.ts'].map((name) => [name, tested(page, name)]));

/** What `check` prints of the README's port in a folder, as the README shows it. */
async function checked(folder: string, ...args: string[]): Promise<{ readonly code: number; readonly text: string }> {
  const path = join(folder, 'my-port.ts');
  const { code, stdout } = await rmsproof('check', path, ...args);
  return { code, text: stripVTControlCharacters(stdout).replaceAll(path, './my-port.ts') };
}

test("the README's port has the right types and conforms, with the verdict that the README shows", async () => {
  const folder = exampleFolder(modules(readme));
  expect(typeErrors(folder, ['my-port.ts'])).toBe('');
  const { code, text } = await checked(folder);
  expect(verdict(text)).toMatch(/^CONFORMS +[1-9]\d* cases exact, .* unsupported/);
  expect(readme).toContain(`\n${verdict(text)}\n`);
  expect(code).toBe(0);
});

test("the README's port with eps under the root does not conform, and is told why", async () => {
  const { code, text } = await checked(exampleFolder(modules(withEpsInsideRoot(readme))), '--only', ONLY);
  expect(text).toMatch(/eps[- ]inside[- ](the[- ])?root/);
  expect(readme).toContain(`\n${excerpt(text)}\n`);
  expect(code).toBe(1);
});

test.each(['example.ts', 'closure.ts'])(
  "the README's use of our port, %s, has the right types and prints what its comment says",
  (name) => {
    const example = tested(readme, name);
    const folder = exampleFolder({ [name]: example });
    expect(typeErrors(folder, [name])).toBe('');
    expect(promised(example)).not.toBe('');
    expect(printed(folder, name)).toBe(promised(example));
  },
);

test("the README's checkpoint, which real PyTorch wrote, is loaded, trained on and written again", () => {
  const example = tested(readme, 'resume.ts');
  const before = readFileSync(new URL('test/fixtures/readme/optimizer.pt', root));
  const at = exampleFolder({});
  writeFileSync(join(at, 'optimizer.pt'), before);
  const folder = exampleFolder({
    'resume.ts': example.replaceAll("'optimizer.pt'", JSON.stringify(join(at, 'optimizer.pt'))),
  });
  expect(typeErrors(folder, ['resume.ts'])).toBe('');
  expect(printed(folder, 'resume.ts')).toBe('');
  const [old, now] = [before, readFileSync(join(at, 'optimizer.pt'))].map((bytes) => {
    const { state } = readCheckpoint<StateDict>(bytes);
    return state.get(0) as { step: Tensor; square_avg: Tensor };
  });
  expect([old!.step.item(), now!.step.item()]).toEqual([3, 4]);
  const r = Math.fround;
  const grown = (v: number): number => r(r(v * r(0.99)) + r(r(r(1 - 0.99) * 0.5) * 0.5));
  expect([...now!.square_avg.elements()]).toEqual([...old!.square_avg.elements()].map(grown));
});

test('the README has every block of TypeScript under a name', () => {
  expect([...readme.matchAll(/^```ts(.*)$/gm)].map(([, name]) => name)).toEqual([
    ' my-port.ts',
    ' my-rmsprop.ts',
    ' resume.ts',
    ' example.ts',
    ' closure.ts',
  ]);
});

test('a README that has no such block, or an optimizer of another form, is refused', () => {
  expect(() => tested(readme, 'other.ts')).toThrow('no block of code is named other.ts');
  expect(() => withEpsInsideRoot('')).toThrow("README.md's optimizer forms d in another way");
});
