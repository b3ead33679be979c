import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rmsproof } from '../fixtures/cli.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/ports/${name}`, import.meta.url));

test('the doctor finds nothing in an adapter that works, says what it claims, and what more it could', async () => {
  const path = fixture('typed-arrays.ts');
  const { code, stdout } = await rmsproof('doctor', path);
  expect(stdout).not.toContain('MEND');
  expect(stdout).toMatch(/^ {2}ok {4}every step moves the tensor$/m);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/which is [\d,]+ of [\d,]+ cases; "[\w-]+" [\d,]+ more/);
  expect(stdout).toContain(`nothing to mend; next: npx rmsproof check ${path}`);
  expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('npx'))).toEqual([]);
  expect(code).toBe(0);
});

test('a wrong rule is no fault of the adapter', async () => {
  const { code } = await rmsproof('doctor', fixture('eps-inside-root.ts'));
  expect(code).toBe(0);
});

test('an adapter that cannot be opened is told why, and one that breaks what to mend', async () => {
  const closed = await rmsproof('doctor', fixture('no-step.ts'));
  expect(closed.stdout.replaceAll(/\s+/g, ' ')).toContain('MEND');
  expect(closed.stdout.replaceAll(/\s+/g, ' ')).toContain('expected the port to have a function step, got undefined');
  expect(closed.code).toBe(3);
  const absent = await rmsproof('doctor', 'absent.ts');
  expect(absent.stdout).toContain('absent.ts: there is no such file');
  expect(absent.code).toBe(3);
  const deaf = join(temporaryFolder(), 'deaf.ts');
  const right = JSON.stringify(fixture('typed-arrays.ts'));
  writeFileSync(deaf, `import right from ${right};\nexport default { ...right, setOption() {} };\n`);
  const heard = await rmsproof('doctor', deaf);
  expect(heard.stdout).toContain(
    '  LOOK  setOption reaches the optimizer\n        the next step is the same whatever lr',
  );
  expect(heard.stdout).toContain(`nothing to mend, 1 to look at; next: npx rmsproof check ${deaf}\n`);
  expect(heard.code).toBe(0);
  writeFileSync(deaf, `import right from ${right};\nexport default { ...right, state: () => ({ v: [] }) };\n`);
  const named = await rmsproof('doctor', deaf);
  expect(named.stdout).toContain(`1 to mend; then again: npx rmsproof doctor ${deaf}\n`);
  expect(named.code).toBe(3);
});

test('what a fixed option takes away is not counted, and the option is shown', async () => {
  const path = join(temporaryFolder(), 'fixed.ts');
  const right = JSON.stringify(fixture('typed-arrays.ts'));
  const write = (words: string): void =>
    writeFileSync(
      path,
      `import right from ${right};\nexport default { ...right, supports: ['numbers', 'float32', ${words}] };\n`,
    );
  write("'eps=0.00001'");
  const none = (await rmsproof('doctor', path)).stdout.replaceAll(/\s+/g, ' ');
  expect(none).toContain('claims numbers, float32, eps=1e-5');
  expect(none).toMatch(/which is 0 of [\d,]+ cases; \d+ more have other values than eps=1e-5 /);
  expect(none).toContain('where no case has these values, check tries fresh programs alone');
  write("'eps=1e-8'");
  const some = (await rmsproof('doctor', path)).stdout.replaceAll(/\s+/g, ' ');
  const { stdout } = await rmsproof('check', path, '--fresh', '0', '--reporter', 'json');
  const { runs } = JSON.parse(stdout) as { readonly runs: readonly [{ readonly claimed: { readonly ran: number } }] };
  expect(some).toContain(`which is ${runs[0].claimed.ran} of`);
});

test('a program in another language has a doctor too', async () => {
  const command = `python3 ${fileURLToPath(new URL('../../spec/adapters/rmsprop.py', import.meta.url))}`;
  const { code, stdout } = await rmsproof('doctor', '--command', command);
  expect(stdout).toContain(`nothing to mend; next: npx rmsproof check --command '${command}'`);
  expect(code).toBe(0);
});

test.each([
  [['doctor'], 'expected a port or --command, got neither'],
  [['doctor', 'a.ts', '--command', 'b'], 'expected a port or --command, got both'],
  [['doctor', 'nonsense'], 'there is no subject nonsense'],
  [['doctor', 'port', '--timeout', '9'], '--timeout is for ports, got port'],
])('%j is wrong usage', async (args, message) => {
  const { code, stderr } = await rmsproof(...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
