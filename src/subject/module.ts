/**
 * Ports as subjects: one of ours in this thread, a module of the reader's in a thread of its own.
 */
import { statSync } from 'node:fs';
import { AdapterError } from '../scenario/adapter-error.ts';
import { interpret } from '../scenario/interpreter.ts';
import { lacking } from '../scenario/lift.ts';
import { claimed } from '../scenario/needs.ts';
import type { Awaitable, Port, PortModule, Target } from '../scenario/port.ts';
import type { Observation, Op, Scenario } from '../scenario/types.ts';
import { checkPort } from './check-port.ts';
import type { Identity } from './module-worker.ts';
import { type ModuleOptions, ModuleThread } from './module-thread.ts';
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
    const port: unknown = typeof given === 'function' ? await given(target) : given;
    checkPort(port, 'the given port');
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
    lacks: (program) => lacking(port, program),
    run: (scenario) => interpret(scenario, port),
    close: async () => {},
  };
}

/** Threads that a port may use up; more say no more. */
const LIVES = 3;

/**
 * A source over a module, TypeScript or JavaScript, that exports a port or a function from target to port by default. A case in
 * which the port hangs or ends its process is an adapter error; the next one finds a new thread, twice.
 *
 * @throws AdapterError when there is no such file, it throws on import, or it exports something else
 */
export async function moduleSource(path: string, options: ModuleOptions = {}): Promise<SubjectSource> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new AdapterError(`${path}: there is no such file; expected a module that exports a port by default`);
  const first = await ModuleThread.start(path, options);
  let unused: ModuleThread | undefined = first;
  const begin = async (target: Target): Promise<Opened> => {
    const thread = unused ?? (await ModuleThread.start(path, options));
    unused = undefined;
    return { thread, identity: await thread.open(target) };
  };
  return {
    name: path,
    followsTarget: first.takesTarget,
    open: async (target) => subjectOver(await begin(target), () => begin(target)),
    close: async () => unused?.close(),
  };
}

interface Opened {
  readonly thread: ModuleThread;
  readonly identity: Identity;
}

function subjectOver({ thread: first, identity }: Opened, begin: () => Promise<Opened>): Subject {
  let thread = first;
  let deaths = 0;
  const run = async (scenario: Scenario): Promise<readonly Observation[]> => {
    if (deaths === LIVES) throw new AdapterError(`not run: the port hung or ended its process ${LIVES} times`);
    if (thread.ended) ({ thread } = await begin());
    try {
      return await thread.run(scenario);
    } finally {
      if (thread.ended) deaths += 1;
    }
  };
  const { objects, ...known } = identity;
  const lacks = (program: readonly Op[]): readonly 'objects'[] => (objects ? [] : lacking({}, program));
  return { ...known, lacks, run, close: () => thread.close() };
}
