/**
 * The messages between rmsproof and a port behind a door, be that a child process or a thread (spec/protocol.md).
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import { checkObservations } from '../scenario/check-observations.ts';
import { fixedOptions } from '../scenario/fixed.ts';
import { InputError } from '../scenario/input-error.ts';
import { lacking } from '../scenario/lift.ts';
import { type Claim, claimed } from '../scenario/needs.ts';
import type { Target } from '../scenario/port.ts';
import { validate } from '../scenario/schema.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import type { FloatingDType } from '../tensor/dtype.ts';
import type { Subject } from './subject.ts';

/** The number of the protocol. */
export const PROTOCOL = 2;

/** What is asked: who is there, for which PyTorch; to run a scenario; to end. */
export type Request =
  | { readonly hello: { readonly protocol: typeof PROTOCOL; readonly target?: Target } }
  | { readonly run: Scenario }
  | { readonly bye: Readonly<Record<string, never>> };

/** What a port says of itself. */
export interface Hello {
  readonly name: string;
  readonly version?: string;
  readonly claims: readonly Claim[];
  /** Whether it runs programs that take optimizers as objects; false when left out. */
  readonly objects?: boolean;
  /** Whether it follows the target of a hello; false when left out. */
  readonly follows?: boolean;
  /** Of real PyTorch: what it computes in, and where its numbers come from. */
  readonly arithmetic?: string;
  readonly provenance?: Readonly<Record<string, string>>;
}

/** One square root that torch took, element by element. */
export interface Root {
  readonly dtype: FloatingDType;
  readonly input: string;
  readonly output: string;
}

/** What was observed of a scenario, or why it could not be run. */
export type Ran =
  | {
      readonly id: string;
      readonly observations: readonly Observation[];
      /** Of real PyTorch that takes its own: the square roots, in order. */
      readonly tape?: readonly Root[];
    }
  | { readonly id: string; readonly failure: string };

/** What is answered. */
export type Answer =
  { readonly hello: Hello } | { readonly refusal: { readonly reason: string; readonly message: string } } | Ran;

/**
 * The hello in an answer.
 *
 * @param who named in errors
 * @throws AdapterError for a refusal, with its message, and for anything else
 */
export function helloIn(answer: unknown, who: string): Hello {
  const given = objectOf(answer);
  if (given !== undefined && 'refusal' in given)
    throw new AdapterError(`${who}: ${(given as Extract<Answer, { refusal: unknown }>).refusal.message}`);
  if (given === undefined || !('hello' in given))
    throw new AdapterError(`${who}: expected a hello, got ${excerpt(answer)}`);
  return (given as Extract<Answer, { hello: unknown }>).hello;
}

/**
 * What an answer says that was observed of a scenario.
 *
 * @param who named in errors
 * @throws AdapterError for a failure, with its text, and for the answer to anything else
 */
export function ranIn(answer: unknown, scenario: Scenario, who: string): Extract<Ran, { observations: unknown }> {
  if (!isOfScenario(answer, scenario)) throw new AdapterError(`${who}: ${outOfTurn(answer, scenario)}`);
  const ran = answer as Ran;
  if ('failure' in ran) throw new AdapterError(`${who}: ${ran.failure}`);
  return ran;
}

/**
 * Holds what a stranger answered against the schema.
 *
 * @throws AdapterError at the JSON pointer of the first violation
 */
export function checkAnswer(answer: unknown, who: string): void {
  try {
    validate('answer', answer, who);
  } catch (error) {
    if (error instanceof InputError) throw new AdapterError(error.message);
    throw error;
  }
}

/**
 * What a stranger's answer says that was observed of a scenario.
 *
 * @throws AdapterError as `ranIn` does; for what its schema does not admit, or does not fit the program
 */
export function checkedRan(answer: unknown, scenario: Scenario, who: string): readonly Observation[] {
  const { observations } = ranIn(answer, scenario, who);
  checkAnswer(answer, who);
  const problem = checkObservations(scenario, observations);
  if (problem !== undefined) throw new AdapterError(`${who}: ${problem}`);
  return observations;
}

/** Whether an answer is to a scenario; after one that is not, those that follow are to other questions too. */
export function isOfScenario(answer: unknown, { id }: Scenario): boolean {
  return (objectOf(answer) as { readonly id?: unknown } | undefined)?.id === id;
}

/** What is said of the answer to another question than that of a scenario. */
export function outOfTurn(answer: unknown, { id }: Scenario): string {
  return `answered out of turn: expected the answer to ${id}, got ${excerpt(answer)}`;
}

/** A port behind a door as a subject, by what it says of itself. */
export function subjectOver(
  { name, version, claims, objects = false }: Hello,
  door: Pick<Subject, 'run' | 'close'>,
): Subject {
  return {
    name,
    ...(version === undefined ? {} : { version }),
    supports: claimed(claims),
    fixed: fixedOptions(claims),
    lacks: (program) => lacking({ ...(objects ? { objects } : {}), supports: claims }, program),
    run: (scenario) => door.run(scenario),
    close: () => door.close(),
  };
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

function excerpt(value: unknown): string {
  return JSON.stringify(value).slice(0, 200);
}
