/**
 * `rmsproof.expectations.json` on the command line: found, read, held to, written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { textOf, type Truth } from '../../scripts/variants/ports.ts';
import { validate } from '../../src/scenario/schema.ts';
import { type Outcome, rmsproof } from '../fixtures/cli.ts';
import { partOfGolden, temporaryFolder } from '../fixtures/temporary.ts';

const right = fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url));
const golden = ['--golden', partOfGolden('step/dense-float32')];
let port: string;
let file: string;

beforeEach(() => {
  const folder = temporaryFolder();
  port = join(folder, 'port.ts');
  file = join(folder, 'rmsproof.expectations.json');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});

/** A right port but for its steps, and its claims. */
function write({ step = '', supports = 'right.supports' } = {}): void {
  const members = `supports: ${supports}, step(optimizer) { ${step} return right.step(optimizer); }`;
  writeFileSync(port, `import right from '${right}';\nexport default { ...right, ${members} };\n`);
}

const check = async (...args: readonly string[]): Promise<Outcome> => {
  const { stdout, ...rest } = await rmsproof('check', port, ...golden, '--fresh', '0', ...args);
  return { ...rest, stdout: stripVTControlCharacters(stdout) };
};

const read = (): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

/** Goes wrong with momentum and centered: in 5 of the 20 cases. */
const WRONG =
  'for (const { options } of optimizer.groups) if (options.momentum > 0 && options.centered) options.momentum = 0.5;';

describe('a gate', () => {
  it('is written, holds, and goes red when the port gets worse, better, or claims less', async () => {
    write({ step: WRONG });
    const made = await check('--update');
    expect([made.code, made.stderr]).toEqual([
      0,
      expect.stringContaining('+ accepted: step/*/*momentum*centered* (numbers differ), 5'),
    ]);
    expect(made.stdout).toContain('AS EXPECTED  5 of 20 cases failed, all of them accepted');
    validate('expectations', read(), file);
    expect(read()).toMatchObject({ rmsproof: '0.1.0', references: ['torch-2.15.0/separate'] });
    expect((await check()).code).toBe(0);
    expect((await check('--no-expect')).code).toBe(1);

    write({ step: WRONG.replace('options.centered', 'true') });
    const worse = await check();
    expect([worse.code, worse.stdout]).toEqual([
      1,
      expect.stringMatching(/DOES NOT CONFORM {2}\d+ of 20 cases failed unexpectedly\n/),
    ]);

    write();
    const better = await check();
    expect([better.code, better.stdout]).toEqual([
      4,
      expect.stringContaining('STALE EXPECTATIONS  1 of what is expected is'),
    ]);

    write({ step: WRONG, supports: "right.supports.filter((need) => need !== 'maximize')" });
    const less = await check();
    expect(less.stdout).toContain('the port promised "maximize", and does not claim it');
    expect(less.code).toBe(1);

    write();
    const mended = await check('--update');
    expect([mended.code, mended.stderr]).toEqual([
      0,
      expect.stringContaining('- accepted: step/*/*momentum*centered* (numbers differ)'),
    ]);
    expect([read()['accepted'], (await check()).code]).toEqual([[], 0]);
    expect((await check('--update')).stderr).toBe(`${relative('', file)} is as it should be\n`);
  });

  it('is a matter of rules: better with one of two faults mended, red with another instead or one more', async () => {
    const wrong = (truth: Truth): void => writeFileSync(port, textOf('float32', truth)!);
    const [eps, momentum] = [{ eps: 'inside' }, { momentum: 'lr-inside' }];
    wrong({ ...eps, ...momentum });
    const made = await check('--update');
    expect([made.code, made.stderr]).toEqual([
      0,
      expect.stringContaining('+ accepted: rule eps=inside, momentum=lr-inside, '),
    ]);
    wrong(eps);
    const better = await check();
    expect(better.code).toBe(4);
    expect(better.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /stale: better than promised: rule eps=inside, momentum=lr-inside is accepted \(\d+\), and the port computes eps=inside alone \(\d+\)/,
    );
    wrong({ ...eps, ...momentum, default_alpha: '0.9' });
    const worse = await check();
    expect([worse.code, worse.stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringContaining(
        'the port got worse: beside rule eps=inside, momentum=lr-inside, which is accepted, it has default_alpha=0.9',
      ),
    ]);
    expect(worse.stdout).toMatch(/DOES NOT CONFORM {2}\d+ of 20 cases failed unexpectedly; worse than is accepted\n/);
    wrong({ ...eps, momentum: 'nesterov' });
    expect((await check()).code).toBe(1);
    wrong({});
    expect((await check()).code).toBe(4);
  });

  it('is in the JSON report', async () => {
    write({ step: WRONG });
    await check('--update');
    const { stdout } = await check('--reporter', 'json');
    const report = JSON.parse(stdout) as object;
    validate('report', report, 'report');
    expect(report).toMatchObject({
      ...{ outcome: 'as expected', conforms: false },
      judgement: { unexpected: [], stale: [], pinned: '0.1.0' },
      runs: [{ claimed: { cases: 20, ran: 20 } }],
    });
  });

  it('holds against the pinned references alone', async () => {
    write();
    await check('--update');
    writeFileSync(file, readFileSync(file, 'utf8').replace('2.15.0', '2.1.2'));
    expect((await check()).stdout).toContain('against torch-2.1.2/separate\n');
    writeFileSync(file, readFileSync(file, 'utf8').replace('2.1.2', '1.0.0'));
    expect(await check()).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(
        'the expectations pin torch-1.0.0/separate, which is no reference; those are ',
      ) as string,
    });
  });

  it('keeps profiles as they were written', async () => {
    write();
    await check('--update');
    const words = ['float32', 'numbers'];
    writeFileSync(file, JSON.stringify({ ...read(), claims: words }));
    write({ supports: "['float32', 'numbers']" });
    await check('--update');
    expect(read()['claims']).toEqual(words);
  });

  it('is written nowhere when the adapter breaks', async () => {
    write({ step: 'if (optimizer.groups[0].options.momentum > 0) process.exit(1);' });
    const { code, stderr } = await check('--update');
    expect([code, stderr, existsSync(file)]).toEqual([3, `${relative('', file)} stays as it is\n`, false]);
  });
});

