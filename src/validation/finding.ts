/**
 * What is said of a state dict: findings with stable codes, each of a severity.
 */
import type { Outcome } from './dry-run.ts';

/** Something that is said of a state dict. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** JSON pointer of the place, as in the format of spec/state-dict-json.md. */
  readonly pointer: string;
  readonly message: string;
  /** What each version did when it was tried; absent where nothing is raised by what was found. */
  readonly outcomes?: readonly Outcome[];
}

/** What a finding means for who loads the state dict, the worst first. */
export type Severity = 'refused' | 'will fail' | 'will train on wrongly' | 'note';

/** A code of a finding: it keeps its meaning. */
export type Code =
  | 'unreadable'
  | 'pickled-optimizer'
  | 'no-optimizer'
  | 'several-optimizers'
  | 'not-in-the-format'
  | 'wrong-type'
  | 'missing-part'
  | 'other-optimizer'
  | 'lost-state'
  | 'no-state'
  | 'state-of-no-parameter'
  | 'id-twice'
  | 'ids-out-of-order'
  | 'parameters-without-state'
  | 'missing-step'
  | 'missing-square-avg'
  | 'missing-momentum-buffer'
  | 'missing-grad-avg'
  | 'unused-momentum-buffer'
  | 'unused-grad-avg'
  | 'missing-option'
  | 'filled-option'
  | 'option-type'
  | 'option-range'
  | 'option-replaced'
  | 'names-differ'
  | 'number-of-parameters'
  | 'shape-of-parameter'
  | 'shapes-differ'
  | 'element-types-differ'
  | 'element-type'
  | 'not-tried'
  | 'step-type'
  | 'step-range'
  | 'steps-differ'
  | 'number-of-step'
  | 'capturable-on-cpu'
  | 'shared-elements'
  | 'non-finite'
  | 'negative-square-avg'
  | 'negative-variance'
  | 'keyed-by-names'
  | 'zeros-of-saving'
  | 'lies-deeper'
  | 'flattened'
  | 'names-without-entry'
  | 'legacy-format'
  | 'compressed'
  | 'pickle-protocol'
  | 'ids-are-addresses'
  | 'on-another-device'
  | 'loading-raises'
  | 'step-raises';

/** Severities, the worst first. */
export const SEVERITIES: readonly Severity[] = ['refused', 'will fail', 'will train on wrongly', 'note'];

/** The codes, each with what it is if loading and the next step raise nothing (spec/state-dict-json.md lists them with sentences). */
export const CODES: Readonly<Record<Code, Severity>> = {
  unreadable: 'refused',
  'pickled-optimizer': 'refused',
  'no-optimizer': 'refused',
  'several-optimizers': 'refused',
  'not-in-the-format': 'refused',
  'wrong-type': 'will train on wrongly',
  'missing-part': 'refused',
  'other-optimizer': 'will train on wrongly',
  'lost-state': 'will train on wrongly',
  'no-state': 'note',
  'state-of-no-parameter': 'will train on wrongly',
  'id-twice': 'will train on wrongly',
  'ids-out-of-order': 'will train on wrongly',
  'parameters-without-state': 'note',
  'missing-step': 'will train on wrongly',
  'missing-square-avg': 'will train on wrongly',
  'missing-momentum-buffer': 'will train on wrongly',
  'missing-grad-avg': 'will train on wrongly',
  'unused-momentum-buffer': 'note',
  'unused-grad-avg': 'note',
  'missing-option': 'will train on wrongly',
  'filled-option': 'note',
  'option-type': 'will train on wrongly',
  'option-range': 'will train on wrongly',
  'option-replaced': 'will train on wrongly',
  'names-differ': 'will train on wrongly',
  'number-of-parameters': 'refused',
  'shape-of-parameter': 'will train on wrongly',
  'shapes-differ': 'will train on wrongly',
  'element-types-differ': 'note',
  'element-type': 'will train on wrongly',
  'not-tried': 'note',
  'step-type': 'will train on wrongly',
  'step-range': 'will train on wrongly',
  'steps-differ': 'note',
  'number-of-step': 'note',
  'capturable-on-cpu': 'note',
  'shared-elements': 'will train on wrongly',
  'non-finite': 'will train on wrongly',
  'negative-square-avg': 'will train on wrongly',
  'negative-variance': 'will train on wrongly',
  'keyed-by-names': 'will train on wrongly',
  'zeros-of-saving': 'note',
  'lies-deeper': 'note',
  flattened: 'refused',
  'names-without-entry': 'will train on wrongly',
  'legacy-format': 'note',
  compressed: 'note',
  'pickle-protocol': 'note',
  'ids-are-addresses': 'note',
  'on-another-device': 'note',
  'loading-raises': 'refused',
  'step-raises': 'will fail',
};
