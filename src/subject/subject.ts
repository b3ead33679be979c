/**
 * The one idea: a subject turns a scenario into observations. It never sees an expected value and never compares.
 */
import type { FixedOptions } from '../scenario/fixed.ts';
import type { Lack } from '../scenario/lift.ts';
import type { Need } from '../scenario/needs.ts';
import type { Target } from '../scenario/port.ts';
import type { Observation, Op, Scenario } from '../scenario/types.ts';

/** Anything that turns a scenario into its list of observations. */
export interface Subject {
  readonly name: string;
  readonly version?: string;
  /** What it claims to have. */
  readonly supports: readonly Need[];
  /** Options that cannot be set, and what they are; none when absent. */
  readonly fixed?: FixedOptions;
  /** What keeps a program from the subject's port, whatever it claims; the case is then unsupported. */
  lacks?(program: readonly Op[]): readonly Lack[];
  /**
   * Runs a scenario as in a fresh process.
   *
   * @throws AdapterError when the adapter, not what it adapts, broke
   */
  run(scenario: Scenario): Promise<readonly Observation[]>;
  /** Ends what the subject holds open. */
  close(): Promise<void>;
}

/** Where subjects come from: one for every PyTorch that it is held against, or one for all. */
export interface SubjectSource {
  readonly name: string;
  /** Whether it can follow a target's version and arithmetic; one that cannot runs once and is held against every reference. */
  readonly followsTarget: boolean;
  /** The one PyTorch version that it is, for real PyTorch. */
  readonly version?: string;
  /** Equal for targets that make no difference to what is observed of a scenario; where it is absent, each may make one. */
  sameFor?(target: Target, scenario: Scenario): string;
  /** @throws AdapterError when no subject can be made */
  open(target: Target): Promise<Subject>;
  /** Ends what its subjects share. */
  close?(): Promise<void>;
}
