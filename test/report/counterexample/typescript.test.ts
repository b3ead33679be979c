import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { typescriptFile } from '../../../src/report/counterexample/typescript.ts';
import { interpret } from '../../../src/scenario/interpreter.ts';
import type { Port } from '../../../src/scenario/port.ts';
import { printed } from '../../fixtures/example.ts';
import resuming from '../../fixtures/ports/resuming.ts';
import { resumed } from '../../fixtures/resumed.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('the file of a program that saves and loads gives the numbers of the program', async () => {
  const path = fileURLToPath(new URL('../../fixtures/ports/resuming.ts', import.meta.url));
  const statement = `import exported from ${JSON.stringify(path)};`;
  const target = { version: '2.15.0', arithmetic: 'separate' };
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.mts'), typescriptFile(resumed, { statement, target }, ['a comment']));
  const observations = await interpret(resumed, resuming as unknown as Port);
  const bits = observations.flatMap(({ steps = [] }) => steps.map((step) => step['w']!));
  const lines = printed(folder, 'a.mts').trimEnd().split('\n');
  expect(bits).toHaveLength(2);
  expect(lines.map((line) => /\[ '(\w+)' \]$/.exec(line)?.[1])).toEqual(bits);
});

test('a checkpoint that is given is a comment: a search makes none', () => {
  const op = { op: 'load', value: { groups: [], state: {} } } as const;
  const text = typescriptFile(
    { ...resumed, program: [op] },
    { statement: '', target: { version: '', arithmetic: '' } },
    [],
  );
  expect(text).toContain(`// ${JSON.stringify(op)}`);
});
