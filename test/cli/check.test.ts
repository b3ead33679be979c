import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { validate } from '../../src/scenario/schema.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { fakePython, hello } from '../fixtures/fake-python.ts';

/** The part of a JSON report that says who was held against what. */
interface Report {
  readonly subject: Readonly<Record<string, string>>;
}

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/ports/${name}`, import.meta.url));
const wrong = fixture('eps-inside-root.ts');
const ONE = 'step/flags-float32/momentum+foreach=false';

describe('rmsproof check', () => {
  test('heads a report without a verdict by what happened, and exits 3', async () => {
    const { code, stdout } = await rmsproof('check', fixture('typed-arrays.ts'), '--only', 'hooks/kinds/*');
    expect(stripVTControlCharacters(stdout)).toContain('\nNO CASE RAN  the port claims too little for any of them\n');
    expect(code).toBe(3);
  });

  test('says that the port conforms, bit for bit, and exits 0', async () => {
    const { code, stdout } = await rmsproof('check', '--only', 'step/flags-float32/*');
    expect(stripVTControlCharacters(stdout)).toMatch(/CONFORMS {2}\d+ cases exact; [\d,]+ numbers, 0 differing$/m);
    expect(code).toBe(0);
  });

  test('fits the console report into 80 columns', async () => {
    for (const args of [[], [wrong]]) {
      const { stdout } = await rmsproof('check', ...args, '--only', 'step/flags-float32/momentum*');
      const printed = stripVTControlCharacters(stdout).split('\n');
      // The command that repeats a case is one line however long its path is.
      expect(printed.filter((line) => line.length > 80 && !line.includes('npx rmsproof check'))).toEqual([]);
    }
  });

  test('names case, step, tensor, element, both values, ulps and the command that repeats a failure, and exits 1', async () => {
    const { code, stdout } = await rmsproof('check', wrong, '--only', 'step/flags-float32/momentum+foreach=false');
    const text = stripVTControlCharacters(stdout);
    expect(text).toContain('FAILED step/flags-float32/momentum+foreach=false');
    expect(text).toMatch(/operation 1 \(train\), step 1, \w+.* \[numbers\]/);
    expect(text).toMatch(/expected {2}-?\d\.\d+ \([0-9a-f]{8}\)/);
    expect(text).toMatch(/actual {4}-?\d\.\d+ \([0-9a-f]{8}\) {3}[+-]\d+ ulp/);
    expect(text).toContain(
      `npx rmsproof check ${wrong} --reference 'torch-2.15.0/separate' --only 'step/flags-float32/momentum+foreach=false'`,
    );
    expect(text).toContain('the port computes eps inside the root');
    expect(code).toBe(1);
  });

  test('repeats it with the options that it was given', async () => {
    const options = ['--ulp', '8', '--timeout', '30'];
    const { stdout } = await rmsproof(
      'check',
      wrong,
      '--only',
      'step/flags-float32/momentum+foreach=false',
      ...options,
    );
    expect(stripVTControlCharacters(stdout)).toContain(
      `npx rmsproof check ${wrong} --ulp 8 --timeout 30 --reference '`,
    );
  });

  test('repeats a failure with the command that the report prints', async () => {
    const { stdout } = await rmsproof('check', wrong, '--only', 'step/flags-float32/momentum+foreach=false');
    const command = stripVTControlCharacters(stdout).match(/npx rmsproof (check .*)/)![1]!;
    const { code } = await rmsproof(...command.split(' ').map((word) => word.replaceAll("'", '')));
    expect(code).toBe(1);
  });

  describe('over a port in double precision', () => {
    const judged = async (...options: string[]): Promise<readonly [number, object]> => {
      const only = 'step/flags-float32/momentum+centered+foreach=none';
      const args = ['check', fixture('doubles.ts'), '--only', only, '--reporter', 'json', ...options];
      const { code, stdout } = await rmsproof(...args);
      const report = JSON.parse(stdout) as { runs: [{ counts: object }] };
      return [code, report.runs[0].counts];
    };

    test('accepts what is bounded', async () => {
      expect(await judged()).toMatchObject([0, { exact: 0, bounded: 1, failed: 0 }]);
    });

    test('with --exact does not', async () => {
      expect(await judged('--exact')).toMatchObject([1, { exact: 0, bounded: 0, failed: 1 }]);
    });

    test('with --ulp widens and narrows the bounds', async () => {
      expect(await judged('--ulp', '64')).toMatchObject([0, { bounded: 1, failed: 0 }]);
      expect(await judged('--ulp', '0.001')).toMatchObject([1, { bounded: 0, failed: 1 }]);
    });
  });

  test.each([
    'step/flags-float32/*',
    'numerics/complement-float32/alpha*centered', // A weight of 0.9, whose complement is rounded once.
  ])('finds that a port computes as compiled steps do in %s', async (only) => {
    const { code, stdout } = await rmsproof('check', fixture('compiled-steps.ts'), '--only', only);
    expect(stripVTControlCharacters(stdout)).toMatch(
      /^CONFORMS {2}\d+ cases exact.* 0 differing\n {10}against torch-2\.15\.0\/compiled$/m,
    );
    expect(code).toBe(0);
  });

  test('stops at the first failure with --bail', async () => {
    const { stdout } = await rmsproof('check', wrong, '--bail', '--only', 'step/flags-float32/momentum*');
    expect(stripVTControlCharacters(stdout)).toMatch(/1 of 1 cases failed/);
  });

  test('writes a JSON report that its schema admits', async () => {
    const { stdout } = await rmsproof('check', wrong, '--reporter', 'json', '--only', 'step/flags-float32/momentum*');
    const report: unknown = JSON.parse(stdout);
    validate('report', report, 'report');
    expect(report).toMatchObject({
      conforms: false,
      runs: [{ diagnosis: { rules: [{ axes: [{ axis: 'eps', value: 'inside' }] }] } }],
    });
  });

  test('holds the port against the references that a glob names', async () => {
    const { stdout } = await rmsproof('check', '--reference', 'torch-2.1.2/*', '--only', 'step/flags-float32/*');
    expect(stdout).toContain('torch-2.1.2/fused');
    expect(stdout).not.toContain('torch-2.13.0');
  });

  test.each(['fast', 'literal'])('holds the port on its path %s', async (path) => {
    const { code, stdout } = await rmsproof('check', '--path', path, '--only', ONE);
    expect(stdout).toContain('CONFORMS');
    expect(code).toBe(0);
  });

  test.each([
    [['check', '--reporter', 'tap'], 2, 'there is no reporter tap; the reporters are console, json'],
    [['check', '--reporter', 'console', 'json'], 2, 'only one report can be printed'],
    [['check', '--reference', 'torch-9*', '--only', ONE], 2, 'no reference matches torch-9*; the references are '],
    [['check', '--only', 'nothing/*'], 3, 'no case matches nothing/*; rmsproof list shows them all'],
    [['check', 'a.ts', '--subject', 'torch'], 2, 'expected a port or --subject, got both'],
    [['check', '--python', 'python3'], 2, '--python is for the subject torch, got port'],
    [['check', wrong, '--torch-source', 'x'], 2, `--torch-source is for the subject pyodide:source, got ${wrong}`],
    [
      ['check', '--subject', 'pyodide:source', '--torch-wheel', 'x.whl'],
      2,
      '--torch-wheel is for the subject pyodide, got pyodide:source',
    ],
    [['check', '--subject', 'pyodide', '--timeout', '9'], 2, '--timeout is for ports, got pyodide'],
    [['check', wrong, '--path', 'literal'], 2, `--path is for the subject port, got ${wrong}`],
    [['check', '--sqrt', 'ieee'], 2, '--sqrt ieee needs --subject torch'],
    [['check', wrong, '--ulp', '8', '--exact'], 2, '--ulp does not go with --exact'],
    [['check', '--ulp', '8'], 2, "--ulp is for ports; this package's subjects have to be exact"],
    [['check', wrong, '--ulp', '0'], 2, '--ulp: expected a number up to 64, got 0'],
    [['check', wrong, '--ulp', 'many'], 2, '--ulp: expected a number up to 64, got many'],
    [['check', '--nonsense'], 2, "unknown option '--nonsense'"],
    [['check', 'absent.ts', '--only', ONE], 3, 'absent.ts: there is no such file'],
    [['check', fixture('throws-on-import.ts'), '--only', ONE], 3, 'threw on import'],
    [['check', fixture('no-step.ts'), '--only', ONE], 3, 'expected the port to have a function step'],
    [
      ['check', '--subject', 'torch', '--python', '/no/such/python', '--only', ONE],
      3,
      'there is no command /no/such/python',
    ],
  ])('answers %j with exit code %i', async (args, expected, message) => {
    const { code, stderr } = await rmsproof(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(expected);
  });

  test.each([['--reference', 'x'], ['--bail'], ['--ulp', '4'], ['--exact']])(
    'refuses %s with --sqrt built-in',
    async (...option) => {
      const { code, stderr } = await rmsproof('check', '--subject', 'torch', '--sqrt', 'built-in', ...option);
      expect(stderr).toContain(`${option[0]} does not go with --sqrt built-in`);
      expect(code).toBe(2);
    },
  );

  describe('of a torch that no reference was recorded from', () => {
    const python = (version: string): string =>
      fakePython(`${hello(version)} answer({ id: r.run.id, observations: r.run.program.map(() => ({})) });`);
    const check = (version: string, ...args: string[]): ReturnType<typeof rmsproof> =>
      rmsproof('check', '--subject', 'torch', '--python', python(version), '--only', ONE, ...args);

    test('holds it against the nearest older one, and says so in the first line and in the JSON report', async () => {
      const { code, stdout } = await check('2.14.9');
      expect(code).toBe(1);
      expect(stripVTControlCharacters(stdout).replaceAll(/\s+/g, ' ')).toMatch(
        /^torch 2\.14\.9, which was not recorded: held against 2\.14\.1, the nearest older /,
      );
      expect(stdout).toContain('torch-2.14.1/separate');
      const report = JSON.parse((await check('2.14.9', '--reporter', 'json')).stdout) as Report;
      validate('report', report, 'report');
      expect(report.subject).toMatchObject({ version: '2.14.9', in_place_of: '2.14.1' });
    });

    test('is overridden by --reference', async () => {
      const { stdout } = await check('2.14.9', '--reference', 'torch-2.1.2/separate', '--reporter', 'json');
      const report = JSON.parse(stdout) as Report;
      expect(report.subject).not.toHaveProperty('in_place_of');
    });

    test('says nothing of one that was recorded', async () => {
      const { stdout } = await check('2.14.1', '--reporter', 'json');
      expect((JSON.parse(stdout) as Report).subject).not.toHaveProperty('in_place_of');
    });

    test('is refused where it is older than all that were', async () => {
      expect(await check('2.0.1')).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('torch 2.0.1 is no recorded reference, and older than all that are; '),
      });
    });
  });

  test('shows a stack trace when asked for one', async () => {
    const { stderr } = await rmsproof('--stack', 'check', '--only', 'nothing/*');
    expect(stderr).toMatch(/^\s+at /m);
  });
});

