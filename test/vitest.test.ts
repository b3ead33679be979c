import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { root } from '../src/scenario/root.ts';
import { temporaryFolder } from './fixtures/temporary.ts';

const repository = fileURLToPath(root);

interface Told {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** What vitest tells of a file that asks for the conformance of a port. */
function told(port: string): readonly Told[] {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'port.test.ts'),
    `import { conformance } from ${JSON.stringify(join(repository, 'src/vitest.ts'))};
     await conformance(new URL(${JSON.stringify(new URL(`test/fixtures/ports/${port}`, root))}), {
       only: 'step/flags-float32/momentum*', reference: '*2.15.0/separate', fresh: 3, seed: 1,
     });`,
  );
  const out = join(folder, 'out.json');
  const args = ['run', '--root', folder, '--reporter', 'json', '--outputFile', out];
  const { stderr } = spawnSync(process.execPath, [join(repository, 'node_modules/vitest/vitest.mjs'), ...args], {
    ...{ cwd: repository, encoding: 'utf8', timeout: 300_000 },
  });
  const { testResults } = JSON.parse(readFileSync(out, 'utf8')) as {
    readonly testResults: readonly [{ readonly assertionResults: readonly Told[]; readonly message: string }];
  };
  expect(testResults[0].message, stderr).toBe('');
  return testResults[0].assertionResults;
}

test('a right port has a test that passes for each case that it claims, and one that is skipped for the others', () => {
  const tests = told('typed-arrays.ts');
  expect(new Set(tests.map(({ status }) => status))).toEqual(new Set(['passed', 'skipped']));
  const titles = tests.map(({ title }) => title);
  expect(titles).toContain('as a whole');
  expect(titles).toContain('3 fresh programs (seed 1)');
  expect(titles.filter((title) => /^\d+ cases need what the port does not claim$/.test(title))).toHaveLength(1);
  const one = tests.find(({ title }) => title.startsWith('momentum+foreach=false'))!;
  expect(one.title).toMatch(/^momentum\+foreach=false {2}\(.*RMS-8.*\)$/);
  expect(one.ancestorTitles.slice(-2)).toEqual(['torch-2.15.0/separate', 'step/flags-float32']);
});

test('the tests of a wrong port name the place, the rule and the command that repeats the case', () => {
  const tests = told('eps-inside-root.ts');
  const failed = tests.filter(({ status }) => status === 'failed');
  expect(failed.map(({ title }) => title)).toContain('as a whole');
  const [message] = failed.find(({ title }) => title.startsWith('momentum+foreach=false'))!.failureMessages;
  expect(message).toMatch(/expected {2}-?\d\.\d+ \([0-9a-f]{8}\)/);
  expect(message).toContain('the port computes eps inside the root');
  expect(message).toMatch(
    /npx rmsproof check \S*eps-inside-root.ts --reference '.*' --only 'step\/flags-float32\/momentum/,
  );
  expect(message).not.toContain('src/vitest.ts');
});