describe('claims of a fixed option', () => {
  it('are tried on the cases with that value, and the report says how many of the others there are', async () => {
    write({ supports: "[...right.supports.filter((need) => need !== 'momentum'), 'momentum=0.9']" });
    const { code, stdout } = await check();
    expect(stdout).toContain('not claimed, by cases that need it: momentum=0.9 (10)');
    expect(stdout).toContain('10 of 20 claimed cases ran (50 %)');
    expect(stdout).toContain('CONFORMS  10 cases exact, 10 unsupported');
    expect(code).toBe(0);
  });

  it('are heeded by fresh programs and by the diagnosis', async () => {
    write({ supports: "[...right.supports, 'eps=1e-8']", step: WRONG });
    const fresh = await check('--fresh', '20', '--seed', '1');
    expect([fresh.code, fresh.stdout]).toEqual([1, expect.stringContaining('20 fresh programs (seed 1)')]);
    expect(fresh.stdout).not.toContain('eps has no effect');
  });

  describe('with a value that no golden case has', () => {
    const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
    /** Steps with eps 1e-5 and other options that it fixes, whatever it is given. */
    const constant = (options = ''): void => {
      const supports = "[...right.supports.filter((need) => need !== 'maximize' && need !== 'groups'), 'eps=0.00001']";
      const optimizer = `([{ params }], options) => right.optimizer([{ params, options: {} }], { ...options, eps: 1e-5, ${options} })`;
      writeFileSync(
        port,
        `import right from '${right}';\nexport default { ...right, supports: ${supports}, optimizer: ${optimizer} };\n`,
      );
    };
    const seeded = ['--fresh', '30', '--seed', '1'];

    it('are tried on fresh programs, and the report says so', async () => {
      constant();
      const { code, stdout } = await check(...seeded);
      expect(words(stdout)).toContain(
        '0 of 12 claimed cases ran (0 %): none has eps=1e-5; fresh programs stand in, held against the port of this package',
      );
      expect(words(stdout)).toContain('CONFORMS none of the cases has eps=1e-5; of 30 fresh programs 30 exact against');
      expect(code).toBe(0);
      const report = JSON.parse((await check(...seeded, '--reporter', 'json')).stdout) as {
        readonly conforms: boolean;
        readonly header: { readonly claims: readonly string[] };
      };
      validate('report', report, 'report');
      expect([report.conforms, report.header.claims]).toEqual([true, expect.arrayContaining(['eps=1e-5'])]);
    });

    it('fail and are diagnosed there, ascent as well', async () => {
      constant('maximize: true');
      const { code, stdout } = await check(...seeded);
      expect(words(stdout)).toContain('the port goes up where it should go down: explains');
      expect(words(stdout)).toMatch(/DOES NOT CONFORM none of the cases has eps=1e-5; \d+ of 30 fresh programs failed/);
      expect(code).toBe(1);
    });

    it('say nothing where no fresh program is wanted', async () => {
      constant();
      const { code, stdout } = await check('--fresh', '0');
      expect(words(stdout)).toContain('NO CASE RAN none of the cases has eps=1e-5, and no fresh program says more');
      expect(code).toBe(3);
    });

    it('can be promised: --update makes the fresh programs too, and the file holds', async () => {
      constant();
      const bare = async (...args: readonly string[]): Promise<Outcome> => rmsproof('check', port, ...golden, ...args);
      expect(await bare('--update')).toMatchObject({ code: 0, stderr: expect.stringContaining('+ claims: eps=1e-5') });
      expect((await bare()).code).toBe(0);
      constant('maximize: true');
      expect((await bare()).code).toBe(1);
    });
  });
});

