import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { described } from '../state-dict/described.ts';
import { bytesOf, checkpoints, pathOf } from '../state-dict/fixtures.ts';

describe('rmsproof convert', () => {
  test.each([...checkpoints('checkpoints'), ...checkpoints('foreign')])(
    '%s to JSON and back, bit for bit',
    async (path) => {
      const folder = temporaryFolder();
      expect(await rmsproof('convert', pathOf(path), `${folder}/a.json`)).toEqual({ code: 0, stdout: '', stderr: '' });
      expect((await rmsproof('convert', `${folder}/a.json`, `${folder}/b.pt`)).code).toBe(0);
      expect(described(readTree(readFileSync(`${folder}/b.pt`)).root)).toEqual(described(readTree(bytesOf(path)).root));
      expect((await rmsproof('convert', `${folder}/b.pt`, `${folder}/c.json`)).code).toBe(0);
      expect(readFileSync(`${folder}/c.json`, 'utf8')).toBe(readFileSync(`${folder}/a.json`, 'utf8'));
      expect(readdirSync(folder).sort()).toEqual(['a.json', 'b.pt', 'c.json']);
    },
  );

  test('--plain brings layouts that go by names into the plain form', async () => {
    const folder = temporaryFolder();
    for (const name of ['2-nested.pt', '5-dcp-flat.pt', '5-dcp-fqn.pt', '6-lightning.ckpt']) {
      const from = pathOf(`foreign/torch-2.13.0/${name}`);
      expect((await rmsproof('convert', '--plain', from, `${folder}/${name}.json`)).code).toBe(0);
    }
    const read = (name: string): any => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
    const plain = read('2-nested.pt');
    expect(read('6-lightning.ckpt').state).toEqual(plain.state);
    // One training, saved in all four ways.
    expect(read('5-dcp-fqn.pt').state).toEqual(plain.state);
    expect(read('5-dcp-flat.pt').state).toEqual(plain.state);
    expect(read('5-dcp-flat.pt').param_groups).toEqual(read('5-dcp-fqn.pt').param_groups);
    expect(read('5-dcp-flat.pt').param_groups[0]).toMatchObject({
      ...{ params: [0, 1, 2], param_names: ['fc1.weight', 'fc1.bias', 'fc2.weight'], lr: 0.01, momentum: 0.9 },
    });
  });

  test('refuses names that say no format, and files without an optimizer', async () => {
    const from = pathOf('foreign/torch-2.13.0/2-nested.pt');
    expect(await rmsproof('convert', from, 'a.txt')).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: 'rmsproof: a.txt: expected a name that ends in .json, .pt, .pth, .bin or .ckpt\n',
    });
    const { code, stderr } = await rmsproof('convert', '--key', 'x', from, 'a.json');
    expect([code, stderr]).toEqual([2, `rmsproof: ${from}: --key: expected one of optimizer_state_dict, got x\n`]);
    const folder = temporaryFolder();
    writeFileSync(`${folder}/none.json`, '{"a":1}');
    expect((await rmsproof('convert', '--plain', `${folder}/none.json`, `${folder}/b.pt`)).stderr).toBe(
      `rmsproof: ${folder}/none.json: there is no state dict of an optimizer\n`,
    );
    expect(existsSync('a.json') || existsSync(`${folder}/b.pt`)).toBe(false);
  });

  test('what is not in its format names the place, and nothing is written', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/a.json`, '{"t":{"dtype":"float32","shape":[1],"data":[]}}');
    writeFileSync(`${folder}/a.pt`, 'PK\x03\x04');
    expect((await rmsproof('convert', `${folder}/a.json`, `${folder}/b.pt`)).stderr).toBe(
      `rmsproof: ${folder}/a.json at /t/data: expected 1 numbers, got 0\n`,
    );
    expect((await rmsproof('convert', `${folder}/a.pt`, `${folder}/b.json`)).stderr).toBe(
      `rmsproof: ${folder}/a.pt at byte 4: expected the end of a zip archive, got another end: the file is cut off\n`,
    );
    mkdirSync(`${folder}/full.json`);
    const { code, stderr } = await rmsproof(
      'convert',
      pathOf('foreign/torch-2.13.0/2-nested.pt'),
      `${folder}/full.json`,
    );
    expect([code, stderr]).toEqual([3, `rmsproof: ${folder}/full.json: cannot be written: EISDIR\n`]);
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.pt', 'full.json']);
  });
});
