/**
 * Tries the built package in other engines: a port that is a module, one that is a program, the library, and a state dict.
 *
 *     npm run build && npx tsx scripts/engines.ts [NAME...]     exit status 1 where one fails
 *
 * Engines come from npm, pinned, into a temporary folder.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consumer } from './consumer.ts';

/** An engine: the package of npm that has it, its command there, and the words between command and script. */
interface Engine {
  readonly package: string;
  readonly bin: string;
  readonly words: readonly string[];
}

/** Every engine, by the name that the command line gives it. */
export const ENGINES: Readonly<Record<string, Engine>> = {
  node20: { package: 'node@20.20.2', bin: 'node', words: [] },
  node22: { package: 'node@22.23.3', bin: 'node', words: [] },
  node24: { package: 'node@24.9.0', bin: 'node', words: [] },
  deno: { package: 'deno@2.9.6', bin: 'deno', words: ['run', '-A'] },
  bun: { package: 'bun@1.4.5', bin: 'bun', words: [] },
};

const main = 'node_modules/rmsproof/dist/cli/main.js';
const python = fileURLToPath(new URL('../spec/adapters/rmsprop.py', import.meta.url));
const ONLY = ['--only', 'step/flags-float32/*'];

/** What is tried, with the text that it must print. */
const TRIALS: Readonly<Record<string, { readonly args: readonly string[]; readonly prints: RegExp }>> = {
  module: { args: [main, 'check', './my-port.ts', ...ONLY], prints: /^CONFORMS {2}[1-9]/m },
  program: { args: [main, 'check', '--command', `python3 ${python}`, ...ONLY], prints: /^CONFORMS {2}[1-9]/m },
  library: { args: ['library.ts'], prints: /^true [1-9]/m },
  'state dict': { args: ['state-dict.ts'], prints: /^80 bytes or more, read again: 0\.5$/m },
};

const LIBRARY = `import { check } from 'rmsproof/check';
const result = await check('./my-port.ts', { only: 'step/flags-float32/*' });
console.log(result.conforms, result.footer.counts.exact);
`;

const STATE_DICT = `import { Parameter, RMSprop, type StateDict, Tensor } from 'rmsproof';
import { readCheckpoint, writeCheckpoint } from 'rmsproof/state-dict';
const w = new Parameter({ dtype: 'float32', shape: [1], data: Float32Array.of(1) });
const optimizer = new RMSprop([w], { lr: 0.5 });
w.grad = new Tensor({ dtype: 'float32', shape: [1], data: Float32Array.of(0.5) });
optimizer.step();
const bytes = writeCheckpoint(optimizer.state_dict());
const { param_groups } = readCheckpoint(bytes) as unknown as StateDict;
console.log(bytes.length > 80 ? '80 bytes or more, read again:' : bytes.length, param_groups[0].lr);
`;

/** Whether an engine does what a trial asks for; the last lines of what it printed where it does not. */
export function tryEngine(command: readonly string[], folder: string): Readonly<Record<string, string>> {
  writeFileSync(join(folder, 'library.ts'), LIBRARY);
  writeFileSync(join(folder, 'state-dict.ts'), STATE_DICT);
  const results = Object.entries(TRIALS).map(([name, { args, prints }]) => {
    const [bin, ...words] = command as [string, ...string[]];
    const isNode = words.length === 0 && bin.endsWith('node');
    // Node 20 knows no types.
    const loader = isNode && args[0]!.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const { stdout, stderr } = spawnSync(bin, [...words, ...loader, ...args], {
      ...{ cwd: folder, encoding: 'utf8', timeout: 120_000, env: { ...process.env, NO_COLOR: '1' } },
    });
    return [name, prints.test(stdout) ? 'ok' : (stdout + stderr).trim().split('\n').slice(-3).join('\n')];
  });
  return Object.fromEntries(results) as Record<string, string>;
}

if (process.argv[1]?.endsWith('engines.ts')) {
  const wanted = process.argv.slice(2);
  const folder = consumer();
  for (const [name, engine] of Object.entries(ENGINES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const at = mkdtempSync(join(tmpdir(), 'rmsproof-engine-'));
    writeFileSync(join(at, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', engine.package], {
      cwd: at,
      timeout: 300_000,
    });
    const results = tryEngine([join(at, 'node_modules/.bin', engine.bin), ...engine.words], folder);
    for (const [trial, said] of Object.entries(results)) {
      console.log(`${engine.package.padEnd(14)} ${trial.padEnd(11)} ${said}`);
      if (said !== 'ok') process.exitCode = 1;
    }
  }
}
