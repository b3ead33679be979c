import { describe, expect, test } from 'vitest';
import { fromJSON } from '../../src/state-dict/json.ts';
import { writeCheckpoint } from '../../src/state-dict/checkpoint.ts';
import { CODES, type Code } from '../../src/validation/finding.ts';
import { validateStateDict } from '../../src/validation/validate.ts';
import { bytesOf, checkpoints } from '../state-dict/fixtures.ts';
import { CASES } from './cases.ts';

const codes = (given: unknown, options = {}): string[] =>
  validateStateDict(given, options).findings.map(({ code, severity }) => `${severity}: ${code}`);

describe('what people have', () => {
  const WRONG = 'will train on wrongly: ';
  test.each<[string, string[], unknown]>([
    ['2.13.0/1-untrained.pt', ['note: no-state'], ['', 'state_dict()', 3, 1, 0, undefined]],
    ['2.1.2/1-full.pt', [], ['', 'state_dict()', 3, 1, 30, [3, 3]]],
    [
      '2.13.0/2-nested.pt',
      ['note: lies-deeper'],
      ['/optimizer_state_dict', "state_dict() in a checkpoint as PyTorch's tutorial writes it", 3, 1, 20, [3, 3]],
    ],
    ['2.1.2/3-legacy.pt', ['note: legacy-format'], ['', 'state_dict()', 3, 1, 20, [3, 3]]],
    ['2.13.0/5-dcp-fqn.pt', [`${WRONG}keyed-by-names`], ['', 'get_optimizer_state_dict()', 3, 1, 20, [3, 3]]],
    ['2.13.0/5-dcp-flat.pt', ['refused: flattened'], ['', 'get_optimizer_state_dict(), flattened', 3, 1, 20, [3, 3]]],
    [
      '2.13.0/5-dcp-fresh.pt',
      [`${WRONG}keyed-by-names`, 'note: zeros-of-saving'],
      ['', 'get_optimizer_state_dict()', 3, 1, 10, [1, 1]],
    ],
    [
      '2.13.0/6-lightning.ckpt',
      ['note: lies-deeper'],
      ['/optimizer_states/0', 'state_dict() in a checkpoint of Lightning', 3, 1, 20, [3, 3]],
    ],
    ['2.13.0/7-adam.pt', ['will fail: other-optimizer'], ['', 'state_dict()', 3, 1, 20, [3, 3]]],
    ['2.1.2/7-sgd.pt', ['refused: other-optimizer'], ['', 'state_dict()', 3, 1, 10, undefined]],
    ['2.13.0/8-views-of-one-storage.pt', [], ['', 'state_dict()', 3, 1, 10, [3, 3]]],
    [
      '2.1.2/9-as-torch-1.3.pt',
      ['note: filled-option', 'note: ids-are-addresses', 'note: legacy-format'],
      ['', 'state_dict()', 3, 1, 20, [3, 3]],
    ],
    ['2.13.0/11-capturable.pt', ['will fail: capturable-on-cpu'], ['', 'state_dict()', 3, 1, 10, [3, 3]]],
    [
      '2.13.0/12-nan-and-negative.pt',
      [`${WRONG}non-finite`, `${WRONG}negative-square-avg`],
      ['', 'state_dict()', 3, 1, 10, [3, 3]],
    ],
  ])('%s', (path, expected, found) => {
    const bytes = bytesOf(`foreign/torch-${path}`);
    expect(codes(bytes)).toEqual(expected);
    const { pointer, layout, parameters, groups, numbers, steps } = validateStateDict(bytes).found!;
    expect([pointer, layout, parameters, groups, numbers, steps]).toEqual(found);
  });

  test('every file that PyTorch recorded loads and steps, and nothing but notes is said', () => {
    for (const path of checkpoints('checkpoints')) {
      // 2.1 has no addcdiv of float16 on a CPU.
      const isHalf = path.includes('cpu') && path.includes('float16.pt') && !path.includes('bfloat16');
      const { findings, found } = validateStateDict(bytesOf(path), isHalf ? { reference: '2.15' } : {});
      expect(
        findings.filter(({ severity }) => severity !== 'note'),
        path,
      ).toEqual([]);
      expect(
        found!.outcomes.filter(({ raised }) => raised !== undefined),
        path,
      ).toEqual([]);
    }
  });

  test('the version that wrote a file, and whose state it is', () => {
    const kind = (path: string): string | undefined => validateStateDict(bytesOf(path)).found!.kind;
    expect(kind('checkpoints/cpu-torch2.1.2/plain.pt')).toBe('PyTorch before 2.4');
    expect(kind('checkpoints/cpu-torch2.13.0/plain.pt')).toBe('PyTorch 2.4 or later');
    expect(kind('checkpoints/cpu-torch2.13.0/named.pt')).toBe('PyTorch 2.6 or later, with names');
    expect(kind('foreign/torch-2.1.2/9-as-torch-1.3.pt')).toBe('PyTorch before 1.12');
    // Adam's step has been a tensor since 1.12.
    expect(kind('foreign/torch-2.13.0/7-adam.pt')).toBe(undefined);
    expect(validateStateDict(bytesOf('foreign/torch-2.13.0/7-adam.pt')).findings[0]!.message).toBe(
      'a state dict of Adam or AdamW (exp_avg, exp_avg_sq, betas, amsgrad), not of RMSprop',
    );
  });
});