describe('fresh programs', () => {
  const right = fixture('typed-arrays.ts');
  const only = ['--only', 'step/flags-float32/plain+foreach=false'];
  const printed = async (...args: readonly string[]): Promise<readonly [number, string]> => {
    const { code, stdout } = await rmsproof('check', ...args);
    return [code, stripVTControlCharacters(stdout)];
  };

  test('are tried after the golden ones, with a line of their own', async () => {
    const [code, text] = await printed(right, ...only, '--seed', '5', '--fresh', '20');
    expect(text).toContain('\n  20 fresh programs (seed 5) conform: 20 exact\n');
    expect(text).toMatch(/\nCONFORMS {2}1 cases exact; /);
    expect(code).toBe(0);
  });

  test('are 200 of a seed that is printed, unless some cases are chosen', async () => {
    expect((await printed(right, ...only, '--seed', '5'))[1]).toContain('\n  200 fresh programs (seed 5) conform: ');
    expect((await printed(right, ...only, '--fresh', '3'))[1]).toMatch(/\n {2}3 fresh programs \(seed \d+\) conform: /);
    expect((await printed(right, ...only))[1]).not.toContain('fresh programs');
    expect((await printed(right, ...only, '--fresh', '0'))[1]).not.toContain('fresh programs');
  });

  test('of which one differs fail the port, show it and are repeated by the seed', async () => {
    const args = ['--only', 'step/flags-float32/plain+foreach=none', '--seed', '5', '--fresh', '20'];
    const [code, wrongly] = await printed(wrong, ...args);
    expect(code).toBe(1);
    expect(wrongly).toMatch(/20 fresh programs \(seed 5\) differ: .*\d+ failed/);
    expect(wrongly).toMatch(/FAILED fresh\/seed=5\/\d+/);
    expect(wrongly).toMatch(/npx rmsproof check \S+ --reference 'torch-2.15.0\/\w+' --seed 5 --fresh 20\n/);
  });

  test('are in the JSON report, those with their programs that are not exact', async () => {
    const { stdout } = await rmsproof('check', wrong, ...only, '--seed', '5', '--fresh', '9', '--reporter', 'json');
    const report = JSON.parse(stdout) as { runs: [{ fresh: { programs: object[] } }] };
    validate('report', report, 'report');
    expect(report.runs[0].fresh).toMatchObject({ count: 9, seed: 5, verdict: 'differs' });
    expect(report.runs[0].fresh.programs[0]).toHaveProperty('scenario.program.0.op', 'optimizer');
  });

  test.each([
    [['--fresh', '-1'], '--fresh: expected a whole number from 0, got -1'],
    [['--seed', 'x'], '--seed: expected a whole number from -2147483648, got x'],
    [['--seed', '1', '--fresh', '0'], '--seed does not go with --fresh 0, which tries no fresh program'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await rmsproof('check', right, ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test("are for ports, not for this package's own", async () => {
    const { code, stderr } = await rmsproof('check', '--fresh', '5');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("--fresh is for ports; real PyTorch proves this package's (fuzz port --against torch)"),
    ]);
  });
});
