import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ADAPTER } from '../../src/cli/templates.ts';
import { validate } from '../../src/scenario/schema.ts';
import { type Outcome, rmsproof } from '../fixtures/cli.ts';
import { exampleFolder, typeErrors } from '../fixtures/example.ts';
import { partOfGolden, temporaryFolder } from '../fixtures/temporary.ts';

test('init writes an adapter and a workflow, and says what comes next', async () => {
  const folder = join(temporaryFolder(), 'new');
  const { code, stdout } = await rmsproof('init', folder);
  expect(code).toBe(0);
  expect(stdout).toContain(`wrote ${join(folder, 'my-port.ts')}\n`);
  expect(stdout).toContain(`npx rmsproof doctor ${join(folder, 'my-port.ts')}`);
  expect(readFileSync(join(folder, 'my-port.ts'), 'utf8')).toBe(ADAPTER);
  const expectations: unknown = JSON.parse(readFileSync(join(folder, 'rmsproof.expectations.json'), 'utf8'));
  validate('expectations', expectations, 'expectations');
  expect(expectations).toMatchObject({ references: ['torch-2.15.0/separate'], claims: [], accepted: [] });
  expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes(folder))).toEqual([]);
  const workflow = readFileSync(join(folder, '.github/workflows/rmsproof.yml'), 'utf8');
  expect(workflow).toContain('npm install --save-dev ./vendor/rmsproof-VERSION.tgz');
  // The command of the workflow is one that there is.
  const [, command] = /npx rmsproof (check .*)$/m.exec(workflow)!;
  const words = command!.split(' ').map((word) => word.replace(/^\.\/|(?<==)(?=reports)/, `${folder}/`));
  const { stderr } = await rmsproof(...words, '--only', 'nothing/*');
  expect(stderr).toContain('no case matches nothing/*');
});

test('init overwrites nothing, and then writes nothing', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  writeFileSync(join(folder, '.github/workflows/rmsproof.yml'), 'mine');
  const { code, stderr } = await rmsproof('init', folder);
  expect(stderr).toContain('.github/workflows/rmsproof.yml: is there already; nothing was written');
  expect(code).toBe(2);
  expect(readFileSync(join(folder, '.github/workflows/rmsproof.yml'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'my-port.ts'))).toBe(false);
});

test('what init writes is green and quiet as it is, and with a right port that claims more, until it is promised', async () => {
  const folder = exampleFolder({ 'my-port.ts': ADAPTER });
  expect(typeErrors(folder, ['my-port.ts'])).toBe('');
  const port = join(folder, 'my-port.ts');
  const file = join(folder, 'rmsproof.expectations.json');
  await rmsproof('init', join(folder, 'made'));
  copyFileSync(join(folder, 'made/rmsproof.expectations.json'), file);
  const examined = await rmsproof('doctor', port);
  expect([examined.code, examined.stdout]).toEqual([0, expect.stringContaining('nothing to mend; next: ')]);
  const check = async (...args: readonly string[]): Promise<Outcome> =>
    rmsproof('check', port, '--golden', partOfGolden('step/dense-float32'), '--fresh', '20', ...args);
  const example = await check();
  expect([example.code, example.stderr]).toEqual([0, '']);
  expect(example.stdout).toMatch(/^the example of rmsproof init \(/);
  expect(example.stdout).toMatch(/^CONFORMS {2}\d+ cases exact/m);
  expect(example.stdout).toContain('  no claims are promised yet: --update writes them\n');
  expect(example.stdout).not.toContain('stale');

  const right = JSON.stringify(fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url)));
  writeFileSync(port, `import right from ${right};\nexport default right;\n`);
  const own = await check();
  expect([own.code, own.stdout]).toEqual([0, expect.stringContaining('CONFORMS  20 cases exact')]);
  expect(own.stdout).not.toContain('stale');
  const { code, stderr, stdout } = await check('--update');
  expect([code, stderr]).toEqual([0, expect.stringContaining('+ claims: momentum')]);
  expect(stdout).not.toContain('promised yet');
  writeFileSync(port, `import right from ${right};\nexport default { ...right, supports: ['numbers', 'float32'] };\n`);
  expect((await check()).code).toBe(1);
});