describe('a state dict for every code', () => {
  test.each(CASES)('$code: $severity', ({ code, severity, pointer, json }) => {
    const { findings } = validateStateDict(json);
    expect(findings.filter((finding) => finding.code === code)).toMatchObject([{ severity, pointer }]);
    if (code === 'not-in-the-format') return;
    // As a file of PyTorch the same is said.
    const again = validateStateDict(writeCheckpoint(fromJSON(json))).findings;
    expect(again.map((finding) => finding.code)).toEqual(findings.map((finding) => finding.code));
  });

  test('there is a case for every code; some have their own tests below', () => {
    const elsewhere: Code[] = [
      ...([
        'unreadable',
        'pickled-optimizer',
        'not-in-the-format',
        'lost-state',
        'option-replaced',
        'names-differ',
      ] as const),
      ...([
        'number-of-parameters',
        'shape-of-parameter',
        'shared-elements',
        'legacy-format',
        'compressed',
        'pickle-protocol',
      ] as const),
    ];
    const tested = new Set<string>([...CASES.map(({ code }) => code), ...elsewhere]);
    expect(Object.keys(CODES).filter((code) => !tested.has(code))).toEqual([]);
  });

  test('state that JSON.stringify emptied', () => {
    const json = { state: {}, param_groups: [{ ...group(), params: [0] }] };
    expect(codes(json)).toEqual(['will train on wrongly: lost-state']);
    expect(validateStateDict({ a: { 'b/c': json } }).findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['lost-state', '/a/b~1c/state'],
      ['lies-deeper', '/a/b~1c'],
    ]);
  });

  test('JSON that is not in the format', () => {
    const json = { state: { 0: { step: { dtype: 'float31', shape: [] } } }, param_groups: [] };
    expect(validateStateDict(json).findings).toEqual([
      {
        ...{ code: 'not-in-the-format', severity: 'refused', pointer: '/state/0/step/dtype' },
        message: 'expected an element type such as float32, got "float31"',
      },
    ]);
  });

  test('what no reader reads', () => {
    expect(codes(new Uint8Array())).toEqual(['refused: unreadable']);
    expect(codes(() => 1)).toEqual(['refused: not-in-the-format']);
    expect(codes({ a: undefined })).toEqual(['refused: not-in-the-format']);
  });

  test('what the constructor, the shapes and the names of the loading side would meet', () => {
    const bytes = bytesOf('checkpoints/cpu-torch2.13.0/named.pt');
    expect(codes(bytes, { options: { momentum: 0.5, lr: 0.01, foreach: null } })).toEqual([]);
    expect(codes(bytes, { options: { momentum: 0.9 } })).toEqual(['will train on wrongly: option-replaced']);
    const shapes = [[4, 3], [4], [2, 4], [2]];
    expect(codes(bytes, { shapes })).toEqual([]);
    expect(codes(bytes, { shapes: [[4, 2], [4], [2, 4], [2]] })).toEqual(['will fail: shape-of-parameter']);
    expect(codes(bytes, { names: ['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias'] })).toEqual([]);
    expect(codes(bytes, { shapes: shapes.slice(1) })[0]).toBe('refused: number-of-parameters');
    expect(codes(bytes, { shapes: [...shapes, [1]] })).toEqual(['refused: number-of-parameters']);
    expect(codes(bytes, { names: ['fc1.weight'] })[0]).toBe('refused: number-of-parameters');
    expect(codes(bytes, { names: ['fc1.weight', 'fc1.bias', 'fc2.bias', 'fc2.weight'] })).toEqual([
      'will train on wrongly: names-differ',
    ]);
  });

  test("FSDP's state dicts are told by the names in them", () => {
    const entry = (CASES.find(({ code }) => code === 'keyed-by-names')!.json as { state: { w: unknown } }).state.w;
    const name = '_fsdp_wrapped_module.layer._flat_param';
    const json = { optim: { state: { [name]: entry }, param_groups: [{ ...group(), params: [name] }] } };
    expect(validateStateDict(json).found!.layout).toBe("FSDP's, keyed by names in a checkpoint");
  });

  test('of many parameters that are alike a few are tried, and what differs is found', () => {
    const ids = Array.from({ length: 300 }, (_, i) => i);
    const entry = (CASES.find(({ code }) => code === 'unused-grad-avg')!.json as { state: Record<string, unknown> })
      .state[0];
    const state = Object.fromEntries(ids.map((id) => [id, entry])) as Record<string, unknown>;
    state[299] = { square_avg: { dtype: 'float32', shape: [2], data: [1, 1] } };
    const { findings, found } = validateStateDict({ state, param_groups: [{ ...group(), params: ids }] });
    expect(findings[0]).toMatchObject({ code: 'missing-step', severity: 'refused', pointer: '/state/299' });
    expect(found!.outcomes.map(({ raised }) => raised?.by)).toEqual([
      ...['step', 'step'],
      // Of 2.13, 2.14 and 2.15.
      ...Array<string>(6).fill('load_state_dict'),
    ]);
  });

  test('one version can be asked for', () => {
    const bytes = bytesOf('foreign/torch-2.13.0/11-capturable.pt');
    expect(codes(bytes, { reference: '2.1' })).toEqual(['note: capturable-on-cpu']);
    expect(codes(bytesOf('foreign/torch-2.1.2/7-sgd.pt'), { reference: '2.1' })).toEqual([
      'will fail: other-optimizer',
    ]);
  });

  test('of several optimizers one is chosen by its place', () => {
    const json = CASES.find(({ code }) => code === 'several-optimizers')!.json as { optimizer_states: unknown[] };
    expect(validateStateDict(json).findings[0]!.message).toBe(
      '2 optimizers, choose one by its key: optimizer_states/0 (RMSprop), optimizer_states/1 (RMSprop)',
    );
    expect(codes(json, { key: 'optimizer_states/1' })).toEqual(['note: lies-deeper']);
    expect(validateStateDict(json, { key: 'x' }).findings[0]!.message).toBe(
      'expected an optimizer at x; they are at optimizer_states/0, optimizer_states/1',
    );
    const [one] = json.optimizer_states;
    const message = (given: unknown, key: string): string => validateStateDict(given, { key }).findings[0]!.message;
    expect(message(one, 'x')).toBe('expected an optimizer at x; the file is one itself');
    expect(message({ a: one }, '')).toBe('expected an optimizer at (nothing); it is at a');
    expect(message({ gan: [one, sgd()] }, 'x')).toMatch(/they are at gan\/0, gan\/1$/);
    expect(validateStateDict({ gan: [one, sgd()] }).findings[0]!.message).toMatch(
      /gan\/0 \(RMSprop\), gan\/1 \(SGD\)$/,
    );
  });

  test('state of a half type is tried over parameters of it, too', () => {
    const found = (path: string): unknown =>
      validateStateDict(bytesOf(`checkpoints/${path}`)).found!.outcomes.map(({ reference, dtype, raised }) =>
        dtype === 'float32' || dtype === 'float64' ? undefined : [reference, dtype, raised?.message],
      );
    const outcomes = (dtype: string, message: string | undefined): unknown =>
      ['2.1', '2.13', '2.14', '2.15'].flatMap((reference, i) => [
        ...[undefined, undefined],
        [reference, dtype, i === 0 ? message : undefined],
      ]);
    const refused = `"addcdiv_cpu_out" not implemented for 'Half'`;
    expect(found('cpu-torch2.13.0/dtype-float16.pt')).toEqual(outcomes('float16', refused));
    expect(found('cuda-torch2.11.0/dtype-float16.pt')).toEqual(outcomes('float16', undefined));
    expect(found('cpu-torch2.1.2/dtype-bfloat16.pt')).toEqual(outcomes('bfloat16', undefined));
  });

  test('complex state is valid, and tried over complex parameters', () => {
    const complex = (bits: string): unknown => ({ dtype: 'complex64', shape: [1], bits });
    const step = { dtype: 'float32', shape: [], data: [3] };
    const state = { 0: { step, square_avg: complex('3f800000 00000000'), grad_avg: complex('3f000000 00000000') } };
    const { findings, found } = validateStateDict({
      state,
      param_groups: [{ ...group(), centered: true, params: [0] }],
    });
    expect(findings).toEqual([]);
    expect(found!.outcomes.slice(0, 3).map(({ dtype, raised }) => [dtype, raised])).toEqual([
      ['float32', undefined],
      ['float64', undefined],
      ['complex64', undefined],
    ]);
  });

  test('a variance of float16 is what float16 makes of it', () => {
    const of = (square_avg: string, grad_avg: string): string[] => {
      const half = (bits: string): unknown => ({ dtype: 'float16', shape: [1], bits });
      const step = { dtype: 'float32', shape: [], data: [3] };
      const state = { 0: { step, square_avg: half(square_avg), grad_avg: half(grad_avg) } };
      return codes({ state, param_groups: [{ ...group(), centered: true, params: [0] }] }, { reference: '2.15' });
    };
    // 8.5e-6 squared is below the least number of float16; torch.addcmul gives -0 there.
    expect(of('0000', '008e')).toEqual([]);
    expect(of('0000', '3c00')).toEqual(['will train on wrongly: negative-variance']);
  });

  test('an ArrayBuffer is the bytes of a file, a text is no JSON yet', () => {
    const bytes = Uint8Array.from(bytesOf('foreign/torch-2.13.0/1-untrained.pt'));
    expect(validateStateDict(bytes.buffer)).toEqual(validateStateDict(bytes));
    expect(validateStateDict('{}').findings).toMatchObject([
      { code: 'not-in-the-format', message: 'expected bytes, JSON or values, got a text: JSON.parse makes JSON of it' },
    ]);
  });

  test('buffers that share elements', () => {
    const value = fromJSON(CASES[0]!.json) as { state: Map<number, Record<string, unknown>>; param_groups: unknown[] };
    const tensor = fromJSON({ dtype: 'float32', shape: [2], data: [1, 2] });
    const step = fromJSON({ dtype: 'float32', shape: [], data: [1] });
    value.param_groups = [{ ...group(), momentum: 0.9, params: [0] }];
    value.state = new Map([[0, { step, square_avg: tensor, momentum_buffer: tensor }]]);
    expect(codes(value)).toEqual(['will train on wrongly: shared-elements']);
  });

  test('many findings of one code are counted', () => {
    const bad = (
      CASES.find(({ code, nan }) => code === 'non-finite' && nan)!.json as { state: Record<string, unknown> }
    ).state[0];
    const ids = Array.from({ length: 40 }, (_, i) => i);
    const json = { state: Object.fromEntries(ids.map((id) => [id, bad])), param_groups: [{ ...group(), params: ids }] };
    const { findings } = validateStateDict(json);
    expect(findings).toHaveLength(10);
    expect(findings.at(-1)!.message).toMatch(/; and 30 more like this$/);
  });
});

function sgd(): unknown {
  return CASES.find(({ code, severity }) => code === 'other-optimizer' && severity === 'refused')!.json;
}

function group(): Record<string, unknown> {
  return {
    ...{ lr: 0.01, momentum: 0, alpha: 0.99, eps: 1e-8, centered: false, weight_decay: 0 },
    ...{ capturable: false, foreach: null, maximize: false, differentiable: false },
  };
}
