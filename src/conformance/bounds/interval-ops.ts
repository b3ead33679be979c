/**
 * The operations of a step, each in an arithmetic and on intervals at once. The tensors hold what they always hold; the intervals
 * stand beside them, so that the port runs as it is and refuses what it refuses.
 */
import type { Arithmetic } from '../../tensor/arithmetic/arithmetic.ts';
import { type Data, type OpmathDType, isFloating, isHalf } from '../../tensor/dtype.ts';
import { Elementwise } from '../../tensor/ops.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { intervalFormulas, type IntervalFormulas, scalar, weight } from './formulas.ts';
import { exactly, type Interval, negated, UNDETERMINED } from './interval.ts';

/** What an operation makes of elements. */
export type Element = (a: Interval, b: Interval, c: Interval) => Interval;

interface Written {
  readonly value: number;
  readonly interval: Interval;
}

/** An arithmetic that carries intervals. */
export class IntervalOps extends Elementwise {
  readonly #formulas: Readonly<Record<OpmathDType, IntervalFormulas>>;
  /** What was written, by storage and position in it. */
  readonly #written = new WeakMap<Data, Written[]>();
  readonly #given = new WeakSet<Data>();

  /** @param k ulp of error that an elementary operation may have */
  constructor(arithmetic: Arithmetic, k: number) {
    super(arithmetic);
    this.#formulas = { float32: intervalFormulas('float32', k), float64: intervalFormulas('float64', k) };
  }

  /** Takes a tensor's elements for exact, whatever they are until an operation writes them; returns the tensor. */
  given(tensor: Tensor): Tensor {
    this.#given.add(tensor.storage);
    return tensor;
  }

  /** Takes a tensor's elements to lie between others, in C order. */
  between(tensor: Tensor, low: Data, high: Data): void {
    const written: Written[] = [];
    positions(tensor).forEach((position, i) => {
      written[position] = { value: tensor.storage[position]!, interval: [low[i]!, high[i]!] };
    });
    this.#written.set(tensor.storage, written);
  }

  /**
   * The intervals of a tensor's elements, in C order. Where no operation has written, zeros are a new buffer, and anything else
   * that was not given is a copy of something: undetermined.
   */
  of(tensor: Tensor): readonly Interval[] {
    const { storage } = tensor;
    const written = this.#written.get(storage);
    const exact = written !== undefined || this.#given.has(storage) || storage.every((x) => x === 0);
    return Array.from(positions(tensor), (at) => {
      const [value, last] = [storage[at]!, written?.[at]];
      // Another value than the last one written was put there by hand.
      if (last !== undefined && Object.is(last.value, value)) return last.interval;
      return exact ? exactly(value) : UNDETERMINED;
    });
  }

  override neg(self: Tensor): Tensor {
    return this.carry([self], negated, () => super.neg(self));
  }

  override mul_(self: Tensor, other: number | Tensor): Tensor {
    return this.#mul(self, other, () => super.mul_(self, other));
  }

  override mul(self: Tensor, other: number | Tensor): Tensor {
    return this.#mul(self, other, () => super.mul(self, other));
  }

  override div_(self: Tensor, other: number | Tensor): Tensor {
    const { div } = this.formulasOf(self);
    const divisor = scalar(floating(self), typeof other === 'number' ? other : other.item());
    return this.carry(
      [self],
      (a) => div(a, divisor),
      () => super.div_(self, other),
    );
  }

  override div(self: Tensor, other: Tensor): Tensor {
    return this.carry([self, other], this.formulasOf(self).div, () => super.div(self, other));
  }

  override fma_(self: Tensor, t: Tensor, factor: Tensor): Tensor {
    return this.#add(self, t, factor.item(), () => super.fma_(self, t, factor));
  }

  override add_(self: Tensor, other: number | Tensor, alpha: number = 1): Tensor {
    return this.#add(self, other, alpha, () => super.add_(self, other, alpha));
  }

