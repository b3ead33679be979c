import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { checkpoints, pathOf } from '../state-dict/fixtures.ts';

const file = (path: string): string => pathOf(`checkpoints/${path}`);

describe('rmsproof show FILE', () => {
  test('is a table of groups and parameters', async () => {
    const { code, stdout } = await rmsproof('show', pathOf('foreign/torch-2.13.0/12-nan-and-negative.pt'));
    expect(stdout).toBe(`group 0: lr 0.01, momentum 0, alpha 0.99, eps 1e-8, centered false, weight_decay
  0, capturable false, foreach None, maximize false, differentiable false
  id  steps       entry  shape  type       min      max  zeros  NaN
  0       3  square_avg    2x3   f32   1.14e-5  6.25e-4     0%    1
  1       3  square_avg      2   f32  -1.00e-3  3.02e-3     0%    0
  2       3  square_avg    1x2   f32   1.26e-3  1.53e-3     0%    0
`);
    expect(code).toBe(0);
  });

  test('says whose state it is and where it lies, where that is not plain', async () => {
    const lines = async (name: string): Promise<string[]> =>
      (await rmsproof('show', pathOf(`foreign/torch-2.13.0/${name}`))).stdout.split('\n').slice(0, 2);
    expect((await lines('6-lightning.ckpt'))[0]).toBe('RMSprop, at optimizer_states/0');
    expect(await lines('7-adam.pt')).toEqual(['Adam or AdamW', expect.stringContaining('betas (0.9, 0.999), eps')]);
  });

  test('fits into 80 columns, with names, groups and without state', async () => {
    for (const path of checkpoints('checkpoints')) {
      const { code, stdout } = await rmsproof('show', pathOf(path));
      expect(code, path).toBe(0);
      expect(
        stdout.split('\n').filter((line) => line.length > 80),
        path,
      ).toEqual([]);
    }
    expect((await rmsproof('show', file('cpu-torch2.13.0/never-stepped.pt'))).stdout).toContain('(no state)');
    expect((await rmsproof('show', file('cpu-torch2.13.0/named.pt'))).stdout).toContain('0 fc1.weight');
  });

  test('shows values as Python has them, and tells the text of an id from the id', async () => {
    const path = `${temporaryFolder()}/state`;
    const square_avg = { dtype: 'float32', shape: [1], data: [1] };
    const group = {
      ...{ lr: '0.1', betas: { tuple: [0.9, 0.999] }, one: { tuple: [1] }, list: [1, null], size: { size: [2] } },
      ...{ big: { int: '9'.repeat(400) }, t: square_avg, params: [0] },
    };
    writeFileSync(path, JSON.stringify({ state: { dict: [['0', { square_avg }]] }, param_groups: [group] }));
    const { code, stdout } = await rmsproof('show', path);
    expect(stdout).toBe(`group 0: lr "0.1", betas (0.9, 0.999), one (1,), list [1, None], size
  {"size":[2]}, big ${'9'.repeat(37)}..., t a tensor of
  shape [1]
  id       steps  entry  shape  type  min  max  zeros  NaN
  0   (no state)

state of no parameter: "0"
`);
    expect(code).toBe(0);
  });

  test('--key is for files', async () => {
    expect(await rmsproof('show', 'RMS-1', '--key', 'x')).toMatchObject({
      ...{ code: 2, stderr: 'rmsproof: --key is for files of state dicts\n' },
    });
  });
});

describe('rmsproof diff A B of files', () => {
  test('says of which parameter the numbers differ, in ulp', async () => {
    const { code, stdout } = await rmsproof(
      'diff',
      file('cpu-torch2.13.0/plain.pt'),
      file('cuda-torch2.11.0/plain.pt'),
    );
    expect(stdout).toContain('0 square_avg: 10 of 12 differ, at most 7 ulp, first element 2: 0.00081111415\n');
    expect(stdout).toContain('    (3a54a0f3) and 0.000811114 (3a54a0f0)\n');
    expect(stdout).toMatch(/\n4 differences\n$/);
    expect(code).toBe(1);
  });

  test('is quiet where nothing differs, whatever the format', async () => {
    const json = `${temporaryFolder()}/a.json`;
    await rmsproof('convert', file('cpu-torch2.13.0/plain.pt'), json);
    expect(await rmsproof('diff', json, file('cpu-torch2.13.0/legacy-format.pt'))).toEqual({
      ...{ code: 0, stdout: 'the same, bit for bit\n', stderr: '' },
    });
  });

  test('names options, shapes, types, steps and entries that differ', async () => {
    const json = `${temporaryFolder()}/a.json`;
    await rmsproof('convert', file('cpu-torch2.13.0/everything-on.pt'), json);
    const text = readFileSync(json, 'utf8');
    const value = JSON.parse(text) as any;
    value.param_groups[0].lr = { float: 1 };
    value.state[0].step = 3;
    value.state[1].square_avg = { dtype: 'float32', shape: [1], data: [0] };
    value.state[2].square_avg = { dtype: 'float64', shape: [2, 4], data: [1, 2, 3, 4, 5, 6, 7, 8] };
    delete value.state[2].grad_avg;
    value.state[9] = value.state[3];
    delete value.state[3];
    const other = `${json}.other.json`;
    writeFileSync(other, JSON.stringify(value));
    const { stdout } = await rmsproof('diff', json, other);
    expect(stdout).toBe(`group 0, lr: 0.01 and 1
0 step: tensor(3) and 3
1 square_avg: shape [4] and [1]
2 square_avg: float32 and float64
2 grad_avg: in the first alone
3: state in the first alone
9: state in the second alone
7 differences
`);
  });

  test('a NaN is no number of ulp away', async () => {
    const [a, b] = ['a', 'b'].map((name) => `${temporaryFolder()}/${name}.json`) as [string, string];
    const json = (bits: string): string =>
      JSON.stringify({
        state: { 0: { square_avg: { dtype: 'float32', shape: [2], bits } } },
        param_groups: [{ params: [0] }],
      });
    writeFileSync(a, json('3f800000 3f800000'));
    writeFileSync(b, json('7fc00000 3f800000'));
    expect((await rmsproof('diff', a, b)).stdout).toBe(
      '0 square_avg: 1 of 2 differ, first element 0: 1 (3f800000) and NaN (7fc00000)\n1 difference\n',
    );
    writeFileSync(b, json('7fc00000 3f800001'));
    expect((await rmsproof('diff', a, b)).stdout).toContain('0 square_avg: 2 of 2 differ, at most 1 ulp, first');
  });

  test('counts one difference as one', async () => {
    const [a, b] = ['a', 'b'].map((name) => `${temporaryFolder()}/${name}.json`) as [string, string];
    await rmsproof('convert', file('cpu-torch2.13.0/plain.pt'), a);
    writeFileSync(b, readFileSync(a, 'utf8').replace('"eps":1e-8', '"eps":1e-7'));
    const { code, stdout } = await rmsproof('diff', a, b);
    expect([code, stdout]).toEqual([1, 'group 0, eps: 1e-8 and 1e-7\n1 difference\n']);
  });

  test('a state dict is compared with no subject', async () => {
    const path = file('cpu-torch2.13.0/plain.pt');
    expect(await rmsproof('diff', path, 'port')).toMatchObject({
      code: 2,
      stderr: `rmsproof: ${path}: a state dict is compared with another, in .pt or .json\n`,
    });
  });

  test('--key is for files', async () => {
    expect((await rmsproof('diff', 'port', 'port', '--key', 'x')).stderr).toBe(
      'rmsproof: --key is for files of state dicts\n',
    );
  });
});
