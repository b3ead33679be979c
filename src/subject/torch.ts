/**
 * Real PyTorch, in a child process of a Python that has it.
 */
import { fileURLToPath } from 'node:url';
import { AdapterError } from '../scenario/adapter-error.ts';
import { claimed } from '../scenario/needs.ts';
import type { ArithmeticName } from '../tensor/arithmetic/arithmetic.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import { Pipe } from './pipe.ts';
import { type Hello, helloIn, PROTOCOL, ranIn, type Root } from './protocol.ts';
import type { Subject, SubjectSource } from './subject.ts';

/** What a PyTorch says of itself. */
export interface Provenance {
  readonly torch: string;
  readonly git: string;
  readonly build?: string;
  readonly python: string;
  readonly numpy: string;
  readonly platform?: string;
  readonly device: string;
  readonly capability: string;
  readonly sqrt: string;
}

/**
 * What PyTorch can be recorded in: every arithmetic, and what `torch.compile` makes of a step on a GPU, whose formulas are not known
 * and which no subject but PyTorch itself follows.
 */
export type Recordable = ArithmeticName | 'compiled-cuda';

/** How to run PyTorch. */
export interface TorchOptions {
  /** The Python interpreter. */
  readonly python: string;
  readonly device?: 'cpu' | 'cuda';
  /** 'built-in' leaves torch's own square root in place, and hands over the tape of it. */
  readonly sqrt?: 'ieee' | 'built-in';
  /** Seconds that it may take until its hello, most of which importing torch takes; 120 by default, and 600 where it compiles. */
  readonly patience?: number;
}

const PATIENCE = 120;

/** The first compilation of a process takes longest. */
const COMPILING = 600;

/** PyTorch as a subject, with what it says of itself. */
export interface TorchSubject extends Subject {
  readonly version: string;
  readonly provenance: Provenance;
  /** The square roots of the last scenario, in order; empty unless they are built-in. */
  takeTape(): readonly Root[];
}

/** The program that speaks the protocol. */
const CHILD = fileURLToPath(new URL('torch/child.py', import.meta.url));

const programs = [
  'torch/ready.py',
  'torch/ieee_sqrt.py',
  'torch/tape.py',
  '../scenario/interpreter.py',
  '../scenario/bookkeeping.py',
  '../scenario/tensors.py',
];

/** Compiled steps are recorded of areas that neither save, load nor go back. */
const eagerPrograms = ['../scenario/checkpoint.py', '../scenario/backward.py'];

const isCompiled = (arithmetic: Recordable): boolean => arithmetic.startsWith('compiled');

/** The programs that say what PyTorch observes: with others, it would have to be recorded anew. */
export function torchPrograms(arithmetic: Recordable): readonly string[] {
  return [...programs, ...(isCompiled(arithmetic) ? ['torch/compiling.py'] : eagerPrograms)].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
}

/**
 * Starts PyTorch with the arithmetic of a target.
 *
 * @throws AdapterError without Python, torch, numpy, (for cuda) a GPU or (for compiled) Inductor and a C++ compiler, where the processor has not the arithmetic, or where
 * there is no hello in time
 */
export async function openTorch(arithmetic: Recordable, options: TorchOptions): Promise<TorchSubject> {
  const { python } = options;
  // The default of the capability is the processor's best, which fuses wherever it is AVX2 or better.
  const { ATEN_CPU_CAPABILITY: _, ...env } = process.env;
  if (arithmetic === 'separate') env['ATEN_CPU_CAPABILITY'] = 'default';
  const device = arithmetic.endsWith('cuda') ? 'cuda' : 'cpu';
  const compiled = isCompiled(arithmetic);
  const given = ['--device', device, '--sqrt', options.sqrt ?? 'ieee', ...(compiled ? ['--compiled'] : [])];
  const pipe = new Pipe(python, { args: ['-B', CHILD, ...given], env });
  const patience = options.patience ?? (compiled ? COMPILING : PATIENCE);
  try {
    const hello = helloIn(await pipe.request({ hello: { protocol: PROTOCOL } }, patience), python);
    return subjectOver(pipe, python, hello as TorchHello, arithmetic);
  } catch (error) {
    await pipe.close();
    throw error;
  }
}

type TorchHello = Hello & {
  readonly version: string;
  readonly arithmetic: Recordable;
  readonly provenance: Provenance;
};

/** @throws AdapterError where the processor has not the arithmetic */
function subjectOver(pipe: Pipe, python: string, hello: TorchHello, arithmetic: Recordable): TorchSubject {
  const { version, provenance, arithmetic: actual } = hello;
  if (actual !== arithmetic)
    throw new AdapterError(
      `${python}: expected arithmetic ${arithmetic}, this processor (${provenance.capability}) gives ${actual}`,
    );
  let taken: readonly Root[] = [];
  const run = async (scenario: Scenario): Promise<readonly Observation[]> => {
    const { observations, tape = [] } = ranIn(await pipe.request({ run: scenario }), scenario, python);
    taken = tape;
    return observations;
  };
  const supports = claimed(hello.claims);
  return { name: 'torch', version, provenance, supports, run, takeTape: () => taken, close: () => pipe.close() };
}

/**
 * A source of PyTorch, of the one version that the interpreter has.
 *
 * @throws AdapterError as `openTorch` does
 */
export async function torchSource(options: TorchOptions): Promise<SubjectSource> {
  const probe = await openTorch(options.device === 'cuda' ? 'cuda' : 'separate', options);
  await probe.close();
  return {
    name: `torch ${probe.version}`,
    followsTarget: true,
    version: probe.version,
    open: ({ arithmetic }) => openTorch(arithmetic, options),
  };
}
