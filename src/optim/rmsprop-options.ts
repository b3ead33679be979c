/**
 * Keyword arguments of RMSprop's constructor.
 */
import type { Signature } from '../python/arguments.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Version } from './versions.ts';

/** Keyword arguments of the constructor, with PyTorch's names and defaults (clause OPT-1). */
export interface RMSpropOptions {
  /** Learning rate; 0.01 by default. A tensor must have one element. */
  readonly lr?: number | Tensor;
  /** Decay of the running mean of squares; 0.99 by default. */
  readonly alpha?: number;
  /** Added to the root; 1e-8 by default. */
  readonly eps?: number;
  /** Added times the parameter to the gradient; 0 by default. */
  readonly weight_decay?: number;
  /** Decay of the momentum buffer; 0, none, by default. */
  readonly momentum?: number;
  /** Whether the running mean is subtracted from the running mean of squares; false by default. */
  readonly centered?: boolean;
  /** Whether `step` lives on the device, for graph capture; false by default. PyTorch 2.4 and later. */
  readonly capturable?: boolean;
  /** The multi-tensor path or not; null, by default, leaves the choice to the devices. */
  readonly foreach?: boolean | null;
  /** Whether to ascend; false by default. */
  readonly maximize?: boolean;
  /** Whether the step is recorded by autograd; false by default. */
  readonly differentiable?: boolean;
}

/** What the constructor takes, in a version (clause OPT-2). */
export function initSignature({ capturable }: Version): Signature {
  const names = ['self', 'params', ...OPTIONS, ...(capturable ? ['capturable'] : [])];
  return { method: 'RMSprop.__init__', names, required: 2 };
}

const OPTIONS = ['lr', 'alpha', 'eps', 'weight_decay', 'momentum', 'centered', 'foreach', 'maximize', 'differentiable'];
