/**
 * A port in this process as a subject, from a module of the reader's or from one of ours.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AdapterError } from '../scenario/adapter-error.ts';
import { interpret } from '../scenario/interpreter.ts';
import type { Awaitable, Port, PortModule, Target } from '../scenario/port.ts';
import { checkPort } from './check-port.ts';
import { smokeTest } from './smoke-test.ts';
import type { Subject, SubjectSource } from './subject.ts';

/** A source over a function that makes a port for a target. */
export function portSource<T, O>(name: string, make: (target: Target) => Awaitable<Port<T, O>>): SubjectSource {
  return { name, followsTarget: true, open: async (target) => portSubject((await make(target)) as Port) };
}

/** A port as a subject. */
export function portSubject(port: Port): Subject {
  return {
    name: port.name,
    ...(port.version === undefined ? {} : { version: port.version }),
    supports: port.supports,
    run: (scenario) => interpret(scenario, port),
    close: async () => {},
  };
}

/**
 * A source over a module, TypeScript or JavaScript, that exports a port or a function from target to port by default.
 *
 * @throws AdapterError when there is no such file, it throws on import, or it exports something else
 */
export async function moduleSource(path: string): Promise<SubjectSource> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new AdapterError(`${path}: there is no such file; expected a module that exports a port by default`);
  const exported = await importDefault(path);
  const open = async (target: Target): Promise<Subject> => {
    const port = await make(exported, target, path);
    checkPort(port, path);
    await smokeTest(port, path);
    return portSubject(port);
  };
  if (typeof exported !== 'function') checkPort(exported, path);
  return { name: path, followsTarget: typeof exported === 'function', open };
}

async function importDefault(path: string): Promise<PortModule | undefined> {
  // Only a stranger's module needs the TypeScript loader, which takes a while to start.
  const { tsImport } = await import('tsx/esm/api');
  try {
    const module = (await tsImport(pathToFileURL(resolve(path)).href, import.meta.url)) as { default?: unknown };
    // A CommonJS module's exports arrive as its default export, whose own default is meant.
    const inner = module.default as { default?: unknown; __esModule?: boolean } | undefined;
    return (await (inner?.__esModule ? inner.default : inner)) as PortModule | undefined;
  } catch (error) {
    throw new AdapterError(`${path}: threw on import: ${messageOf(error)}`);
  }
}

async function make(exported: PortModule | undefined, target: Target, path: string): Promise<unknown> {
  if (typeof exported !== 'function') return exported;
  try {
    return await exported(target);
  } catch (error) {
    throw new AdapterError(
      `${path}: its default export threw for torch-${target.version}/${target.arithmetic}: ${messageOf(error)}`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
