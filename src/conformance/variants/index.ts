/**
 * Known ways of getting RMSprop wrong, each a wrong subject with a name. Cases name in `catches` what they must tell from right.
 */
import { portOf, type RMSpropClass } from '../../subject/port.ts';
import { portSource } from '../../subject/module.ts';
import type { SubjectSource } from '../../subject/subject.ts';
import { ClampedVariance } from './clamped-variance.ts';
import { DecoupledWeightDecay } from './decoupled-weight-decay.ts';
import { EpsInsideRoot } from './eps-inside-root.ts';
import { LrInsideBuffer } from './lr-inside-buffer.ts';
import { StaleMean } from './stale-mean.ts';

/** A known wrong rule. */
export interface Variant {
  /** As in `catches`. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly source: SubjectSource;
}

/** Every variant. */
export const variants: readonly Variant[] = [
  variant('eps-inside-root', 'adds eps under the square root; PyTorch adds it to the root', EpsInsideRoot),
  variant(
    'lr-inside-buffer',
    'multiplies lr into the momentum buffer; PyTorch applies it to the buffer',
    LrInsideBuffer,
  ),
  variant(
    'decoupled-weight-decay',
    'shrinks the parameter; PyTorch adds weight_decay times it to the gradient',
    DecoupledWeightDecay,
  ),
  variant('stale-mean', "centers with the last step's mean; PyTorch updates the mean first", StaleMean),
  variant(
    'clamped-variance',
    'takes a negative centered variance for zero; in PyTorch its root is NaN',
    ClampedVariance,
  ),
];

function variant(name: string, summary: string, Class: RMSpropClass): Variant {
  return { name, summary, source: portSource(name, (target) => ({ ...portOf(Class, target), name })) };
}
