import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { NEEDS } from '../../src/scenario/needs.ts';
import { openTorch } from '../../src/subject/torch.ts';
import { heldClock } from '../fixtures/clock.ts';
import { fakePython, hello, pythonPath } from '../fixtures/fake-python.ts';

const SCENARIO = { id: 'a/b/c', tensors: {}, gradients: {}, program: [] } as const;
const hasPython = spawnSync('python3', ['--version']).status === 0;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

describe('a Python that cannot run PyTorch is refused', () => {
  test('where there is none', async () => {
    await expect(openTorch('separate', { python: '/no/such/python' })).rejects.toThrow(
      'there is no command /no/such/python',
    );
  });

  test.runIf(hasPython)('where it has no torch', async () => {
    vi.stubEnv('PYTHONPATH', pythonPath({ torch: 'raise ImportError("no torch here")' }));
    await expect(openTorch('separate', { python: 'python3' })).rejects.toThrow('python3: this Python has no torch');
  });

  test.runIf(hasPython)('where it has no numpy', async () => {
    vi.stubEnv('PYTHONPATH', pythonPath({ torch: '', numpy: 'raise ImportError("no numpy here")' }));
    await expect(openTorch('separate', { python: 'python3' })).rejects.toThrow(
      'this Python has no numpy, which the IEEE square root is taken from',
    );
  });

  test.runIf(hasPython)('where it has no GPU and one is asked for', async () => {
    const source = 'class cuda:\n    is_available = staticmethod(lambda: False)';
    vi.stubEnv('PYTHONPATH', pythonPath({ torch: source, numpy: '' }));
    await expect(openTorch('cuda', { python: 'python3' })).rejects.toThrow('this torch sees no GPU');
  });

  describe('to compile steps', () => {
    const TORCH = [
      'float32 = float64 = None',
      '__version__ = "2.15.0"',
      'set_num_threads = lambda n: None',
      'class Tensor:\n    sqrt = lambda self: self',
      'rand = lambda n, dtype: Tensor()',
      'zeros = lambda n, device: Tensor()',
    ].join('\n');
    const opened = (packages: Readonly<Record<string, string>>): Promise<unknown> => {
      vi.stubEnv('PYTHONPATH', pythonPath({ numpy: '', ...packages }));
      return openTorch('compiled', { python: 'python3' });
    };
    const inductor = {
      'torch/_dynamo': 'class config:\n    pass',
      'torch/_inductor': '',
      'torch/_inductor/config': 'class cpp:\n    cxx = (None, "no-such-compiler")',
    };

    test.runIf(hasPython)('where torch has no Inductor', async () => {
      await expect(opened({ torch: TORCH })).rejects.toThrow('torch 2.15.0 has no Inductor, which compiles');
      await expect(opened({ torch: `${TORCH}\ncompile = None` })).rejects.toThrow(
        'torch 2.15.0 has no Inductor, which compiles',
      );
    });

    test.runIf(hasPython)('where there is no C++ compiler', async () => {
      await expect(opened({ torch: `${TORCH}\ncompile = None`, ...inductor })).rejects.toThrow(
        'compiling a step needs a C++ compiler, and there is none called no-such-compiler',
      );
    });

    test.runIf(hasPython)('where compiling fails, with the first line of what it says', async () => {
      const compile = 'def compile(f):\n    raise RuntimeError("the linker is gone\\nand more")';
      const there = {
        'torch/_inductor/config': inductor['torch/_inductor/config'].replace('no-such-compiler', 'python3'),
      };
      await expect(opened({ torch: `${TORCH}\n${compile}`, ...inductor, ...there })).rejects.toThrow(
        /: torch\.compile does not work here: RuntimeError: the linker is gone$/,
      );
    });
  });

  test('where the processor has not the arithmetic', async () => {
    const python = fakePython(hello('2.13.0').replace(/arithmetic: [^,]*/, "arithmetic: 'separate'"));
    await expect(openTorch('fused', { python })).rejects.toThrow(
      'expected arithmetic fused, this processor (2.13.0) gives separate',
    );
  });

  test('where it answers no JSON', async () => {
    await expect(openTorch('separate', { python: fakePython("answer('hello?');") })).rejects.toThrow(
      'expected a line of JSON, got hello?',
    );
  });

  test('where it answers with something else than a hello', async () => {
    await expect(openTorch('separate', { python: fakePython('answer({ id: 1, observations: [] });') })).rejects.toThrow(
      'expected a hello, got ',
    );
  });

  test('where it says nothing for too long, with its last words', async () => {
    const sign = heldClock();
    const python = fakePython(`console.error('still importing'); ${sign.statement}`);
    const [opened] = await Promise.allSettled([openTorch('separate', { python, patience: 60 }), sign.thenPass(60)]);
    expect(opened).toMatchObject({
      status: 'rejected',
      reason: { message: `${python}: no answer in 60 s; its last words: still importing` },
    });
  });

  test('where it dies, with its last words', async () => {
    const python = fakePython("console.error('out of memory'); process.exit(7);");
    await expect(openTorch('separate', { python })).rejects.toThrow(
      'ended early (exit 7); its last words: out of memory',
    );
  });
});

describe('a running PyTorch', () => {
  test('claims every need', async () => {
    const subject = await openTorch('separate', { python: fakePython(hello('2.13.0')) });
    expect(subject.supports).toEqual(NEEDS);
    await subject.close();
  });

  test('that refuses a scenario is an adapter error with its reason', async () => {
    const python = fakePython(`${hello('2.13.0')} answer({ id: r.run.id, failure: 'unknown operation' });`);
    const subject = await openTorch('separate', { python });
    await expect(subject.run(SCENARIO)).rejects.toThrow('unknown operation');
    await subject.close();
  });

  test('that answers out of turn is an adapter error', async () => {
    const python = fakePython(`${hello('2.13.0')} answer({ hello: {} });`);
    const subject = await openTorch('separate', { python });
    await expect(subject.run(SCENARIO)).rejects.toThrow('answered out of turn');
    await subject.close();
  });
});