  override add(self: Tensor, other: number | Tensor, alpha: number = 1): Tensor {
    return this.#add(self, other, alpha, () => super.add(self, other, alpha));
  }

  override addcmul_(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    return this.carry([self, t1, t2], this.#addcmul(self, value), () => super.addcmul_(self, t1, t2, value));
  }

  override addcmul(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    return this.carry([self, t1, t2], this.#addcmul(self, value), () => super.addcmul(self, t1, t2, value));
  }

  override addcdiv_(self: Tensor, t1: Tensor, t2: Tensor, value: number = 1): Tensor {
    const [{ addcdiv }, v] = [this.formulasOf(self), scalar(floating(self), value)];
    return this.carry(
      [self, t1, t2],
      (a, b, c) => addcdiv(a, b, c, v),
      () => super.addcdiv_(self, t1, t2, value),
    );
  }

  override lerp_(self: Tensor, end: Tensor, w: number): Tensor {
    const { lerp } = this.formulasOf(self);
    const [share, complement] = [weight(floating(self), w), weight(floating(self), 1 - w)];
    return this.carry(
      [self, end],
      (a, b) => lerp(a, b, share, complement),
      () => super.lerp_(self, end, w),
    );
  }

  protected override root(out: Tensor | undefined, self: Tensor): Tensor {
    return this.carry([self], this.formulasOf(self).sqrt, () => super.root(out, self));
  }

  #mul(self: Tensor, other: number | Tensor, write: () => Tensor): Tensor {
    const { mul } = this.formulasOf(self);
    if (typeof other !== 'number') return this.carry([self, other], mul, write);
    const factor = scalar(floating(self), other);
    return this.carry([self], (a) => mul(a, factor), write);
  }

  #add(self: Tensor, other: number | Tensor, alpha: number, write: () => Tensor): Tensor {
    const { add, addScaled } = this.formulasOf(self);
    if (typeof other === 'number') {
      const addend = scalar(floating(self), other);
      return this.carry([self], (a) => add(a, addend), write);
    }
    const factor = scalar(floating(self), alpha);
    return this.carry([self, other], (a, b) => addScaled(a, b, factor), write);
  }

  #addcmul(self: Tensor, value: number): Element {
    const [{ addcmul }, v] = [this.formulasOf(self), weight(floating(self), value)];
    return (a, b, c) => addcmul(a, b, c, v);
  }

  /** The operations on intervals of a tensor's element type. @throws RangeError for one of which there are no bounds */
  formulasOf(tensor: Tensor): IntervalFormulas {
    return this.#formulas[floating(tensor)];
  }

  /**
   * Puts intervals beside what `write` writes: those that `f` makes of the operands', which are read before it may overwrite one of
   * them. Returns what it returns.
   */
  carry(operands: readonly [Tensor, Tensor?, Tensor?], f: Element, write: () => Tensor): Tensor {
    const [x, y = x, z = y] = operands;
    const [a, b, c] = [this.of(x), this.of(y), this.of(z)];
    const out = write();
    const written = this.#written.get(out.storage) ?? [];
    // Of what was broadcast the bounds say nothing.
    const at = (own: readonly Interval[], i: number): Interval => (own.length === out.numel() ? own[i]! : UNDETERMINED);
    this.#written.set(out.storage, written);
    positions(out).forEach((position, i) => {
      written[position] = { value: out.storage[position]!, interval: f(at(a, i), at(b, i), at(c, i)) };
    });
    return out;
  }
}

/** The element type. @throws RangeError for integers and half types, of which there are no bounds */
export function floating({ dtype }: Tensor): OpmathDType {
  if (!isFloating(dtype) || isHalf(dtype)) throw new RangeError(`there are no bounds of ${dtype}`);
  return dtype;
}

/** Where the elements of a tensor lie in its storage, in C order. */
function positions(tensor: Tensor): Int32Array {
  return tensor.offsets() ?? Int32Array.from({ length: tensor.numel() }, (_, i) => i);
}
