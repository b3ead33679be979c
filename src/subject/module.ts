/**
 * A port in this process as a subject, from a module of the reader's or from one of ours.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';
import { AdapterError } from '../scenario/adapter-error.ts';
import { interpret } from '../scenario/interpreter.ts';
import { NEEDS } from '../scenario/needs.ts';
import type { Awaitable, Port, PortModule, Target } from '../scenario/port.ts';
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
  if (!existsSync(path))
    throw new AdapterError(`${path}: there is no such file; expected a module that exports a port by default`);
  let exported: PortModule | undefined;
  try {
    const module = (await tsImport(pathToFileURL(resolve(path)).href, import.meta.url)) as { default?: unknown };
    // A CommonJS module's exports arrive as its default export, whose own default is meant.
    const inner = module.default as { default?: unknown } | undefined;
    exported = (inner?.default ?? inner) as PortModule | undefined;
  } catch (error) {
    throw new AdapterError(`${path}: threw on import: ${(error as Error).message ?? String(error)}`);
  }
  const open = async (target: Target): Promise<Subject> => {
    const port = typeof exported === 'function' ? await exported(target) : exported;
    checkPort(port, path);
    await smokeTest(port, path);
    return portSubject(port);
  };
  if (typeof exported !== 'function') checkPort(exported, path);
  return { name: path, followsTarget: typeof exported === 'function', open };
}

const METHODS = ['tensor', 'read', 'setGrad', 'optimizer', 'step'] as const;

function checkPort(port: unknown, path: string): asserts port is Port {
  if (typeof port !== 'object' || port === null)
    throw new AdapterError(
      `${path}: expected a default export that is a port, got ${port === null ? 'null' : typeof port}`,
    );
  const candidate = port as Partial<Record<keyof Port, unknown>>;
  for (const method of METHODS)
    if (typeof candidate[method] !== 'function')
      throw new AdapterError(
        `${path}: expected the port to have a function ${method}, got ${typeof candidate[method]}`,
      );
  if (typeof candidate.name !== 'string')
    throw new AdapterError(`${path}: expected the port's name to be a string, got ${typeof candidate.name}`);
  if (!Array.isArray(candidate.supports))
    throw new AdapterError(
      `${path}: expected the port's supports to be an array of needs, got ${typeof candidate.supports}`,
    );
  const strange = candidate.supports.find((need) => !(NEEDS as readonly unknown[]).includes(need));
  if (strange !== undefined)
    throw new AdapterError(
      `${path}: supports has ${JSON.stringify(strange)}, which is no need; the needs are ${NEEDS.join(', ')}`,
    );
}
