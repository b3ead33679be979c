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
  PyTorch 2.1, 2.13, 2.14 and 2.15: loads and steps
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
    expect(stdout).toContain('    PyTorch 2.1: loads and steps; PyTorch 2.13, 2.14 and 2.15: step raises\n');
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
    expect(stdout).toContain(
      '2 optimizers, choose one by its key: optimizer_states/0 (RMSprop),\n    optimizer_states/1 (RMSprop)\n',
    );
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

  test('a file that is not there exits 3, and a folder, and each is named', async () => {
    expect(await rmsproof('validate', 'nowhere.pt')).toEqual({
      ...{ code: 3, stdout: '', stderr: 'rmsproof: nowhere.pt: cannot be read: ENOENT\n' },
    });
    const folder = temporaryFolder();
    expect(await rmsproof('validate', folder)).toEqual({
      ...{ code: 3, stdout: '', stderr: `rmsproof: ${folder}: cannot be read: it is a folder; name the file in it\n` },
    });
  });

  test('what is no JSON is found as a damaged checkpoint is, and the other files are told of', async () => {
    const file = `${temporaryFolder()}/bad.json`;
    writeFileSync(file, '{"state":{},}');
    const { code, stdout } = await rmsproof('validate', file, foreign('1-untrained.pt'));
    expect(stdout).toContain(`${file}\n  REFUSED  unreadable\n    is no readable JSON: `);
    expect(stdout).toContain('\n  VALID\n');
    expect(code).toBe(1);
    const { stdout: annotation } = await rmsproof('validate', '--reporter', 'github', file);
    expect(annotation).toMatch(/^::error file=.*bad.json,title=refused%3A unreadable::is no readable JSON: /);
  });

  test('what a file is goes by its bytes', async () => {
    const folder = temporaryFolder();
    const bytes = bytesOf('foreign/torch-2.13.0/8-views-of-one-storage.pt');
    writeFileSync(`${folder}/a.json`, bytes);
    writeFileSync(`${folder}/b.pt`, JSON.stringify(treeToJSON(readTree(bytes).root)));
    const { code, stdout } = await rmsproof('validate', `${folder}/a.json`, `${folder}/b.pt`);
    expect(stdout.match(/3 parameters/g)).toHaveLength(2);
    expect(code).toBe(0);
  });

  test('a flattened state dict is refused, and said is what it does in the plain form', async () => {
    const { stdout } = await rmsproof('validate', foreign('5-dcp-flat.pt'));
    expect(stdout).toContain('\n  in the plain form, PyTorch 2.1, 2.13, 2.14 and 2.15: loads and steps\n');
    expect(stdout).toContain('\n  REFUSED  flattened\n');
  });

  test('options are shown as Python has them, what happened once for findings of one code, and lines fit', async () => {
    const file = `${temporaryFolder()}/odd.json`;
    const square_avg = { dtype: 'float32', shape: [1], data: [1] };
    const step = { dtype: 'float32', shape: [], data: [1] };
    const options = { lr: '0.1', alpha: { int: '9'.repeat(99) }, eps: null, weight_decay: 0, momentum: 0, centered: 1 };
    const entry = { step, square_avg };
    const group = { ...options, capturable: { dtype: 'bool', shape: [], data: [0] }, params: [0, 1] };
    writeFileSync(file, JSON.stringify({ ['k'.repeat(90)]: { state: { 0: entry, 1: entry }, param_groups: [group] } }));
    const { stdout } = await rmsproof('validate', file);
    expect(stdout).toContain(`lr "0.1", alpha\n      ${'9'.repeat(37)}..., eps None, momentum 0, centered\n      1,`);
    expect(stdout.match(/expected a grad_avg, got none/g)).toHaveLength(2);
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('kkkkk'))).toEqual([]);
    expect(stdout).toContain(`at\n      /${'k'.repeat(35)}...${'k'.repeat(5)}`);
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
