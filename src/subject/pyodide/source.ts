/**
 * The subjects whose Python runs in WebAssembly: a numeric model, PyTorch's own files of any version, a torch built for it.
 */
import { existsSync } from 'node:fs';
import { AdapterError } from '../../scenario/adapter-error.ts';
import { claimed } from '../../scenario/needs.ts';
import type { Target } from '../../scenario/port.ts';
import { helloIn, PROTOCOL, ranIn, type Request } from '../protocol.ts';
import type { Subject, SubjectSource } from '../subject.ts';
import { Python, type PythonOptions } from './loader.ts';
import { readTorchFiles } from './torch-files.ts';
import { modelText, programs, shimWorld, type World } from './world.ts';

/** A source whose subjects share one Python, which ends when the source is closed. */
export interface PyodideSource extends SubjectSource {
  close(): Promise<void>;
}

/**
 * `pyodide`: a numeric model of RMSprop, for machines without torch.
 *
 * @throws AdapterError where pyodide is not installed
 */
export function pyodideSource(options: PythonOptions = {}): PyodideSource {
  const world = shimWorld(new Map([['optim/__init__.py', modelText()]]));
  return sourceOver(world, { name: 'pyodide', followsTarget: true }, options);
}

/**
 * `pyodide:source`: PyTorch's own optimizer, RMSprop and hooks, unmodified, on a tensor shim that computes in any arithmetic.
 *
 * @throws AdapterError where pyodide is not installed, or the files are not there
 */
export function pyodideTorchSource({ source, ...options }: PythonOptions & { readonly source: string }): PyodideSource {
  const { version, files } = readTorchFiles(source);
  const kind = { name: `pyodide:source ${version}`, followsTarget: true, version };
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
  const kind = { name: `pyodide ${wheel}`, followsTarget: false };
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

type Kind = Pick<SubjectSource, 'name' | 'followsTarget' | 'version'>;

function sourceOver(world: World, kind: Kind, options: PythonOptions): PyodideSource {
  return over(new Python(world, options), kind);
}

function over(python: Python, kind: Kind): PyodideSource {
  const { name, version, followsTarget } = kind;
  // What was built computes as it does.
  const greeting = (target: Target): Request => ({
    hello: {
      protocol: PROTOCOL,
      ...(followsTarget ? { target: { ...target, version: version ?? target.version } } : {}),
    },
  });
  const open = async (target: Target): Promise<Subject> => {
    const hello = helloIn(await named(name, python.ask(greeting(target))), name);
    return {
      ...(version === undefined ? { name } : { name, version }),
      supports: claimed(hello.claims),
      run: async (scenario) =>
        ranIn(await named(name, python.ask({ run: scenario }, greeting(target))), scenario, name).observations,
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
