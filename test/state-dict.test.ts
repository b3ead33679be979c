import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Every module that a file imports, and what these import; `import type` is gone when it runs. */
function imported(url: URL, seen: Map<string, string[]> = new Map()): Map<string, string[]> {
  if (seen.has(url.href)) return seen;
  const text = readFileSync(url, 'utf8');
  const names = [...text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm)].map(
    ([, name]) => name!,
  );
  seen.set(url.href, names);
  for (const name of names) if (name.startsWith('.')) imported(new URL(name, url), seen);
  return seen;
}

test('rmsproof/state-dict imports nothing of Node, and of other packages one', () => {
  const modules = imported(new URL('../src/state-dict.ts', import.meta.url));
  expect(modules.size).toBeGreaterThan(60);
  const bare = [...modules.values()].flat().filter((name) => !name.startsWith('.'));
  expect([...new Set(bare)]).toEqual(['fflate']);
});

test('what it exports is what the package says', () => {
  const root = new URL('../', import.meta.url);
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    exports: Record<string, unknown>;
  };
  expect(exports['./state-dict']).toEqual({ types: './dist/state-dict.d.ts', default: './dist/state-dict.js' });
  expect(exports['./schemas/*']).toBe('./spec/schemas/*');
  const schema = fileURLToPath(import.meta.resolve('rmsproof/schemas/state-dict-2.4.schema.json'));
  expect(JSON.parse(readFileSync(schema, 'utf8'))).toMatchObject({ $id: 'urn:rmsproof:state-dict:2.4' });
});
