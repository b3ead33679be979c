import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADAPTER } from '../../src/cli/templates.ts';
import { validate } from '../../src/scenario/schema.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { exampleFolder, typeErrors } from '../fixtures/example.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

test('init writes an adapter and a workflow, and says what comes next', async () => {
  const folder = join(temporaryFolder(), 'new');
  const { code, stdout } = await rmsproof('init', folder);
  expect(code).toBe(0);
  expect(stdout).toContain(`wrote ${join(folder, 'my-port.ts')}\n`);
  expect(stdout).toContain(`npx rmsproof doctor ${join(folder, 'my-port.ts')}`);
  expect(readFileSync(join(folder, 'my-port.ts'), 'utf8')).toBe(ADAPTER);
  const expectations: unknown = JSON.parse(readFileSync(join(folder, 'rmsproof.expectations.json'), 'utf8'));
  validate('expectations', expectations, 'expectations');
  expect(expectations).toMatchObject({ references: ['torch-2.15.0/separate'], claims: ['float32', 'numbers'] });
  const workflow = readFileSync(join(folder, '.github/workflows/rmsproof.yml'), 'utf8');
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

test('the adapter has the right types, and the doctor says where to begin', async () => {
  const folder = exampleFolder({ 'my-port.ts': ADAPTER });
  expect(typeErrors(folder, ['my-port.ts'])).toBe('');
  const { code, stdout } = await rmsproof('doctor', join(folder, 'my-port.ts'));
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'optimizer threw: mend me: make your optimizer of 1 tensors with {}',
  );
  expect(code).toBe(3);
});
