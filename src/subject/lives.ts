/**
 * A port somewhere else, which may hang or end there: what it was asked is broken, and the next question finds it begun anew, as long
 * as that may say more.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Need } from '../scenario/needs.ts';
import { needsOf } from '../scenario/needs-of.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import type { Subject } from './subject.ts';

/** One life of a port. */
export interface Session {
  /** Whether it hung, ended or was closed: it answers no more. */
  readonly ended: boolean;
  /** @throws AdapterError when the adapter breaks */
  run(scenario: Scenario): Promise<readonly Observation[]>;
  close(): Promise<void>;
}

/** What the errors of scenarios begin with that are not run. */
export const NOT_RUN = 'not run';

/** Lives that a port may lose to what its lost cases have in common. */
const LIVES = 3;

/** Lives that it may lose in all. */
const MOST = 9;

/**
 * Runs scenarios over a port that is begun anew when it was lost. Where three cases were lost that share needs which no finished case
 * has, no more with those needs are run; where they share none, or none finished, none at all.
 */
export class Lives implements Pick<Subject, 'run' | 'close'> {
  readonly #begin: () => Promise<Session>;
  #session: Session | undefined;
  readonly #finished = new Set<Need>();
  #lost: (readonly Need[])[] = [];
  #deaths = 0;
  /** Sets of needs that cases are not run with; the empty set, with which none is, last. */
  readonly #fatal: (readonly Need[])[] = [];

  constructor(first: Session, begin: () => Promise<Session>) {
    this.#session = first;
    this.#begin = begin;
  }

  /** @throws AdapterError when the adapter breaks, now or so often before that the scenario is not run */
  async run(scenario: Scenario): Promise<readonly Observation[]> {
    const needs = needsOf(scenario);
    const fatal = this.#fatal.find((own) => own.every((need) => needs.includes(need)));
    if (fatal !== undefined)
      throw new AdapterError(`${NOT_RUN}: the port hung or ended its process ${timesText(fatal, this.#deaths)}`);
    try {
      this.#session ??= await this.#begin();
      const observations = await this.#session.run(scenario);
      for (const need of needs) this.#finished.add(need);
      return observations;
    } catch (error) {
      if (this.#session?.ended !== false) this.#lose(needs);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }

  #lose(needs: readonly Need[]): void {
    this.#session = undefined;
    this.#deaths += 1;
    this.#lost.push(needs);
    if (this.#lost.length < LIVES) return;
    const shared = needs.filter((need) => !this.#finished.has(need) && this.#lost.every((own) => own.includes(need)));
    this.#lost = [];
    this.#fatal.push(this.#finished.size > 0 && this.#deaths < MOST ? shared : []);
  }
}

function timesText(fatal: readonly Need[], deaths: number): string {
  return fatal.length === 0 ? `${deaths} times` : `${LIVES} times in cases that need ${fatal.join(', ')}`;
}
