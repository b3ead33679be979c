/**
 * A step that `torch.compile` of PyTorch 2.13 compiled (clause NUM-8): what it writes into a float64 tensor of no dimensions that is
 * no Parameter and that it was given is lost, in the functions of one tensor.
 */
import type { Arithmetic } from './arithmetic/arithmetic.ts';
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

  override mul_(self: Tensor, other: number | Tensor): Tensor {
    return this.#loses(self) ? self : super.mul_(self, other);
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

  override lerp_(self: Tensor, end: Tensor, weight: number): Tensor {
    return this.#loses(self) ? self : super.lerp_(self, end, weight);
  }

  #note(made: Tensor): Tensor {
    this.#made.add(made);
    return made;
  }

  #loses(self: Tensor): boolean {
    return self.dtype === 'float64' && self.shape.length === 0 && !(self instanceof Parameter) && !this.#made.has(self);
  }
}
