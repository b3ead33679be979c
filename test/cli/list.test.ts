import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';
import { partOfGolden } from '../fixtures/temporary.ts';

describe('rmsproof list', () => {
  test('prints ids and needs', async () => {
    const { code, stdout } = await rmsproof('list', 'step/flags-float32/plain*');
    expect(stdout.split('\n')[0]).toBe('step/flags-float32/plain+foreach=none  [numbers float32 none-gradients]');
    expect(code).toBe(0);
  });

  test.each([
    ['{ "cases": [{ "id": 7 }] }', '/list/broken.json at /: missing key "format"'],
    ['[]', '/list/broken.json at /: must be object, got []'],
    ['{ "cases": ', '/list/broken.json: is no JSON: '],
  ])('exits 3 where a file does not say them: %s', async (text, message) => {
    const folder = partOfGolden('step/flags-float32');
    mkdirSync(join(folder, 'list'));
    writeFileSync(join(folder, 'list/broken.json'), text);
    expect(await rmsproof('list', '--golden', folder)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(message),
    });
    expect((await rmsproof('list', 'step/*', '--golden', folder)).code).toBe(0);
  });

  test('exits 3 where there are no golden files', async () => {
    expect(await rmsproof('list', '--golden', '/no/such/folder')).toMatchObject({
      code: 3,
      stderr: 'rmsproof: /no/such/folder: is no folder of golden files: there is no references.json in it\n',
    });
  });

  test('exits 3 where a glob matches nothing', async () => {
    expect(await rmsproof('list', 'x*')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no case matches x*'),
    });
  });
});

test.each([[['list', 'cuda/*']]])('%j fits into 80 columns, but for ids that are wider', async (args) => {
  const { stdout } = await rmsproof(...args);
  const wide = stdout.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => !/^ *\w+\/\S+$/.test(line))).toEqual([]);
});
