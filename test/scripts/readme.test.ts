import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { myPort, withEpsInsideRoot } from '../../scripts/readme.ts';
import { Parameter, RMSprop, Tensor } from '../../src/index.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!);

test("the README's port conforms, exact in separate arithmetic", async () => {
  const code = myPort(readme);
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(55);
  const path = join(temporaryFolder(), 'my-port.ts');
  writeFileSync(path, code);
  const { code: exit, stdout } = await rmsproof('check', path);
  expect(stdout).toContain('torch-2.13.0/separate');
  expect(stdout).toMatch(/CONFORMS.*[1-9]\d* cases exact.*unsupported/);
  expect(exit).toBe(0);
});

test("the README's port with eps under the root does not conform, and is told why", async () => {
  const wrong = withEpsInsideRoot(myPort(readme));
  const path = join(temporaryFolder(), 'my-port.ts');
  writeFileSync(path, wrong);
  const { code: exit, stdout } = await rmsproof('check', path, '--only', 'step/flags-float32/momentum+foreach=none');
  expect(stdout).toContain('eps-inside-root: the port computes this known wrong rule');
  const shown = stripVTControlCharacters(stdout).replaceAll(path, './my-port.ts').replace(/\s+\(/, ' (').trim();
  expect(readme).toContain(`\`\`\`text\n${shown}\n\`\`\``);
  expect(exit).toBe(1);
});

test("the README's use of the port runs", () => {
  const code = blocks.find((block) => block.includes("from 'rmsproof';"))!;
  const body = code.replace(/^import .*$/m, '').replaceAll('const w =', 'w =');
  let w: Parameter | undefined;
  // oxlint-disable-next-line no-new-func
  const step = new Function('Parameter', 'RMSprop', 'Tensor', `let w; ${body} return w;`);
  w = step(Parameter, RMSprop, Tensor) as Parameter;
  expect(Array.from(w.elements())).not.toEqual([1, 2]);
});

test('every option and exit code of the README is there', async () => {
  const { stdout } = await rmsproof('check', '--help');
  const options = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name!);
  expect(options).toContain('--exact');
  const table = readme.slice(readme.indexOf('| option of `check`'), readme.indexOf('Exit codes:'));
  const named = [...table.matchAll(/(--[a-z][a-z-]*)/g)].map(([, name]) => name!);
  expect([...new Set(named)].sort()).toEqual(options.sort());
});