test('the report says that fresh programs are not tried while failures are accepted, and not where none were wanted', async () => {
  const says = 'fresh programs are not tried while failures are accepted';
  write({ step: WRONG });
  await check('--update');
  const wanting = await rmsproof('check', port, ...golden);
  expect([wanting.code, wanting.stdout]).toEqual([0, expect.stringContaining(says)]);
  const { stdout } = await rmsproof('check', port, ...golden, '--reporter', 'json');
  const report: unknown = JSON.parse(stdout);
  validate('report', report, 'the report');
  expect(report).toMatchObject({ judgement: { untried: true } });
  expect((await check()).stdout).not.toContain(says);
  expect((await rmsproof('check', port, ...golden, '--fresh', '3')).stdout).not.toContain(says);
  write();
  await check('--update');
  expect((await rmsproof('check', port, ...golden)).stdout).not.toContain(says);
});

describe('selection', () => {
  it('takes several --only and --skip, and counts what was skipped of the claimed cases', async () => {
    write();
    const only = ['--only', 'step/dense-float32/plain', '--only', 'step/dense-float32/momentum*'];
    const { stdout } = await check(...only, '--skip', '*centered*');
    expect(stdout).toContain('5 of 9 claimed cases ran (55 %)');
    expect(stdout).toContain('CONFORMS  5 cases exact');
  });

  it('does not hold counts of accepted deviations against a part of the cases', async () => {
    write({ step: WRONG });
    await check('--update');
    expect((await check('--only', '*/plain')).code).toBe(0);
    expect((await check('--skip', '*/momentum+centered')).code).toBe(0);
  });
});

test('--require fails a port that does not claim a whole profile', async () => {
  write();
  const { code, stdout } = await check('--require', 'numbers', '--require', 'training');
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining('the profile training is required, and the port does not claim'),
  ]);
});

describe('bad input', () => {
  beforeEach(() => write());

  it.each([
    [['--require', 'speed'], '--require: there is no profile speed; the profiles are numbers, training,'],
    [['--expect', '/no/such/file'], '--expect: there is no /no/such/file; --update writes it'],
    [['--no-expect', '--update'], '--update does not go with --no-expect'],
    [['--update', '--bail'], '--bail does not go with '],
    [['--update', '--only', '*'], '--only does not go with --update, which needs every case'],
    [['--update', '--skip', '*'], '--skip does not go with --update, which needs every case'],
    [['--update', '--reference', '*'], '--reference does not go with --update, which needs every case'],
  ])('%j is wrong usage', async (args, message) => {
    expect(await check(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
  });

  it.each([[['--update']], [['--require', 'numbers']], [['--expect', 'x.json']]])(
    '%j without a port is wrong usage',
    async (args) => {
      const { code, stderr } = await rmsproof('check', ...args);
      expect([code, stderr]).toEqual([2, `rmsproof: ${args[0]} is for ports\n`]);
    },
  );

  it.each([
    ['{', 'rmsproof.expectations.json'],
    ['{}', 'missing key "format"'],
    [
      '{ "format": 1, "rmsproof": "0.1.0", "references": ["x"], "claims": ["speed"], "accepted": [] }',
      'at /claims/0: expected a word of spec/needs.md, got speed',
    ],
    [
      '{ "format": 1, "rmsproof": "0.1.0", "references": ["x"], "claims": [], "accepted": [{ "cases": "*", "count": 0, "reason": "x" }] }',
      'at /accepted/0/count: must be >= 1, got 0',
    ],
  ])('a file that is %s', async (text, message) => {
    writeFileSync(file, text);
    const { code, stderr } = await check();
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });

  it('a --skip that matches nothing', async () => {
    expect(await check('--skip', 'none/*')).toMatchObject({
      code: 3,
      stderr: 'rmsproof: no case matches none/*; rmsproof list shows them all\n',
    });
  });
});
