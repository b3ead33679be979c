/**
 * `rmsproof/state-dict` in a real Chromium: /usr/bin/chromium, or what RMSPROOF_CHROMIUM names. Runs the built package.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../src/state-dict/checkpoint.ts';
import { toJSON } from '../src/state-dict/json.ts';
import { validateStateDict } from '../src/validation/validate.ts';
import { bytesOf, checkpoints } from './state-dict/fixtures.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const PAGE = `<!doctype html><script type="importmap">{"imports":{"fflate":"/node_modules/fflate/esm/browser.js"}}</script>`;
const files = [...checkpoints('foreign'), ...checkpoints('checkpoints').filter((path) => path.includes('2.13.0'))];

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://local').pathname;
    const served =
      /^\/(dist|node_modules\/fflate|test\/fixtures)\/[\w./-]+$/.test(path) && existsSync(root + path.slice(1));
    response.setHeader(
      'content-type',
      path.endsWith('.js') ? 'text/javascript' : path === '/' ? 'text/html' : 'application/octet-stream',
    );
    response.statusCode = served || path === '/' ? 200 : 404;
    response.end(path === '/' ? PAGE : served ? readFileSync(root + path.slice(1)) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

test('reads, validates and writes in Chromium what it does in Node', async () => {
  expect(existsSync(`${root}dist/state-dict.js`), 'npm run build makes dist/').toBe(true);
  const executablePath = process.env['RMSPROOF_CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // A text, as tsx would rewrite a function.
    const said = (await page.evaluate(`(async () => {
      const { readCheckpoint, writeCheckpoint, toJSON, validateStateDict } = await import('/dist/state-dict.js');
      const results = [];
      for (const file of ${JSON.stringify(files)}) {
        const bytes = new Uint8Array(await (await fetch('/test/fixtures/' + file)).arrayBuffer());
        const value = readCheckpoint(bytes);
        const again = readCheckpoint(writeCheckpoint(value));
        const { findings, found } = validateStateDict(bytes);
        results.push(JSON.stringify({ json: toJSON(value), again: toJSON(again), findings, found }));
      }
      return { results, node: typeof process, damaged: validateStateDict(new Uint8Array(3)).findings[0].code };
    })()`)) as { results: string[]; node: string; damaged: string };
    expect([said.node, said.damaged]).toEqual(['undefined', 'unreadable']);
    files.forEach((file, i) => {
      const bytes = bytesOf(file);
      const json = toJSON(readCheckpoint(bytes));
      const { findings, found } = validateStateDict(bytes);
      expect(JSON.parse(said.results[i]!), file).toEqual(
        JSON.parse(JSON.stringify({ json, again: json, findings, found })),
      );
    });
  } finally {
    await browser.close();
  }
});
