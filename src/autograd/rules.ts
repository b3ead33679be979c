/**
 * What each operation saves, and what it goes back by: what a step is made of in the arithmetic that is given (way-back.ts), the rest
 * in PyTorch's order of operations, each rounded once (torch's derivatives.yaml).
 */
import { dtypeInfo } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';
import { filled, copied, negated, over, product, repeated, times, transposed, zip } from './numbers.ts';
import type { Back, Saving } from './node.ts';
import type { WayBack } from './way-back.ts';

/** An operation as it is recorded. */
export interface Recorded {
  /** In place, the tensor that is written is one of them. */
  readonly operands: readonly Tensor[];
  /** Which of them require grad. */
  readonly wanted: readonly boolean[];
  /** The number that the operation was given. */
  readonly scalar: number;
  /** Whether the first operand is written. */
  readonly in_place: boolean;
}

/** What an operation saves, and how it goes back. */
export type Rule = (recorded: Recorded, saving: Saving) => Back;

const same: Rule = () => (g) => [g];

/** alpha * g, which is g where alpha is 1. */
const maybeScaled = (g: Tensor, alpha: number, { scaled }: WayBack): Tensor => (alpha === 1 ? g : scaled(g, alpha));

/** Saves an operand where another one's gradient takes it. */
const saveIf = (wanted: boolean | undefined, tensor: Tensor, { operand }: Saving): (() => Tensor) | undefined =>
  wanted ? operand(tensor) : undefined;

/** The first operand as it was: a copy, where it is about to be written. */
const before = ({ operands: [self], in_place }: Recorded): Tensor => (in_place ? copied(self!) : self!);

/** By autograd's names of the operations. */
export const rules: Readonly<Record<string, Rule>> = {
  Clone: same,
  ToCopy: same,
  Constant: () => () => [],
  Fill: () => (g) => [filled(g, g.shape, 0)],
  Neg: () => (g, way) => [way.negated(g)],
  Rsub: () => (g, way) => [way.negated(g)],
  Add:
    ({ operands, scalar }) =>
    (g, way) =>
      operands.length === 1 ? [g] : [g, maybeScaled(g, scalar, way)],
  Sub:
    ({ operands, scalar }) =>
    (g, way) =>
      operands.length === 1 ? [g] : [g, maybeScaled(way.negated(g), scalar, way)],
  Mul: (recorded, saving) => {
    const { operands, wanted, scalar } = recorded;
    if (operands.length === 1) return (g, way) => [way.scaled(g, scalar)];
    const self = saveIf(wanted[1], before(recorded), saving);
    const other = saveIf(wanted[0], operands[1]!, saving);
    return (g) => [other && times(g, other()), self && times(g, self())];
  },
  Div: (recorded, saving) => {
    const { operands, wanted, scalar } = recorded;
    if (operands.length === 1) return (g) => [over(g, filled(g, [], scalar))];
    const other = saving.operand(operands[1]!);
    const self = saveIf(wanted[1], before(recorded), saving);
    return (g) => [
      wanted[0] ? over(g, other()) : undefined,
      self && times(negated(g), over(over(self(), other()), other())),
    ];
  },
  Addcmul: ({ operands, wanted, scalar }, saving) => {
    const t1 = saveIf(wanted[2], operands[1]!, saving);
    const t2 = saveIf(wanted[1], operands[2]!, saving);
    return (g, { ofFactor }) => [g, t2 && ofFactor(g, t2(), scalar), t1 && ofFactor(g, t1(), scalar)];
  },
  Addcdiv: ({ operands, wanted, scalar }, saving) => {
    const t1 = saveIf(wanted[2], operands[1]!, saving);
    const t2 = saveIf(wanted[1] || wanted[2], operands[2]!, saving);
    return (g, { ofDividend, ofDivisor }) => [
      g,
      t2 && wanted[1] ? ofDividend(g, t2(), scalar) : undefined,
      t1 && t2 && ofDivisor(g, t1(), t2(), scalar),
    ];
  },
  Lerp:
    ({ wanted, scalar }) =>
    (g, { weighed }) => [wanted[0] ? weighed(g, 1 - scalar) : undefined, wanted[1] ? weighed(g, scalar) : undefined],
  Sqrt: (_, saving) => {
    const result = saving.result();
    return (g, { ofRoot }) => [ofRoot(g, result())];
  },
  Tanh: (_, saving) => {
    const result = saving.result();
    return (g) => {
      const { round } = dtypeInfo(g.dtype);
      return [
        zip(g, result(), (n, out, x, y) => {
          for (let i = 0; i < n; i++) out[i] = x[i]! * round(1 - round(y[i]! * y[i]!));
        }),
      ];
    };
  },
  Relu: (_, saving) => {
    const result = saving.result();
    return (g) => [
      zip(g, result(), (n, out, x, y) => {
        for (let i = 0; i < n; i++) out[i] = y[i]! <= 0 ? 0 : x[i]!;
      }),
    ];
  },
  Sum: ({ operands: [self] }) => {
    const { shape } = self!;
    return (g) => [repeated(g, shape)];
  },
  Mean: ({ operands: [self] }) => {
    const [{ shape }, count] = [self!, self!.numel()];
    return (g) => [over(repeated(g, shape), filled(g, [], count))];
  },
  Mm: ({ operands, wanted }, saving) => {
    const self = saveIf(wanted[1], operands[0]!, saving);
    const other = saveIf(wanted[0], operands[1]!, saving);
    return (g) => [other && product(g, transposed(other())), self && product(transposed(self()), g)];
  },
  T: () => (g) => [transposed(g)],
  View: ({ operands: [self] }) => {
    const { shape } = self!;
    return (g) => [new Tensor({ dtype: g.dtype, device: g.device, shape, data: g.elements() })];
  },
  // The engine sums what was repeated.
  Expand: same,
  Slice: ({ operands: [self], scalar }) => {
    const { shape } = self!;
    return (g) => {
      const made = filled(g, shape, 0);
      const row = made.numel() / shape[0]!;
      made.storage.set(g.elements() as never, scalar * row);
      return [made];
    };
  },
};
