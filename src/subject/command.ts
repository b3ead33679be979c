/**
 * Ports in any language: a command line that is started as a child process and speaks spec/protocol.md.
 */
import { claimed } from '../scenario/needs.ts';
import type { Target } from '../scenario/port.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import { checkClaims } from './check-port.ts';
import { Lives, type Session } from './lives.ts';
import { Pipe } from './pipe.ts';
import { Printed } from './printed.ts';
import {
  checkAnswer,
  checkedRan,
  type Hello,
  helloIn,
  isOfScenario,
  outOfTurn,
  PROTOCOL,
  subjectOver,
} from './protocol.ts';
import type { SubjectSource } from './subject.ts';
import { tryOut } from './trial.ts';

/** How long a child may take. */
export interface CommandOptions {
  /** Seconds for each of: its hello, one case. 60 by default. */
  readonly timeout?: number;
}

const TIMEOUT = 60;

/**
 * A source over a command line for the shell. A case in which the child hangs, ends or answers nonsense is an adapter error; the next
 * one finds a new child.
 *
 * @throws AdapterError when the child does not say hello, or claims what there is not
 */
export async function commandSource(
  command: string,
  { timeout = TIMEOUT }: CommandOptions = {},
): Promise<SubjectSource> {
  const printed = new Printed(command);
  const first = await CommandSession.start(command, timeout, printed);
  let unused: CommandSession | undefined = first;
  const begin = async (target: Target): Promise<CommandSession> => {
    const session = unused ?? (await CommandSession.start(command, timeout, printed));
    unused = undefined;
    return session.ready(target);
  };
  return {
    name: command,
    followsTarget: first.hello.follows === true,
    open: async (target) => {
      const session = await begin(target);
      return subjectOver(session.hello, new Lives(session, () => begin(target)));
    },
    close: async () => unused?.close(),
  };
}

/** One child. */
class CommandSession implements Session {
  readonly command: string;
  hello!: Hello;
  readonly #pipe: Pipe;
  readonly #timeout: number;

  static async start(command: string, timeout: number, printed: Printed): Promise<CommandSession> {
    const session = new CommandSession(command, timeout, printed);
    await session.#greet();
    return session;
  }

  private constructor(command: string, timeout: number, printed: Printed) {
    this.command = command;
    this.#timeout = timeout;
    this.#pipe = new Pipe(command, { printed });
  }

  get ended(): boolean {
    return this.#pipe.ended;
  }

  /** Tells a child that follows one its target, and tries whether its adapter does what it should. */
  async ready(target: Target): Promise<this> {
    if (this.hello.follows === true) await this.#greet(target);
    try {
      await tryOut((scenario) => this.run(scenario, 'the trial step'), claimed(this.hello.claims), this.command);
    } catch (error) {
      await this.close();
      throw error;
    }
    return this;
  }

  async run(scenario: Scenario, doing: string = `case ${scenario.id}`): Promise<readonly Observation[]> {
    const who = `${this.command}: ${doing}`;
    const answer = await this.#pipe.request({ run: scenario }, this.#timeout, doing);
    if (!isOfScenario(answer, scenario)) throw this.#pipe.fail(outOfTurn(answer, scenario));
    return checkedRan(answer, scenario, who);
  }

  async close(): Promise<void> {
    await this.#pipe.close();
  }

  async #greet(target?: Target): Promise<void> {
    const message = { hello: { protocol: PROTOCOL, ...(target === undefined ? {} : { target }) } } as const;
    try {
      const answer = await this.#pipe.request(message, this.#timeout, 'hello');
      checkAnswer(answer, this.command);
      this.hello = helloIn(answer, this.command);
      checkClaims(this.hello.claims, this.command);
    } catch (error) {
      await this.close();
      throw error;
    }
  }
}
