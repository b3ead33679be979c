/**
 * Adapters that do what none may do, as modules and as programs: each its verdict, its words and its exit code, in bounded time.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CaseResult } from '../../src/conformance/verdicts.ts';
import { type Outcome, rmsproof } from '../fixtures/cli.ts';
import { heldClock } from '../fixtures/clock.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const right = fileURLToPath(new URL('../fixtures/ports/typed-arrays.ts', import.meta.url));
const only = ['--only', 'step/dense-float32/*'];
const LIMIT = 60;

afterEach(() => void vi.useRealTimers());

/** A right port, and what a test does to its members. */
function module(members: string, top = ''): string {
  const path = join(temporaryFolder(), 'port.ts');
  writeFileSync(path, `import right from '${right}';\n${top}\nexport default { ...right, ${members} };\n`);
  return path;
}

/** The same where it steps with momentum. */
function withMomentum(does: string): string {
  return module(`step(optimizer) {
  if (optimizer.groups[0].options.momentum > 0) { ${does} }
  return right.step(optimizer);
}`);
}

/** The port in Python, in whose text something is replaced. */
function program(...changes: readonly (readonly [from: string, to: string])[]): string {
  const path = join(temporaryFolder(), 'port.py');
  let text = readFileSync(new URL('../../spec/adapters/rmsprop.py', import.meta.url), 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  writeFileSync(path, text);
  return `python3 ${path}`;
}

/** The results of a check, by whether the case has momentum. */
function results({ stdout }: Outcome): {
  readonly plain: readonly CaseResult[];
  readonly momentum: readonly CaseResult[];
} {
  const { runs } = JSON.parse(stdout) as { runs: { arithmetic: string; cases: CaseResult[] }[] };
  expect(runs.map(({ arithmetic }) => arithmetic)).toEqual(['separate']);
  const momentum = runs[0]!.cases.filter(({ id }) => id.includes('momentum'));
  return { plain: runs[0]!.cases.filter((result) => !momentum.includes(result)), momentum };
}

const verdicts = (own: readonly CaseResult[]): readonly string[] => [...new Set(own.map(({ verdict }) => verdict))];

/** The different texts of what broke, ids left out. */
const texts = (own: readonly CaseResult[]): readonly string[] => [
  ...new Set(own.map(({ id, broken = '' }) => broken.replaceAll(id, 'ID').replace(/^\S+(\s\S+\.py)?: /, ''))),
];

/** The exit code, and the verdicts of cases without momentum and with it. */
function expectVerdicts(outcome: Outcome, code: number, plainly: readonly string[], withIt: readonly string[]): void {
  const { plain, momentum } = results(outcome);
  expect([outcome.code, verdicts(plain), verdicts(momentum)]).toEqual([code, plainly, withIt]);
}

/** Cases without momentum are exact; those with it broke as a text says, until no more were run. */
function expectBrokenWithMomentum(outcome: Outcome, text: string): void {
  expectVerdicts(outcome, 3, ['exact'], ['broken']);
  const notRun = 'not run: the port hung or ended its process 3 times in cases that need momentum';
  expect(texts(results(outcome).momentum)).toEqual([text, notRun]);
}

const json = ['--reporter', 'json'];

describe('a module that cannot be judged ends the command with exit code 3:', () => {
  test.each([
    ['throws at import', module('', "throw new Error('no GPU');"), 'threw on import: no GPU'],
    ['exits at import', module('', 'process.exit(0);'), 'importing it: ended its process with 0'],
    ['throws in a step', module("step() { throw new Error('not implemented'); }"), 'step threw: not implemented'],
    ['exits in a step', module('step() { process.exit(0); }'), 'the trial step: ended its process with 0'],
    [
      'never settles a step',
      module('step: () => new Promise(() => {})'),
      'the trial step: waits for a promise that nothing will settle',
    ],
    [
      'is one element short',
      module('read: (tensor) => right.read(tensor).subarray(1)'),
      'read(smoke): expected 3 elements of shape [3], got 2',
    ],
    ['reads undefined', module('read() {}'), 'read of a tensor just made: expected 1.5, -0.25, 3, got undefined'],
    ['lacks a member', module('step: undefined'), 'expected the port to have a function step, got undefined'],
    ['claims an unknown need', module("supports: ['numbers', 'speed']"), 'supports has "speed", which is no need'],
    [
      'calls what is not there',
      module('setGrad: (tensor, grad) => tensor.assignGradient(grad)'),
      'setGrad: TypeError: tensor.assignGradient is not a function; the adapter, or a port in the same file',
    ],
  ])('%s', async (_, path, message) => {
    const { code, stderr } = await rmsproof('check', path, ...only);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`rmsproof: ${path}: ${message}`)]);
  });

  test('exports something else', async () => {
    const path = join(temporaryFolder(), 'port.ts');
    writeFileSync(path, 'export const port = 1;\n');
    const { code, stderr } = await rmsproof('check', path, ...only);
    expect([code, stderr]).toEqual([3, `rmsproof: ${path}: expected a default export that is a port, got undefined\n`]);
  });

  test('loops', async () => {
    const sign = heldClock();
    const path = module(`step() { ${sign.statement} for (;;); }`);
    const { code, stderr } = await sign.whenever(rmsproof('check', path, ...only), LIMIT);
    expect([code, stderr]).toEqual([3, `rmsproof: ${path}: the trial step: took more than ${LIMIT} s\n`]);
  });
});

