/**
 * Ports as subjects: one of ours in this thread, a module of the reader's in a thread of its own.
 */
import { statSync } from 'node:fs';
import { AdapterError } from '../scenario/adapter-error.ts';
import { fixedOptions } from '../scenario/fixed.ts';
import { interpret } from '../scenario/interpreter.ts';
import { lacking } from '../scenario/lift.ts';
import { claimed } from '../scenario/needs.ts';
import type { Awaitable, Port, PortModule, Target } from '../scenario/port.ts';
import { checkPort } from './check-port.ts';
import { guarded } from './guard.ts';
import { Lives } from './lives.ts';
import { type ModuleOptions, ModuleThread } from './module-thread.ts';
import { Printed } from './printed.ts';
import { type Hello, subjectOver } from './protocol.ts';
import { smokeTest } from './smoke-test.ts';
import type { Subject, SubjectSource } from './subject.ts';

/** A source over a function that makes a port for a target. */
export function portSource<T, O>(name: string, make: (target: Target) => Awaitable<Port<T, O>>): SubjectSource {
  return { name, followsTarget: true, open: async (target) => portSubject((await make(target)) as Port) };
}

/**
 * A source over what a module would export by default, in this thread: whatever hangs or exits in it does so here.
 *
 * @throws AdapterError when opened, for what is no port or does not work
 */
export function givenSource(given: PortModule): SubjectSource {
  const name = typeof given === 'function' ? 'the given function' : given?.name;
  const open = async (target: Target): Promise<Subject> => {
    const own: unknown = typeof given === 'function' ? await given(target) : given;
    checkPort(own, 'the given port');
    const port = guarded(own);
    await smokeTest(port, port.name);
    return portSubject(port);
  };
  return { name, followsTarget: typeof given === 'function', open };
}

/** A port as a subject. */
export function portSubject(port: Port): Subject {
  return {
    name: port.name,
    ...(port.version === undefined ? {} : { version: port.version }),
    supports: claimed(port.supports),
    fixed: fixedOptions(port.supports),
    lacks: (program) => lacking(port, program),
    run: (scenario) => interpret(scenario, port),
    close: async () => {},
  };
}

/**
 * A source over a module, TypeScript or JavaScript, that exports a port or a function from target to port by default. A case in
 * which the port hangs or ends its process is an adapter error; the next one finds a new thread.
 *
 * @throws AdapterError when there is no such file, it throws on import, or it exports something else
 */
export async function moduleSource(path: string, options: ModuleOptions = {}): Promise<SubjectSource> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new AdapterError(`${path}: there is no such file; expected a module that exports a port by default`);
  const printed = new Printed(path);
  const first = await ModuleThread.start(path, options, printed);
  let unused: ModuleThread | undefined = first;
  const begin = async (target: Target): Promise<Opened> => {
    const thread = unused ?? (await ModuleThread.start(path, options, printed));
    unused = undefined;
    return { thread, hello: await thread.open(target) };
  };
  return {
    name: path,
    followsTarget: first.takesTarget,
    open: async (target) => {
      const { thread, hello } = await begin(target);
      return subjectOver(hello, new Lives(thread, async () => (await begin(target)).thread));
    },
    close: async () => unused?.close(),
  };
}

interface Opened {
  readonly thread: ModuleThread;
  readonly hello: Hello;
}
