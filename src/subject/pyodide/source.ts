/**
 * The subjects whose Python runs in WebAssembly: a numeric model, PyTorch's own files of any version, a torch built for it.
 */
import { existsSync } from 'node:fs';
import { AdapterError } from '../../scenario/adapter-error.ts';
import { NEEDS, type Need } from '../../scenario/needs.ts';
import type { Target } from '../../scenario/port.ts';
import type { Observation, Scenario } from '../../scenario/types.ts';
import type { Subject, SubjectSource } from '../subject.ts';
import { Python, type PythonOptions } from './loader.ts';
import { readTorchFiles } from './torch-files.ts';
import { modelText, programs, shimWorld, type World } from './world.ts';

/** A source whose subjects share one Python, which ends when the source is closed. */
export interface PyodideSource extends SubjectSource {
  close(): Promise<void>;
}

/** What the numeric model has. It accepts every option, and validates none. */
const MODEL_NEEDS: readonly Need[] = [
  ...(['numbers', 'state', 'float32', 'float64', 'float16', 'bfloat16'] as const),
  ...(['momentum', 'centered', 'weight_decay', 'maximize', 'foreach', 'differentiable', 'capturable'] as const),
  ...(['none-gradients', 'lr-change', 'set-state', 'layouts', 'empty-tensors', 'tensor-lr', 'fill', 'groups'] as const),
];

/**
 * `pyodide`: a numeric model of RMSprop, for machines without torch.
 *
 * @throws AdapterError where pyodide is not installed
 */
export function pyodideSource(options: PythonOptions = {}): PyodideSource {
  const world = shimWorld(new Map([['optim/__init__.py', modelText()]]));
  return sourceOver(world, { name: 'pyodide', supports: MODEL_NEEDS, followsTarget: true }, options);
}

/**
 * `pyodide:source`: PyTorch's own optimizer, RMSprop and hooks, unmodified, on a tensor shim that computes in any arithmetic.
 *
 * @throws AdapterError where pyodide is not installed, or the files are not there
 */
export function pyodideTorchSource({ source, ...options }: PythonOptions & { readonly source: string }): PyodideSource {
  const { version, files } = readTorchFiles(source);
  const kind = { name: `pyodide:source ${version}`, supports: NEEDS, followsTarget: true, version };
  return sourceOver(shimWorld(files), kind, options);
}

/**
 * Real PyTorch in WebAssembly: a wheel of torch built for Pyodide. It computes as it does; whether that is one of the
 * arithmetics is found out by holding it against them.
 *
 * @throws AdapterError where pyodide is not installed, or the wheel cannot be installed
 */
export async function pyodideWheelSource(options: PythonOptions & { readonly wheel: string }): Promise<PyodideSource> {
  const { wheel, ...rest } = options;
  checkWheel(wheel);
  const kind = { name: `pyodide ${wheel}`, supports: NEEDS, followsTarget: false };
  const python = new Python({ files: programs(), wheel }, rest);
  const version = await named(wheel, python.begun()).catch(async (error: unknown) => {
    await python.close();
    throw error;
  });
  return over(python, version === null ? kind : { ...kind, version: version.split('+')[0]! });
}

/** @throws AdapterError at once for what Python would take long to find out */
function checkWheel(wheel: string): void {
  if (!wheel.endsWith('.whl')) throw new AdapterError(`${wheel}: expected a wheel, a path or URL that ends in .whl`);
  const remote = /^https?:/.test(wheel);
  if (!remote && !existsSync(wheel)) throw new AdapterError(`${wheel}: there is no such wheel`);
}

type Kind = Pick<SubjectSource, 'name' | 'followsTarget' | 'version'> & { readonly supports: readonly Need[] };

type Answer = { readonly observations: readonly Observation[] } | { readonly failure: string };

function sourceOver(world: World, kind: Kind, options: PythonOptions): PyodideSource {
  return over(new Python(world, options), kind);
}

function over(python: Python, { supports, ...kind }: Kind): PyodideSource {
  const { name, version } = kind;
  const run = async (scenario: Scenario, target: Target): Promise<readonly Observation[]> => {
    const followed = kind.followsTarget ? { arithmetic: target.arithmetic, version: version ?? target.version } : {};
    const answer = (await named(name, python.ask({ scenario, ...followed }))) as Answer;
    if ('observations' in answer) return answer.observations;
    throw new AdapterError(`${name}: ${answer.failure}`);
  };
  const open = async (target: Target): Promise<Subject> => {
    await named(name, python.begun());
    return {
      ...(version === undefined ? { name } : { name, version }),
      supports,
      run: (scenario) => run(scenario, target),
      close: async () => {},
    };
  };
  return { ...kind, open, close: () => python.close() };
}

/** Puts the name of a source before the message of an error. */
async function named<T>(name: string, body: Promise<T>): Promise<T> {
  try {
    return await body;
  } catch (error) {
    if (error instanceof AdapterError) throw new AdapterError(`${name}: ${error.message}`);
    throw error;
  }
}
