/**
 * A step that `torch.compile` of PyTorch 2.13 compiled (clause NUM-8): what it writes into a float64 tensor of no dimensions that is
 * no Parameter and that it was given is lost, in the functions of one tensor. Those over lists are not affected but for `lerp_`, which is
 * compiled as a copy, that of one tensor, and a sum. Beside, products with 0 are folded.
 */
import type { Arithmetic } from './arithmetic/arithmetic.ts';
import { allocate } from './dtype.ts';
import { Elementwise } from './ops.ts';
import { Parameter, type Tensor } from './tensor.ts';

/** The operations in an arithmetic, those that are lost without effect; what an operation made keeps what is written into it. */
export class LostWrites extends Elementwise {
  readonly #made = new WeakSet<Tensor>();

  constructor(arithmetic: Arithmetic) {
    super(arithmetic);
  }

  override neg(self: Tensor): Tensor {
    return this.#note(super.neg(self));
  }

  override add(self: Tensor, other: number | Tensor, alpha?: number): Tensor {
    return this.#note(super.add(self, other, alpha));
  }

  override addcmul(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor {
    return this.#note(super.addcmul(self, t1, t2, value));
  }

  override sqrt(self: Tensor): Tensor {
    return this.#note(super.sqrt(self));
  }

  /** A product with the int 0 is 0 before anything is computed, also that of an infinity or a NaN. */
  override mul_(self: Tensor, other: number | Tensor): Tensor {
    if (this.#loses(self)) return self;
    return Object.is(other, 0)
      ? this.write(self, self, allocate(self.dtype, self.numel()), 'Mul')
      : super.mul_(self, other);
  }

  override add_(self: Tensor, other: number | Tensor, alpha?: number): Tensor {
    return this.#loses(self) ? self : super.add_(self, other, alpha);
  }

  override addcmul_(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor {
    return this.#loses(self) ? self : super.addcmul_(self, t1, t2, value);
  }

  override addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, value?: number): Tensor {
    return this.#loses(self) ? self : super.addcdiv_(self, t1, t2, value);
  }

  override div(self: Tensor, other: Tensor): Tensor {
    return this.#note(super.div(self, other));
  }

  override fma_(self: Tensor, t: Tensor, factor: Tensor): Tensor {
    return this.#loses(self) ? self : super.fma_(self, t, factor);
  }

  override lerp_(self: Tensor, end: Tensor, weight: number): Tensor {
    return this.#loses(self) ? self : super.lerp_(self, end, weight);
  }

  #note(made: Tensor): Tensor {
    this.#made.add(made);
    return made;
  }

  #loses(self: Tensor): boolean {
    return isNarrow(self) && !this.#made.has(self);
  }
}

/** The same in the functions over lists. */
export class LostCopies extends Elementwise {
  constructor(arithmetic: Arithmetic) {
    super(arithmetic, 'foreach');
  }

  /** From a weight of 0.5 on `self` becomes `end` first, and moves back by the complement. Without the copy it moves back from where it is. */
  override lerp_(self: Tensor, end: Tensor, weight: number): Tensor {
    if (!isNarrow(self) || Math.abs(weight) < 0.5) return super.lerp_(self, end, weight);
    return super.add_(self, super.add(end, self, -1), -(1 - weight));
  }
}

function isNarrow(tensor: Tensor): boolean {
  return tensor.dtype === 'float64' && tensor.shape.length === 0 && !(tensor instanceof Parameter);
}
