/**
 * What becomes of a run whose port hangs, ends its process or throws late: an adapter error that names the case, in time.
 */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { run } from '../../src/conformance/run.ts';
import { moduleSource } from '../../src/subject/module.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { heldClock } from '../fixtures/clock.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const right = fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url));
const only = 'step/flags-float32/momentum*foreach=none';

const LIMIT = 60;

afterEach(() => void vi.useRealTimers());

/** A right port until a case with momentum, whose step does what a test is about. */
function port(step: string, top = ''): string {
  const path = join(temporaryFolder(), 'port.ts');
  const text = `import right from '${right}';
${top}
export default {
  ...right,
  step(optimizer) {
    if (optimizer.groups[0].options.momentum > 0) { ${step} }
    return right.step(optimizer);
  },
};`;
  writeFileSync(path, text);
  return path;
}

const CASES = /^step\/flags-float32\/(plain|momentum)\+foreach=none$/;

/** What a run says of a case without momentum, which is right, and of one with it. */
async function broken(path: string, meanwhile: Promise<void> = Promise.resolve()): Promise<string> {
  const golden = readGolden(undefined, (name) => name === 'step/flags-float32');
  const cases = golden.cases.filter(({ id }) => CASES.test(id));
  const source = await moduleSource(path, { timeout: LIMIT });
  const running = run({ ...golden, cases }, source, { references: ['torch-2.13.0/separate'] });
  await meanwhile;
  const [plain, momentum] = (await running).runs[0]!.cases;
  expect([plain!.id, plain!.verdict]).toEqual(['step/flags-float32/plain+foreach=none', 'exact']);
  expect([momentum!.id, momentum!.verdict]).toEqual(['step/flags-float32/momentum+foreach=none', 'broken']);
  return momentum!.broken!.replace(`${path}: case ${momentum!.id}: `, '');
}

describe.each([
  ['waits for what never comes', 'return new Promise(() => {});', 'waits for a promise that nothing will settle'],
  ['ends the process', 'process.exit(0);', 'ended its process with 0'],
  [
    'throws late',
    "return new Promise(() => setTimeout(() => { throw new Error('too late'); }));",
    'threw outside of any call: too late',
  ],
  ['rejects unheard', "void Promise.reject(new Error('unheard'));", 'threw outside of any call: unheard'],
])('a port that %s', (_, step, what) => {
  it('breaks the case, which is named, and no other', async () => {
    expect(await broken(port(step))).toBe(what);
  });
});

describe.each([
  ['loops without end', 'for (;;);'],
  ['never settles but stays busy', 'return new Promise(() => setInterval(() => {}, 5));'],
])('a port that %s', (_, step) => {
  it('breaks the case in time, and no other', async () => {
    const sign = heldClock();
    const path = port(`${sign.statement} ${step}`);
    expect(await broken(path, sign.thenPass(LIMIT))).toBe(`took more than ${LIMIT} s`);
  });
});

describe('a port that hangs in every case', () => {
  it('gets three threads and no more, and exit code 3', async () => {
    const { code, stdout } = await rmsproof('check', port('process.exit(1);'), '--only', only, '--reporter', 'json');
    const { runs } = JSON.parse(stdout) as { runs: { cases: { broken?: string }[] }[] };
    const broken = runs[0]!.cases.map((result) => result.broken).filter((text) => text !== undefined);
    expect(broken.length).toBeGreaterThan(4);
    expect(broken.slice(0, 3).filter((text) => text.endsWith('ended its process with 1'))).toHaveLength(3);
    expect(new Set(broken.slice(3))).toEqual(new Set(['not run: the port hung or ended its process 3 times']));
    expect(code).toBe(3);
  });
});

describe('a module that hangs before any case', () => {
  it.each([
    ['while it is imported', (hang: string) => hang, `importing it: took more than ${LIMIT} s`],
    [
      'while it is tried',
      (hang: string) => `right.step = () => { ${hang} };`,
      `the trial step: took more than ${LIMIT} s`,
    ],
  ])('%s makes the command exit 3', async (_, top, message) => {
    const sign = heldClock();
    const path = port('', top(`${sign.statement} for (;;);`));
    const [{ code, stderr }] = await Promise.all([
      rmsproof('check', path, '--timeout', `${LIMIT}`, '--only', only),
      sign.thenPass(LIMIT),
    ]);
    expect(stderr).toBe(`rmsproof: ${path}: ${message}\n`);
    expect(code).toBe(3);
  });
});

test.each(['0', 'soon', '1e9'])('--timeout %s is refused', async (timeout) => {
  expect(await rmsproof('check', right, '--timeout', timeout)).toMatchObject({
    code: 2,
    stderr: `rmsproof: --timeout: expected seconds, at most 86400, got ${timeout}\n`,
  });
});