describe('a module that breaks in some cases breaks those, and no other:', () => {
  test('loops with momentum', async () => {
    const sign = heldClock();
    const path = withMomentum(`${sign.statement} for (;;);`);
    const outcome = await sign.whenever(rmsproof('check', path, ...only, ...json), LIMIT);
    expectBrokenWithMomentum(outcome, `case ID: took more than ${LIMIT} s`);
  });

  test.each([
    ['exits with momentum', 'process.exit(1);', 'case ID: ended its process with 1'],
    ['never settles', 'return new Promise(() => {});', 'case ID: waits for a promise that nothing will settle'],
    ['rejects unheard', "void Promise.reject(new Error('x'));", 'case ID: threw outside of any call: x'],
  ])('%s', async (_, step, text) => {
    const outcome = await rmsproof('check', withMomentum(step), ...only, ...json);
    expectBrokenWithMomentum(outcome, text);
  });

  test.each([
    [
      'is one element short in large tensors',
      module(
        'read: (tensor) => { const data = right.read(tensor); return data.length > 7 ? data.subarray(1) : data; }',
      ),
      'case ID: read(matrix): expected 20 elements of shape [4, 5], got 19',
    ],
    [
      'reads undefined in large tensors',
      module('read: (tensor) => { const data = right.read(tensor); return data.length > 7 ? undefined : data; }'),
      'case ID: read(matrix): expected a Float32Array, a Float64Array or an array of numbers, got undefined',
    ],
    [
      'calls what is not there',
      module('state: (optimizer, tensor) => optimizer.stateOf(tensor)'),
      'case ID: state: TypeError: optimizer.stateOf is not a function; the adapter, or a port in the same file',
    ],
    [
      'has buffers of another length',
      module('state: () => ({ square_avg: new Float32Array(3) })'),
      'case ID: state(scalar).square_avg: expected 1 elements of shape [], got 3',
    ],
  ])('%s', async (_, path, text) => {
    const outcome = await rmsproof('check', path, ...only, ...json);
    const { plain, momentum } = results(outcome);
    expect([outcome.code, verdicts([...plain, ...momentum])]).toEqual([3, ['broken']]);
    expect(texts([...plain, ...momentum])).toEqual([text]);
  });
});

