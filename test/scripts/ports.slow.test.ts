/**
 * The real packages of test/ports, which are installed there if they are not: what each is known to do is found and named.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { checkPackage, pageWith, PORTS, type Row } from '../../scripts/ports.ts';
import { causesIn } from '../../src/report/failure.ts';
import { root } from '../../src/scenario/root.ts';

const folder = fileURLToPath(new URL('test/ports/', root));

beforeAll(() => {
  if (existsSync(`${folder}node_modules`)) return;
  const options = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], { cwd: folder, timeout: 300_000 });
});

/** What the sources of each package say that it does, of the versions that are pinned. */
const TFJS = {
  ...{ eps: 'inside', centered_eps: 'subtracted', momentum: 'lr-inside', state: 'position' },
  ...{ default_alpha: '0.9', default_eps: '1e-7' },
};
const UNSCALED = { eps: 'inside', weight_decay: 'unscaled', default_alpha: '0.999' };
const KNOWN: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  'tfjs/cpu.js': [TFJS],
  'tfjs/wasm.js': [TFJS],
  // Its variance is clamped too, which no case that it does not refuse can tell.
  'deepbox/port.js': [{ centered_eps: 'inside' }, { centered_eps: 'clamped-inside' }],
  'adnn/port.js': [{ eps: 'fixed-1e-8', default_lr: '0.1', default_alpha: '0.9' }],
  'convnetjs/port.js': [{ eps: 'inside', default_alpha: '0.95', default_eps: '0.000001' }],
  'brain.js/port.js': [{ ...UNSCALED, default_weight_decay: '0.000001' }],
  'recurrent-js/port.js': [UNSCALED],
};

const rows: Row[] = [];

test.each(Object.keys(PORTS))('the rule of %s is named', async (module) => {
  const row = await checkPackage(module);
  rows.push(row);
  const { footer, runs, subject } = row.result;
  expect(footer).toMatchObject({ outcome: 'as expected', counts: { broken: 0 } });
  const rules = runs[0]!.diagnosis!.rules.map(({ axes }) =>
    Object.fromEntries(axes.map(({ axis, value }) => [axis, value])),
  );
  expect(rules).toEqual(KNOWN[module]);
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const name = Object.keys(dependencies).find((one) => PORTS[module]!.startsWith(one))!;
  expect(subject.version).toBe(dependencies[name]);
});

test('deepbox is said to throw where a gradient is None, and for what is not finite', () => {
  const run = rows.find(({ name }) => name === 'deepbox')!.result.runs[0]!;
  const says = causesIn(run).map((cause) => cause.says);
  expect(says.some((text) => text.includes('NotFittedError: Cannot optimize a parameter without a gradient'))).toBe(
    true,
  );
  expect(says.some((text) => text.includes('InvalidParameterError: Invalid parameter: NaN'))).toBe(true);
});

test('the table is what was found', async () => {
  const page = readFileSync(`${folder}README.md`, 'utf8');
  expect(await pageWith(page, rows)).toBe(page);
});

test('every adapter is below 60 lines', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules',
  );
  const adapters = folders.flatMap(({ name }) =>
    readdirSync(folder + name)
      .filter((file) => file.endsWith('.js'))
      .map((file) => `${name}/${file}`),
  );
  expect(adapters.length).toBeGreaterThanOrEqual(Object.keys(PORTS).length);
  for (const path of adapters) expect(readFileSync(folder + path, 'utf8').split('\n').length, path).toBeLessThan(60);
});
