/**
 * What is observed of an error in a compiled step (spec/scenario.md): the program's, never the compiler's.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const folders = ['../../../src/subject/torch', '../../../src/scenario'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** What `raised` makes of the exception that a body raises. */
function raised(...body: readonly string[]): string {
  const program = [
    'import sys',
    `sys.path[:0] = ${JSON.stringify(folders)}`,
    'from types import SimpleNamespace as Named',
    'import compiling',
    'class Dynamo(RuntimeError): pass',
    'compiler = compiling.Compiler.__new__(compiling.Compiler)',
    'compiler.torch = Named(_dynamo=Named(exc=Named(TorchDynamoException=Dynamo)))',
    'def refused(): raise ValueError("the program is refused")',
    'def body():',
    ...body.map((line) => `    ${line}`),
    'try:',
    '    body()',
    'except Exception as error:',
    '    try:',
    '        own = compiler.raised(error)',
    '        print(type(own).__name__, own, sep=": ")',
    '    except compiling.Refused as refusal:',
    '        print("Refused:", refusal)',
  ];
  const { stdout, stderr } = spawnSync('python3', ['-B', '-c', program.join('\n')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim();
}

const OWN = 'ValueError: the program is refused';

test.runIf(hasPython).each([
  ['an error of the program', ['refused()'], OWN],
  [
    'what Dynamo raises from it',
    ['try: refused()', 'except ValueError as error: raise Dynamo("in /a/file.py") from error'],
    OWN,
  ],
  [
    'what Dynamo raises while handling it, and says from nothing',
    ['try:', '    try: refused()', '    except ValueError: raise TypeError("words of Dynamo")'].concat([
      'except TypeError: raise Dynamo("in /a/file.py") from None',
    ]),
    OWN,
  ],
  [
    'an error that the program itself raised while handling another',
    ['try: refused()', 'except ValueError: raise KeyError("second")'],
    "KeyError: 'second'",
  ],
  [
    'what Dynamo raises by itself, which is not recorded',
    ['raise Dynamo("no such graph")'],
    'Refused: torch.compile fails by itself: Dynamo: no such graph',
  ],
])('%s', (_, body, expected) => {
  expect(raised(...body)).toBe(expected);
});
