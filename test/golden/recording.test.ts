import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { emptyGolden, flags, refusal, spoiled } from '../fixtures/recordings.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

let folder: string;

beforeEach(() => {
  folder = emptyGolden();
});

describe('a recording', () => {
  const A = '"3eb3c360"';
  test.each<[string, string | RegExp, string, string]>([
    [
      'of another format',
      'trajectories 2',
      'trajectories 1',
      'FILE at /format: expected "raw RMSprop trajectories 2", got "raw RMSprop trajectories 1"',
    ],
    ['without a format', '"format"', '"formal"', 'FILE at /format: expected "raw RMSprop trajectories 2", got nothing'],
    ['that is no JSON', '"cases": [', '"cases": ', 'FILE: is no JSON: '],
    ['without provenance', '"provenance"', '"province"', 'FILE at /provenance: expected an object, got nothing'],
    [
      'without the version of torch',
      '"2.11.0+cu130"',
      '"nightly"',
      'FILE at /provenance/torch: expected a version of torch, got "nightly"',
    ],
    [
      'from a CPU',
      '"13.0"',
      'null',
      'FILE at /provenance/cuda: expected a version of CUDA: only recordings from a GPU are imported, got null',
    ],
    [
      'with a broken digest',
      'cb2e3036',
      'cb2e303',
      'FILE at /provenance/recorder_sha256: expected a SHA-256 of 64 hex digits, got "cb2e303',
    ],
    [
      'whose provenance lacks a text',
      '"numpy": "2.5.2"',
      '"numpy": 2.5',
      'FILE at /provenance/numpy: expected a text, got 2.5',
    ],
    [
      'without inputs of a dtype',
      '"float64": {',
      '"float65": {',
      'FILE at /inputs/float64: expected an object, got nothing',
    ],
    ['whose shapes are no lists', '"a": []', '"a": 1', 'FILE at /inputs/float32/shapes/a: expected a list, got 1'],
    [
      'whose sizes are no numbers',
      '"b": [7]',
      '"b": ["7"]',
      'FILE at /inputs/float32/shapes/b/0: expected a number, got "7"',
    ],
    [
      'whose parameters are not those of its shapes',
      `"a": ${A}`,
      `"d": ${A}`,
      'FILE at /inputs/float32/params: expected the keys a, b, c, got d, b, c',
    ],
    [
      'with too few elements',
      `"b": "405fb853 `,
      `"b": "`,
      'FILE at /inputs/float32/params/b: expected 7 elements of shape [7], got 6',
    ],
    [
      'with bits of the wrong length',
      A,
      '"3eb3c36"',
      'FILE at /inputs/float32/params/a: expected 8 hex digits of float32 for element 0, got "3eb3c36"',
    ],
    [
      'with bits that are not hex',
      A,
      '"3eb3c36g"',
      'FILE at /inputs/float32/params/a: expected 8 hex digits of float32 for element 0, got "3eb3c36g"',
    ],
    [
      'without cases',
      '"cases": [',
      '"cases": [], "old": [',
      'FILE at /cases: expected cases in float32 or float64 or float16 or bfloat16, got none',
    ],
    [
      'with an unknown dtype',
      '"dtype": "float16"',
      '"dtype": "int8"',
      'FILE at /cases/1/dtype: expected a dtype such as float32, got "int8"',
    ],
    [
      'with an id of another dtype',
      '"id": "float32/default',
      '"id": "float64/default',
      'FILE at /cases/2/id: expected an id that begins with float32/, got "float64/default',
    ],
    [
      'with an id used twice',
      /"id": "float16[^"]*"/,
      '"id": "float32/default/momentum0-centered0"',
      'FILE at /cases/2/id: expected an id that is used once, got "float32/default/momentum0-centered0"',
    ],
    [
      'with an id that is no slug',
      '"id": "float32/default/',
      '"id": "float32/the default/',
      'FILE (as cuda/spoiled-float32.json) at /cases/1/id: must match pattern',
    ],
    ['without options', '"options"', '"choices"', 'FILE at /cases/0/options: expected an object, got nothing'],
    ['without tensor_lr', '"tensor_lr"', '"lr"', 'FILE at /cases/0/tensor_lr: expected true or false, got nothing'],
    [
      'with an lr that is no number',
      '"6": 0.1',
      '"6": "0.1"',
      'FILE at /cases/3/lr_schedule/6: expected a number, got "0.1"',
    ],
    [
      'with an lr set after the last step',
      '"6": 0.1',
      '"8": 0.1',
      'FILE at /cases/3/lr_schedule/8: expected a step from 1 to 7, got 8',
    ],
    ['without a trajectory', '"trajectory"', '"path"', 'FILE at /cases/0/trajectory: expected a list, got nothing'],
    [
      'of a case that ended early',
      /"trajectory": \[\s*\{[^}]*\},/,
      '"trajectory": [',
      'FILE at /cases/0/trajectory: expected 7 steps, one for each of the gradients, got 6',
    ],
    [
      'with the state of no parameter',
      /("state": \{\s*"1": \{\s*)"a"/,
      '$1"d"',
      'FILE at /cases/0/state/1/d: expected one of the parameters a, b, c, got d',
    ],
    [
      'with a buffer that is a number',
      /"square_avg": "[^"]*"/,
      '"square_avg": 1',
      'FILE at /cases/0/state/1/a/square_avg: expected a text, got 1',
    ],
    [
      'with an option of another type',
      '"capturable": true',
      '"capturable": "yes"',
      'FILE at /cases/0/options/capturable: expected true or false, got "yes"',
    ],
    [
      'with inputs that no case has',
      '"float64": {',
      '"bfloat16": {}, "float64": {',
      'FILE at /inputs/bfloat16: expected inputs of a dtype that a case has, float32, float16, float64, complex64, got bfloat16',
    ],
    [
      'with a parameter called lr',
      '"b": [7]',
      '"lr": [7]',
      'FILE at /inputs/float32/shapes/lr: expected a name of lower-case letters, digits and underscores that is not lr, got lr',
    ],
    [
      'with sizes that are not whole',
      '"b": [7]',
      '"b": [7.5]',
      'FILE at /inputs/float32/shapes/b/0: expected a whole number, zero or more, got 7.5',
    ],
    ['with a key too many', '"inputs"', '"notes": "", "inputs"', 'and no other, got "notes"'],
    [
      'with a key too many in its provenance',
      '"git"',
      '"got": "", "git"',
      'FILE at /provenance: expected the keys torch, git,',
    ],
    [
      'with a key too many in its inputs',
      '"params"',
      '"param": "", "params"',
      'FILE at /inputs/float32: expected the keys shapes, params, grads and no other, got "param"',
    ],
    [
      'with a key too many in a case',
      '"tensor_lr"',
      '"tensor": "", "tensor_lr"',
      'FILE at /cases/0: expected the keys id, dtype, options, tensor_lr, lr_schedule, trajectory, state and no other, got "tensor"',
    ],
    [
      'with an option that there is not',
      '"options": {',
      '"options": { "beta": 1,',
      'FILE at /cases/0/options: expected the keys lr, alpha, eps, ',
    ],
    [
      'with a state that there is not',
      '"step": 1.0',
      '"step": 1.0, "exp_avg": 1',
      'FILE at /cases/0/state/1/a: expected the keys step, square_avg, momentum_buffer, grad_avg and no other, got "exp_avg"',
    ],
    [
      'with a step that is none',
      '"step": 1.0',
      '"step": "1"',
      'FILE at /cases/0/state/1/a/step: expected a number, got "1"',
    ],
  ])('%s is refused, and nothing is written', (_, from, to, message) => {
    expect(refusal(folder, spoiled(from, to))).toContain(message);
    expect(readdirSync(folder)).toEqual(['references.json']);
  });

  test('that cannot be read is refused', () => {
    expect(refusal(folder, '/no/such/cuda-flags.json')).toContain('FILE: cannot be read: ENOENT');
  });

  test('that is a broken gzip is refused', () => {
    const path = join(temporaryFolder(), 'cuda-flags.json.gz');
    writeFileSync(path, gzipSync(readFileSync(flags)).subarray(0, 100));
    expect(refusal(folder, path)).toBe('FILE: is no gzip: unexpected end of file');
    writeFileSync(path, readFileSync(flags));
    expect(refusal(folder, path)).toBe('FILE: is no gzip: incorrect header check');
    expect(readdirSync(folder)).toEqual(['references.json']);
  });

  test('whose name says no device is refused', () => {
    expect(refusal(folder, 'flags.json')).toBe('FILE: expected a file named cuda-<name>.json or cuda-<name>.json.gz');
  });
});