describe('a module whose port is wrong fails, with exit code 1:', () => {
  test.each([
    ['throws with momentum', withMomentum("throw new Error('not implemented');"), ['exact'], ['failed']],
    [
      'throws a TypeError of its own with momentum',
      withMomentum("throw new TypeError('not implemented');"),
      ['exact'],
      ['failed'],
    ],
    [
      'gives NaN',
      module('step(optimizer) { for (const { data } of optimizer.groups[0].params) data.fill(NaN); }'),
      ['failed'],
      ['failed'],
    ],
    [
      'shares one buffer',
      module(
        'tensor({ data, ...rest }) { const own = shared.subarray(0, data.length); own.set(data); return right.tensor({ data: own, ...rest }); }',
        'const shared = new Float32Array(100);',
      ),
      ['failed'],
      ['failed'],
    ],
    [
      'changes gradients',
      module(
        'async step(optimizer) { await right.step(optimizer); for (const { grad } of optimizer.groups[0].params) grad[0] += 1; }',
      ),
      ['failed'],
      ['failed'],
    ],
  ])('%s', async (_, path, plainly, withIt) => {
    const outcome = await rmsproof('check', path, ...only, ...json);
    expectVerdicts(outcome, 1, plainly, withIt);
  });
});

describe('a port in the file that was given', () => {
  const folder = (type: string): string => {
    const at = temporaryFolder();
    writeFileSync(join(at, 'package.json'), JSON.stringify({ type }));
    return join(at, 'port.ts');
  };
  const port = (does: string): string =>
    `import right from '${right}';\nexport default {\n  ...right,\n  setOption(optimizer) {\n    ${does}\n  },\n};\n`;

  test.each([
    [
      'module',
      'optimizer.missing();',
      'setOption: TypeError: optimizer.missing is not a function (line 5); the adapter',
    ],
    ['module', 'missing;', 'setOption: ReferenceError: missing is not defined (line 5); the adapter'],
    ['commonjs', 'optimizer.missing();', 'setOption: TypeError: optimizer.missing is not a function; the adapter'],
  ])('of type %s breaks where the engine throws: %s', async (type, does, text) => {
    const path = folder(type);
    writeFileSync(path, port(does));
    const outcome = await rmsproof('check', path, '--only', 'step/dense-float32/lr-change-plain', ...json);
    expect([outcome.code, results(outcome).plain[0]!.broken]).toEqual([3, expect.stringContaining(text)]);
  });

  test.each(['module', 'commonjs'])('of type %s fails where it throws the same itself', async (type) => {
    const path = folder(type);
    writeFileSync(path, port("throw new TypeError('no lr');"));
    const outcome = await rmsproof('check', path, '--only', 'step/dense-float32/lr-change-plain', ...json);
    expect([outcome.code, results(outcome).plain[0]!.difference]).toMatchObject([1, { actual: 'TypeError: no lr' }]);
  });

  test('in a module of its own fails where the engine throws', async () => {
    const path = folder('module');
    writeFileSync(join(path, '..', 'own.ts'), 'export const set = (optimizer: any) => optimizer.missing();\n');
    writeFileSync(path, `import { set } from './own.ts';\n${port('set(optimizer);')}`);
    const outcome = await rmsproof('check', path, '--only', 'step/dense-float32/lr-change-plain', ...json);
    expect([outcome.code, verdicts(results(outcome).plain)]).toEqual([1, ['failed']]);
  });
});

test('a module that floods conforms; what it prints goes to standard error, as far as a reader can use it', async () => {
  const path = module("step(optimizer) { console.log('flood '.repeat(2000)); return right.step(optimizer); }");
  const outcome = await rmsproof('check', path, ...only, ...json);
  expect([outcome.code, verdicts(results(outcome).plain)]).toEqual([0, ['exact']]);
  expect(outcome.stderr).toContain(`rmsproof: ${path} prints more than 65536 characters; the rest is not shown\n`);
  expect(outcome.stderr.length).toBeLessThan(67_000);
});

