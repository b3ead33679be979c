/**
 * The kinds of arithmetic that ports compute in, as a table: what rounds, and when. A rule is tried in each of them.
 */
import type { OpmathDType } from '../../tensor/dtype.ts';
import { fma32, fma64 } from '../../tensor/fma.ts';

type Round = (x: number) => number;
type Fma = (a: number, b: number, c: number) => number;

/** The operations of a step on one element, and what is rounded when it is stored. */
export interface Ops {
  /** Rounds the result of one operation; a scalar becomes a number of the element type by it too. */
  readonly r: Round;
  /** self + value * a * b. */
  readonly addcmul: (self: number, a: number, b: number, value: number) => number;
  /** self + value * a / b. */
  readonly addcdiv: (self: number, a: number, b: number, value: number) => number;
  /** self + value * other. */
  readonly add: (self: number, other: number, value: number) => number;
  /** start + weight * (end - start); `given` is the weight before it was rounded to the element type. */
  readonly lerp: (start: number, end: number, weight: number, given: number) => number;
  /** Rounds a buffer that is stored. */
  readonly state: Round;
  /** Rounds a parameter that is stored. */
  readonly param: Round;
}

/** A kind of arithmetic. */
export interface Kind {
  readonly name: string;
  /** Follows "in". */
  readonly says: string;
  /** The operations over float32 tensors; over float64 ones `float64`. */
  readonly float32: Ops;
  readonly float64: Ops;
}

const exactly: Round = (x) => x;

function separate(r: Round, state: Round = r, param: Round = r): Ops {
  return {
    ...{ r, state, param },
    addcmul: (self, a, b, value) => r(self + r(r(value * a) * b)),
    addcdiv: (self, a, b, value) => r(self + r(r(value * a) / b)),
    add: (self, other, value) => r(self + r(value * other)),
    lerp: (start, end, weight) =>
      Math.abs(weight) < 0.5 ? r(start + r(weight * r(end - start))) : r(end - r(r(end - start) * r(1 - weight))),
  };
}

function fused(r: Round, fma: Fma): Ops {
  return {
    ...separate(r),
    addcmul: (self, a, b, value) => fma(r(value * a), b, self),
    add: (self, other, value) => fma(value, other, self),
    lerp: (start, end, weight) =>
      Math.abs(weight) < 0.5 ? fma(weight, r(end - start), start) : fma(-r(end - start), r(1 - weight), end),
  };
}

function cuda(r: Round, fma: Fma): Ops {
  return {
    ...fused(r, fma),
    addcmul: (self, a, b, value) => (value === 1 ? fma(a, b, self) : fma(value, r(a * b), self)),
    addcdiv: (self, a, b, value) => fma(value, r(a / b), self),
  };
}

/** As `torch.compile` writes a step for one tensor at a time. */
function compiled(r: Round, fma: Fma): Ops {
  return {
    ...separate(r),
    addcmul: (self, a, b, value) => (value === 1 ? fma(a, b, self) : fma(r(a * b), value, self)),
    addcdiv: (self, a, b, value) => fma(r(a / b), value, self),
    lerp: compiledLerp(r, (_weight, given) => r(1 - given)),
  };
}

/** As it writes a step over lists of tensors. */
function compiledForeach(r: Round): Ops {
  return {
    ...separate(r),
    addcmul: (self, a, b, value) => r(self + r(value * r(a * b))),
    addcdiv: (self, a, b, value) => r(self + r(value * r(a / b))),
    lerp: compiledLerp(r, (weight) => r(1 - weight)),
  };
}

function compiledLerp(r: Round, complement: (weight: number, given: number) => number): Ops['lerp'] {
  return (start, end, weight, given) => {
    const difference = r(end - start);
    if (Math.abs(weight) < 0.5) return r(start + r(weight * difference));
    return r(r(-complement(weight, given) * difference) + end);
  };
}

/** A mean as the sum of two products, and the tensors of a product or quotient before the scalar: as the formulas are written down. */
function weighed(ops: Ops): Ops {
  const { r } = ops;
  return {
    ...ops,
    addcmul: (self, a, b, value) => r(self + r(value * r(a * b))),
    addcdiv: (self, a, b, value) => r(self + r(value * r(a / b))),
    lerp: (start, end, weight, given) => r(r(r(1 - given) * start) + r(weight * end)),
  };
}

const doubles = separate(exactly);

/** Every kind. A new one is a row. */
export const KINDS: readonly Kind[] = [
  {
    name: 'separate',
    says: 'the element type, operation by operation',
    float32: separate(Math.fround),
    float64: doubles,
  },
  {
    name: 'fused',
    says: 'the element type, with fused operations',
    float32: fused(Math.fround, fma32),
    float64: fused(exactly, fma64),
  },
  {
    name: 'cuda',
    says: 'the element type, as CUDA fuses',
    float32: cuda(Math.fround, fma32),
    float64: cuda(exactly, fma64),
  },
  {
    name: 'compiled',
    says: 'the element type, as torch.compile fuses',
    float32: compiled(Math.fround, fma32),
    float64: compiled(exactly, fma64),
  },
  {
    name: 'compiled-foreach',
    says: 'the element type, as torch.compile writes a step over lists',
    float32: compiledForeach(Math.fround),
    float64: compiledForeach(exactly),
  },
  {
    name: 'expression',
    says: 'doubles, rounded whenever a number is stored',
    float32: separate(exactly, Math.fround, Math.fround),
    float64: doubles,
  },
  {
    name: 'weighed',
    says: 'the element type, operation by operation, each term of a mean weighed',
    float32: weighed(separate(Math.fround)),
    float64: weighed(doubles),
  },
  {
    name: 'weighed-expression',
    says: 'doubles, rounded whenever a number is stored, each term of a mean weighed',
    float32: weighed(separate(exactly, Math.fround, Math.fround)),
    float64: weighed(doubles),
  },
  {
    name: 'double-state',
    says: 'doubles with state in doubles, parameters rounded',
    float32: separate(exactly, exactly, Math.fround),
    float64: doubles,
  },
  { name: 'doubles', says: 'doubles throughout', float32: doubles, float64: doubles },
];

/** The operations of a kind over tensors of an element type. */
export function opsOf(kind: Kind, dtype: OpmathDType): Ops {
  return kind[dtype];
}
