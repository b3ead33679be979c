import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { treeToJSON } from '../../src/state-dict/json.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { REFERENCES } from '../../src/validation/dry-run.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { bytesOf, pathOf } from '../state-dict/fixtures.ts';

const foreign = (name: string): string => pathOf(`foreign/torch-2.13.0/${name}`);

describe('rmsproof validate', () => {
  test('says what a file is, what PyTorch does with it, and exits 0', async () => {
    const file = foreign('2-nested.pt');
    const { code, stdout, stderr } = await rmsproof('validate', file);
    expect(stdout).toBe(`${file}
  RMSprop of PyTorch 2.4 or later: 3 parameters, 1 group, 20 numbers, 3 steps
  state_dict() in a checkpoint as PyTorch's tutorial writes it, at
      optimizer_state_dict
  options, replacing the constructor's: lr 0.01, alpha 0.99, eps 1e-8, momentum
      0.9, centered false, weight_decay 0
  PyTorch 2.1 and 2.13 and 2.14 and 2.15: loads and steps
  NOTE  lies-deeper at /optimizer_state_dict
    the optimizer lies at /optimizer_state_dict: that is what load_state_dict
    takes
  VALID

`);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('exits 1 where something raises, and says in which version', async () => {
    const { code, stdout } = await rmsproof('validate', foreign('11-capturable.pt'));
    expect(stdout).toContain('  WILL FAIL  capturable-on-cpu at /param_groups/0/capturable\n');
    expect(stdout).toContain('    PyTorch 2.1: loads and steps; PyTorch 2.13 and 2.14 and 2.15: step raises\n');
    expect(stdout).toContain('\n  NOT VALID\n');
    expect(code).toBe(1);
    expect((await rmsproof('validate', '--torch', '2.1', foreign('11-capturable.pt'))).code).toBe(0);
    for (const torch of ['2.13', '2.14', '2.15'])
      expect((await rmsproof('validate', '--torch', torch, foreign('11-capturable.pt'))).code).toBe(1);
  });

  test('--torch tries that version and no other', async () => {
    for (const torch of REFERENCES) {
      const { stdout } = await rmsproof('validate', '--torch', torch, foreign('1-untrained.pt'));
      expect(stdout).toContain(`  PyTorch ${torch}: loads and steps\n`);
    }
  });

  test('exits 1 where training goes on wrongly, if --strict', async () => {
    const { code, stdout } = await rmsproof('validate', foreign('12-nan-and-negative.pt'));
    expect(stdout).toContain('\n  LOADS, BUT TRAINS ON WRONGLY\n');
    expect(code).toBe(0);
    expect((await rmsproof('validate', '--strict', foreign('12-nan-and-negative.pt'))).code).toBe(1);
    expect((await rmsproof('validate', '--strict', foreign('1-untrained.pt'))).code).toBe(0);
  });

  test('takes several files, and JSON', async () => {
    const json = `${temporaryFolder()}/a.json`;
    writeFileSync(json, JSON.stringify(treeToJSON(readTree(bytesOf('foreign/torch-2.13.0/7-adam.pt')).root)));
    const { code, stdout } = await rmsproof('validate', foreign('1-untrained.pt'), json);
    expect(stdout).toMatch(/NOT VALID {2}1 of 2 files\n$/);
    expect(stdout).toContain('a state dict of Adam or AdamW');
    expect(code).toBe(1);
    const good = await rmsproof('validate', foreign('1-untrained.pt'), foreign('8-views-of-one-storage.pt'));
    expect(good.stdout).toMatch(/\n2 files, none of them refused\n$/);
  });

  test('names what libraries name alike', async () => {
    const folder = temporaryFolder();
    for (const name of ['optimizer.pt', 'optimizer.bin'])
      writeFileSync(`${folder}/${name}`, bytesOf('foreign/torch-2.13.0/8-views-of-one-storage.pt'));
    const { stdout } = await rmsproof('validate', `${folder}/optimizer.pt`, `${folder}/optimizer.bin`);
    expect(stdout).toContain("  state_dict(), named as Hugging Face's Trainer does\n");
    expect(stdout).toContain('  state_dict(), named as accelerate does\n');
  });

  test('--key chooses one of several optimizers', async () => {
    const file = `${temporaryFolder()}/two.json`;
    const one = treeToJSON(readTree(bytesOf('checkpoints/cpu-torch2.13.0/plain.pt')).root);
    writeFileSync(file, JSON.stringify({ optimizer_states: [one, one] }));
    const { code, stdout } = await rmsproof('validate', file);
    expect(stdout).toContain('2 optimizers: choose one with key: optimizer_states/0, optimizer_states/1');
    expect(code).toBe(1);
    expect((await rmsproof('validate', file, '--key', 'optimizer_states/1')).code).toBe(0);
  });

  test('--reporter json gives what was found and every finding', async () => {
    const { stdout } = await rmsproof('validate', '--reporter', 'json', foreign('1-untrained.pt'));
    expect(JSON.parse(stdout)).toMatchObject([
      {
        ...{ file: foreign('1-untrained.pt'), passes: true },
        found: { optimizer: 'RMSprop', parameters: 3, numbers: 0 },
        findings: [{ code: 'no-state', severity: 'note', pointer: '/state' }],
      },
    ]);
  });

  test('--reporter github gives annotations', async () => {
    const { stdout } = await rmsproof(
      'validate',
      '--reporter',
      'github',
      foreign('12-nan-and-negative.pt'),
      foreign('7-adam.pt'),
      foreign('1-untrained.pt'),
    );
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => line.slice(0, line.indexOf(' ')))).toEqual([
      '::warning',
      '::warning',
      '::error',
      '::notice',
    ]);
    expect(lines[0]).toBe(
      `::warning file=${foreign('12-nan-and-negative.pt')},title=will train on wrongly%3A non-finite::/state/0/square_avg: ` +
        '1 NaN and 0 infinite of 6 numbers, the first at element 0 in C order',
    );
  });

  test('a file that is damaged, or of a whole optimizer, fails with its place', async () => {
    const file = `${temporaryFolder()}/cut.pt`;
    writeFileSync(file, bytesOf('checkpoints/cpu-torch2.13.0/plain.pt').subarray(0, 2000));
    const { code, stdout } = await rmsproof('validate', file);
    expect(stdout).toContain('  REFUSED  unreadable\n    byte 2000: expected the end of a zip archive');
    expect(code).toBe(1);
  });

  test('a file that is not there, and no JSON, exit 3 and name the file', async () => {
    expect(await rmsproof('validate', 'nowhere.pt')).toEqual({
      ...{ code: 3, stdout: '', stderr: 'rmsproof: nowhere.pt: cannot be read: ENOENT\n' },
    });
    const file = `${temporaryFolder()}/bad.json`;
    writeFileSync(file, '{');
    const { code, stderr } = await rmsproof('validate', file);
    expect([code, stderr.startsWith(`rmsproof: ${file}: is no readable JSON: `)]).toEqual([3, true]);
  });

  test('wrong usage exits 2', async () => {
    expect((await rmsproof('validate')).code).toBe(2);
    expect((await rmsproof('validate', '--torch', '1.0', 'a.pt')).code).toBe(2);
    expect((await rmsproof('validate', '--reporter', 'junit', 'a.pt')).code).toBe(2);
  });

  test('- is standard input, a checkpoint or JSON', () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const run = (input: Uint8Array | string): string =>
      execFileSync(process.execPath, ['--import', 'tsx', main, 'validate', '-'], { input, encoding: 'utf8' });
    const file = readFileSync(foreign('8-views-of-one-storage.pt'));
    expect(run(file)).toContain('-\n  RMSprop of PyTorch 2.4 or later: 3 parameters');
    expect(run(JSON.stringify(treeToJSON(readTree(file).root)))).toContain('3 parameters');
  });
});