describe.runIf(spawnSync('python3', ['--version']).status === 0)('a program', () => {
  const MAIN = 'def main():\n';
  const ANSWER = 'print(json.dumps(answer), flush=True)';
  const HELLO = "answer = {'hello': HELLO}";
  const WITH = "if group['momentum'] > 0:\n            b =";

  test('that is right conforms', async () => {
    const outcome = await rmsproof('check', '--command', program(), ...only, ...json);
    const { plain, momentum } = results(outcome);
    expect([outcome.code, verdicts([...plain, ...momentum])]).toEqual([0, ['exact']]);
  });

  test.each([
    ['is none', 'no-such-program-anywhere', 'hello: ended early (exit 127); its last words: '],
    [
      'exits at once',
      program([MAIN, `${MAIN}    sys.exit('no GPU')\n`]),
      'ended early (exit 1); its last words: no GPU',
    ],
    [
      'says no JSON',
      program([MAIN, `${MAIN}    print('Hello!', flush=True)\n`]),
      'expected a line of JSON, got Hello!',
    ],
    ['says hello without claims', program([HELLO, "answer = {'hello': {'name': 'x'}}"]), `missing key "claims"`],
    ['claims an unknown need', program(["'claims': [", "'claims': ['speed',"]), 'claims has "speed", which is no need'],
    ['claims no numbers', program(["*['numbers', 'state',", "*['state',"]), 'claims lacks "numbers"'],
    [
      'refuses',
      program([HELLO, "answer = {'refusal': {'reason': 'no-gpu', 'message': 'there is no GPU'}}"]),
      ': there is no GPU',
    ],
    [
      'answers half a line',
      program([ANSWER, "sys.exit(print('{\"hello\": ', end='', flush=True))"]),
      'hello: ended early (exit 0) after half a line: {"hello": ',
    ],
    [
      'answers without end',
      program([ANSWER, "print('x' * 17_000_000, end='', flush=True); sys.stdin.read()"]),
      'hello: wrote a line of more than 16777216 characters after half a line: xxx',
    ],
    [
      'answers what is no bits',
      program(['bits_of(tensors[name].data) for', "'1.5' for"]),
      ' at /observations/2/steps/0/w: must match pattern',
    ],
    [
      'throws in a step',
      program(['def update(self, p, group):', "def update(self, p, group):\n        raise ArithmeticError('no')"]),
      'the trial step: threw ArithmeticError: no',
    ],
    [
      'does nothing in a step',
      program(['self.update(p, group)', 'pass']),
      'the trial step: a step with gradient 0.5 and default options left the tensor as it was',
    ],
    [
      'forgets its tensors',
      program([
        'described(tensors[name], tensors[name].data)] for',
        "described(tensors[name], array('f', [0, 0, 0]))] for",
      ]),
      'the trial step: a tensor just made: expected 3fc00000 be800000 40400000, got 00000000 00000000 00000000',
    ],
    [
      'cannot do what it claims',
      program([
        "if kind == 'optimizer':",
        "if kind == 'read':\n        raise NotImplementedError('read')\n    elif kind == 'optimizer':",
      ]),
      'the trial step: read',
    ],
  ])('that %s ends the command with exit code 3', async (_, command, message) => {
    const { code, stderr } = await rmsproof('check', '--command', command, ...only);
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });

  test('that hangs at its hello ends the command with exit code 3, in time', async () => {
    const sign = heldClock();
    const command = program([MAIN, `${MAIN}    open('${sign.path}', 'w').close()\n    while True: pass\n`]);
    const { code, stderr } = await sign.whenever(rmsproof('check', '--command', command, ...only), LIMIT);
    expect([code, stderr]).toEqual([3, expect.stringContaining(`${command}: hello: no answer in ${LIMIT} s`)]);
  });

  test('that loops with momentum breaks those cases, and no other', async () => {
    const sign = heldClock();
    const hang = `if group['momentum'] > 0:\n            open('${sign.path}', 'w').close()\n            while True: pass\n            b =`;
    const outcome = await sign.whenever(rmsproof('check', '--command', program([WITH, hang]), ...only, ...json), LIMIT);
    expectBrokenWithMomentum(outcome, `case ID: no answer in ${LIMIT} s`);
  });

  test.each([
    [
      'exits with momentum',
      program([WITH, "if group['momentum'] > 0:\n            sys.exit('no momentum')\n            b ="]),
      'case ID: ended early (exit 1); its last words: no momentum',
    ],
    [
      'answers half a line with momentum',
      program([
        WITH,
        "if group['momentum'] > 0:\n            print('{', end='', flush=True), sys.exit(0)\n            b =",
      ]),
      'case ID: ended early (exit 0) after half a line: {',
    ],
  ])('that %s breaks those cases, and no other', async (_, command, text) => {
    const outcome = await rmsproof('check', '--command', command, ...only, ...json);
    expectBrokenWithMomentum(outcome, text);
  });

  test.each([
    [
      'answers twice',
      program([ANSWER, `${ANSWER}\n        if 'id' in answer and not answer['id'].startswith('trial'): ${ANSWER}`]),
      /answered (though nothing was asked|out of turn)/,
    ],
    [
      'answers to another case',
      program([
        ANSWER,
        `if 'id' in answer and not answer['id'].startswith('trial'): answer['id'] = 'a/b/c'\n        ${ANSWER}`,
      ]),
      /answered out of turn: expected the answer to ID, got \{"id":"a\/b\/c"/,
    ],
    [
      'is one element short in large tensors',
      program(['bits_of(tensors[name].data) for', 'bits_of(tensors[name].data[:7]) for']),
      /operation 1 \(train\): step 1, matrix: expected 20 elements of shape \[4, 5\], got 7/,
    ],
    [
      'leaves out steps',
      program(["if number in op.get('params_at', [number]):", 'if number == first:']),
      /operation 1 \(train\): expected 10 steps, or an error, got 1/,
    ],
    [
      'leaves out an observation',
      program(["for op in scenario['program']]", "for op in scenario['program'][:3] if op['op'] != 'state']"]),
      /expected 3 observations, one an operation, got 2/,
    ],
    [
      'says that it cannot',
      program([
        "if kind == 'optimizer':",
        "if kind == 'state':\n        raise NotImplementedError('no state')\n    elif kind == 'optimizer':",
      ]),
      /case ID: no state/,
    ],
  ])('that %s breaks cases, with exit code 3', async (_, command, text) => {
    const outcome = await rmsproof('check', '--command', command, ...only, ...json);
    const { plain, momentum } = results(outcome);
    expect(outcome.code).toBe(3);
    expect(verdicts([...plain, ...momentum])).toContain('broken');
    expect(texts([...plain, ...momentum]).filter((own) => text.test(own))).not.toEqual([]);
  });

  test.each([
    ['lies in its hello, and has no momentum', program([WITH, 'if False:\n            b =']), ['exact'], ['failed']],
    [
      'throws with momentum',
      program([WITH, "if group['momentum'] > 0:\n            raise ArithmeticError('no')\n            b ="]),
      ['exact'],
      ['failed'],
    ],
  ])('that %s fails, with exit code 1', async (_, command, plainly, withIt) => {
    const outcome = await rmsproof('check', '--command', command, ...only, ...json);
    expectVerdicts(outcome, 1, plainly, withIt);
  });

  test('that floods standard error conforms, and is not shown to the end', async () => {
    const command = program([ANSWER, `print('flood ' * 20_000, file=sys.stderr)\n        ${ANSWER}`]);
    const outcome = await rmsproof('check', '--command', command, ...only, ...json);
    expect([outcome.code, verdicts(results(outcome).plain)]).toEqual([0, ['exact']]);
    expect(outcome.stderr).toContain(`rmsproof: ${command} prints more than 65536 characters`);
    expect(outcome.stderr.length).toBeLessThan(67_000);
  });

  test('that does not end at bye is ended', async () => {
    const sign = heldClock();
    const command = program([
      '            return\n',
      `            open('${sign.path}', 'w').close()\n            while True: pass\n`,
    ]);
    const { code } = await sign.whenever(rmsproof('check', '--command', command, ...only), 5);
    expect(code).toBe(0);
  });
});
