import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deliver, wantedReports } from '../../src/cli/reporters.ts';
import { validate } from '../../src/scenario/schema.ts';
import { rmsproof } from '../fixtures/cli.ts';
import { hostileReport, report } from '../fixtures/report.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const wrong = fileURLToPath(new URL('../fixtures/ports/eps-inside-root.ts', import.meta.url));

afterEach(() => void vi.unstubAllEnvs());

/** What is printed of a report. */
function printed(words: readonly string[], made = report(), port?: string): string {
  let text = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((text += String(chunk)), true));
  try {
    deliver(made, wantedReports(words), { command: 'npx rmsproof check' }, port);
  } finally {
    spy.mockRestore();
  }
  return stripVTControlCharacters(text);
}

describe('--reporter', () => {
  test('writes each report that has a file, and prints the one that has none', async () => {
    const folder = temporaryFolder();
    const at = (name: string): string => join(folder, 'reports', name);
    const { code, stdout } = await rmsproof(
      ...['check', wrong, '--only', 'step/flags-float32/momentum+foreach=false', '--reporter', 'console'],
      ...[`json=${at('a.json')}`, `junit=${at('a.xml')}`, `html=${at('a.html')}`, `github=${at('a.txt')}`],
    );
    expect(code).toBe(1);
    expect(stdout).toContain('DOES NOT CONFORM');
    const json: unknown = JSON.parse(readFileSync(at('a.json'), 'utf8'));
    validate('report', json, 'a.json');
    expect(json).toMatchObject({ conforms: false, header: { references: ['torch-2.15.0/separate'] } });
    expect(readFileSync(at('a.xml'), 'utf8')).toContain('failures="1"');
    expect(readFileSync(at('a.html'), 'utf8')).toContain('computes eps inside the root');
    expect(readFileSync(at('a.txt'), 'utf8')).toMatch(/^::error file=[^:]*eps-inside-root.ts,/);
  });

  test('the page repeats the whole check with what was given, and a case with its own', async () => {
    const page = join(temporaryFolder(), 'a.html');
    const { code } = await rmsproof(
      ...['check', wrong, '--only', 'step/flags-float32/*foreach=false', '--only', 'step/dense-float32/plain'],
      ...['--skip', '*centered*', '--reference', 'torch-2.1.2/*', '--fresh', '3', '--seed', '7', '--no-expect'],
      ...['--require', 'hooks', '--exact', '--reporter', `html=${page}`],
    );
    expect(code).toBe(1);
    const commands = [...readFileSync(page, 'utf8').matchAll(/<code>(npx .*?)<\/code>/g)].map(([, one]) =>
      one!.replaceAll('&#39;', "'"),
    );
    const own = `npx rmsproof check ${wrong} --exact`;
    expect(commands[0]).toBe(
      `${own} --reference 'torch-2.1.2/*' --only 'step/flags-float32/*foreach=false' --only step/dense-float32/plain --skip '*centered*' --fresh 3 --seed 7 --no-expect --require hooks`,
    );
    expect(commands[1]).toMatch(/ --exact --reference 'torch-2.1.2\/separate' --only 'step\/[^']*'$/);
  });

  test('the page repeats the fresh programs that were made, also where no seed was given', async () => {
    const page = join(temporaryFolder(), 'a.html');
    await rmsproof('check', wrong, '--only', 'step/dense-float32/plain', '--fresh', '2', '--reporter', `html=${page}`);
    expect(readFileSync(page, 'utf8')).toMatch(
      /<code>[^<]* --only step\/dense-float32\/plain --fresh 2 --seed -?\d+<\/code>/,
    );
  });

  test.each([
    [['tap'], 'there is no reporter tap; the reporters are console, json, junit, github, html'],
    [['junit='], '--reporter junit=: expected a file, as in junit=FILE'],
    [['console', 'json'], 'only one report can be printed; give the others a file, as in --reporter json=FILE'],
    [['json=a', 'html=./a'], 'two reports cannot go to a'],
  ])('%j is wrong usage', (words, message) => {
    expect(() => wantedReports(words)).toThrow(message);
  });

  test('console=FILE has no colours', () => {
    const file = join(temporaryFolder(), 'report.txt');
    vi.stubEnv('FORCE_COLOR', '1');
    printed([`console=${file}`]);
    expect(readFileSync(file, 'utf8')).not.toContain('\u001b');
  });

  test('a file that cannot be written is named, and no other is written', async () => {
    const other = join(temporaryFolder(), 'a.json');
    const { code, stderr } = await rmsproof(
      ...['check', '--only', 'step/flags-float32/plain+foreach=false'],
      ...['--reporter', `json=${other}`, 'junit=/dev/null/a.xml'],
    );
    expect(stderr).toContain('/dev/null/a.xml: cannot be written');
    expect(code).toBe(3);
    expect(existsSync(other)).toBe(false);
  });
});

describe('github', () => {
  test('adds the summary to the file that the step names', () => {
    const file = join(temporaryFolder(), 'summary.md');
    vi.stubEnv('GITHUB_STEP_SUMMARY', file);
    printed(['github']);
    printed(['github']);
    expect(readFileSync(file, 'utf8').match(/^## /gm)).toHaveLength(2);
    printed(['console']);
    expect(readFileSync(file, 'utf8').match(/^## /gm)).toHaveLength(2);
  });

  test('names the module as the repository does', () => {
    vi.stubEnv('GITHUB_WORKSPACE', '/repository');
    expect(printed(['github'], report(), '/repository/src/p.ts')).toContain('::error file=src/p.ts,');
  });

  test("keeps a stranger's text in the console report from being a command", () => {
    const lines = printed(['console', 'github'], hostileReport()).split('\n');
    const [, token] = /^::stop-commands::(\S+)$/.exec(lines[0]!)!;
    const begin = lines.indexOf(`::${token}::`);
    expect(begin).toBeGreaterThan(0);
    expect(lines.slice(begin + 1).filter((line) => line !== '' && !line.startsWith('::error '))).toEqual([]);
  });
});
