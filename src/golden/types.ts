/**
 * Golden files and references as they lie in golden/ (spec/golden.md), and cases as the rest of the suite sees them.
 */
import type { Need } from '../scenario/needs.ts';
import type { Gradients, Observation, Op, Scenario, TensorSpec } from '../scenario/types.ts';
import type { Provenance } from '../subject/torch.ts';

/** A reference's name: version and arithmetic, such as "torch-2.13.0/separate". */
export type ReferenceName = string;

/** A case as it stands in its file. */
export interface CaseEntry {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly needs: readonly Need[];
  readonly catches?: readonly string[];
  readonly program: readonly Op[];
  /** For each reference, one index into the file's observations an operation. */
  readonly observed: Readonly<Record<ReferenceName, readonly number[]>>;
}

/** One file of golden/: cases over shared tensors and gradients, with what every reference observed. */
export interface GoldenFile {
  readonly format: 1;
  readonly area: string;
  readonly name: string;
  readonly title: string;
  /** The reference whose recording the file was imported from; only cuda references observe its cases. */
  readonly imported?: ReferenceName;
  readonly tensors: Readonly<Record<string, TensorSpec>>;
  readonly gradients: Readonly<Record<string, readonly Gradients[]>>;
  readonly cases: readonly CaseEntry[];
  readonly observations: readonly Observation[];
}

/** A reference: provenance, and digests of what recorded and of what was observed. */
export interface Reference {
  readonly provenance: Provenance;
  readonly recorder: string;
  /** "area/name" to the digest of what the reference observed of that file. */
  readonly observed: Readonly<Record<string, string>>;
}

/** golden/references.json. */
export interface References {
  readonly format: 1;
  /** "area/name" to the digest of what the cases of that file run. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly references: Readonly<Record<ReferenceName, Reference>>;
}

/** A case, complete in itself. */
export interface Case {
  readonly id: string;
  readonly area: string;
  /** "area/name" of its file. */
  readonly file: string;
  readonly clauses: readonly string[];
  readonly needs: readonly Need[];
  readonly catches: readonly string[];
  readonly scenario: Scenario;
  readonly observed: ReadonlyMap<ReferenceName, readonly Observation[]>;
}

/** Everything in golden/. */
export interface Golden {
  readonly references: References;
  readonly cases: readonly Case[];
}
