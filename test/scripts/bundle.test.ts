import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const FILES = {
  'package.json': '{ "type": "module" }',
  'entry.js': `export { Thing } from './inner/thing.js';\nexport * from './values.js';\n`,
  'inner/thing.js': `import { count } from '../values.js';\nexport class Thing { count = count; }\n`,
  'values.js': `export let count = 1;\nexport const more = () => void (count += 1);\n`,
  'types.js': 'export {};\n',
  'second.js': `import './types.js';\nexport { Thing as Same } from './inner/thing.js';\n`,
  'apart.js': `export { Thing } from './inner/thing.js';\n`,
};

test('modules become one file, and each still exports what it did', async () => {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await bundle(folder, ['entry.js', 'second.js']);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(
    [...Object.keys(FILES), 'inner', 'library.js'].filter((name) => name !== 'types.js').sort(),
  );
  for (const name of ['entry.js', 'values.js', 'inner/thing.js', 'second.js'])
    expect(readFileSync(join(folder, name), 'utf8'), name).toMatch(/^export \{.*\} from '(\.|\.\.)\/library\.js';\n$/);
  // In a process of its own, as this one has loaded the modules as they were.
  const program = `
    const [entry, second, apart, values] = await Promise.all(
      ['entry', 'second', 'apart', 'values'].map((name) => import('${pathToFileURL(folder).href}/' + name + '.js')),
    );
    values.more();
    console.log(second.Same === entry.Thing, apart.Thing === entry.Thing, new entry.Thing().count, entry.count, values.count);`;
  const args = ['--input-type=module', '-e', program];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('true true 2 2 2\n');
});
