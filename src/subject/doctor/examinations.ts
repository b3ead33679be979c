/**
 * The examinations of an adapter. What they say is to be mended does not hang on the rule that the port behind it computes; what may be
 * the adapter's fault or the port's is to be looked at.
 */
import type { FixableOption } from '../../scenario/fixed.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Gradients } from '../../scenario/types.ts';
import { isDict, isTensor } from '../../scenario/values.ts';
import { fromBits } from '../../tensor/bits.ts';
import { lostInResuming } from '../resuming.ts';
import { GRADIENT, optimizer, type Patient } from './patient.ts';

/** What an examination found: a fault of the adapter, or what may be one, or may be the port's. */
export type Fault = { readonly mend: string } | { readonly look: string };

/** One of them. */
export interface Examination {
  /** What should be, as a sentence. */
  readonly what: string;
  /** Claims without which there is nothing to examine. */
  readonly needs: readonly Need[];
  /** The option that it sets, which a port may have fixed: then there is nothing to examine either. */
  readonly fixed?: FixableOption;
  /** What is wrong, undefined for nothing. */
  readonly examine: (patient: Patient) => Promise<Fault | undefined>;
}

/** Elements begin at 7 at most; a rule that divides by eps makes millions of them. */
const LARGE = 1000;

/** All, in the order in which they are told. */
export const EXAMINATIONS: readonly Examination[] = [
  {
    what: 'every step moves the tensor',
    needs: [],
    examine: async (patient) => {
      const [first, second] = await patient.trained(2);
      // What is not finite, or so large that a step is lost in its rounding, stays what it is, whoever is to blame.
      if (String(first) !== String(second) || !second!.every((x) => Math.abs(x) < LARGE)) return undefined;
      return { mend: 'the second step left the tensor as it was; is the gradient set anew for each step?' };
    },
  },
  {
    what: 'the same program gives the same numbers again',
    needs: [],
    examine: async (patient) => {
      const [once, again] = [await patient.trained(3), await patient.trained(3)];
      if (String(once) === String(again)) return undefined;
      return {
        mend: 'it does not; optimizer() has to make a new optimizer with state of its own, tensor() a new tensor',
      };
    },
  },
  {
    what: 'tensors do not share their elements or gradients',
    needs: [],
    examine: async (patient) => {
      const [a, b] = [patient.tensor(), patient.tensor()];
      // Neither the size nor the sign of a gradient alone can make the two alike.
      const gradients = (...factors: readonly [number, number]): Gradients => {
        const [of_a, of_b] = factors.map((factor) => patient.bits(GRADIENT.map((x) => factor * x)));
        return { a: of_a!, b: of_b! };
      };
      const observations = await patient.run(
        { a, b },
        [gradients(1, -4), gradients(2, -0.5)],
        [optimizer(['$a', '$b']), { op: 'train', gradients: 'g', steps: 2 }],
      );
      const after = observations[1]!.steps![1]!;
      const still = [a, b].some(({ bits }, i) => after[i === 0 ? 'a' : 'b'] === bits);
      const alike = after['a'] === after['b'] && fromBits(patient.dtype, after['a']!).every(Number.isFinite);
      if (!still && !alike) return undefined;
      return {
        mend: `of two tensors with other gradients ${still ? 'one does not move' : 'both end up the same'}; one buffer serves both?`,
      };
    },
  },
  {
    what: 'a step leaves the gradients as they are',
    needs: [],
    examine: async (patient) => {
      const observations = await patient.run(
        { w: patient.tensor() },
        [{ w: patient.bits(GRADIENT) }],
        [
          optimizer(['$w'], patient.subject.supports.includes('weight_decay') ? { weight_decay: 0.1 } : {}),
          { op: 'train', gradients: 'g', steps: 1 },
        ],
      );
      if (observations[1]!.gradients_changed === undefined) return undefined;
      return {
        look: 'it changes them, which fails in check, as PyTorch leaves them; if the adapter sets them to zero by itself, that is its fault',
      };
    },
  },
  {
    what: 'a tensor without dimensions can be trained',
    needs: [],
    examine: async (patient) => {
      const [after] = await patient.trained(1, {}, []);
      return after!.length === 1 ? undefined : { mend: `one element was expected, got ${after!.length}` };
    },
  },
  {
    what: 'a tensor without elements can be trained',
    needs: ['empty-tensors'],
    examine: async (patient) => {
      const [after] = await patient.trained(1, {}, [0]);
      return after!.length === 0 ? undefined : { mend: `no element was expected, got ${after!.length}` };
    },
  },
  {
    what: 'float64 tensors keep all their digits',
    needs: ['float64'],
    examine: async (patient) => {
      const tensors = { w: patient.tensor([2, 3], 'float64') };
      const [observation] = await patient.run(tensors, [], [{ op: 'read', tensors: ['w'] }]);
      const { value } = observation!;
      const read = value !== undefined && isDict(value) ? value.$dict[0]?.[1] : undefined;
      if (read !== undefined && isTensor(read) && read.$tensor.bits === tensors.w.bits) return undefined;
      return { mend: 'they do not; tensor() has to keep a Float64Array, not a Float32Array' };
    },
  },
  {
    what: 'a gradient that is None leaves its tensor alone',
    needs: ['none-gradients'],
    examine: async (patient) => {
      const [a, b] = [patient.tensor(), patient.tensor()];
      const after = async (gradient: string | null): Promise<string> => {
        const observations = await patient.run(
          { a, b },
          [{ a: patient.bits(GRADIENT), b: gradient }],
          [optimizer(['$a', '$b']), { op: 'train', gradients: 'g', steps: 1 }],
        );
        return observations[1]!.steps![0]!['b']!;
      };
      const none = await after(null);
      if (none === b.bits) return undefined;
      if (none === (await after(patient.bits(GRADIENT.map(() => 0)))))
        return {
          look: 'it moved as by a gradient of zeros; is it setGrad(tensor, null) that makes them, or your port?',
        };
      return {
        mend: 'it moved; setGrad(tensor, null) has to take the gradient away, or do not claim "none-gradients"',
      };
    },
  },
  {
    what: 'setOption reaches the optimizer',
    needs: ['lr-change'],
    fixed: 'lr',
    examine: async (patient) => {
      const gradient = { w: patient.bits(GRADIENT) };
      const after = async (lr: number): Promise<string> => {
        const observations = await patient.run(
          { w: patient.tensor() },
          [gradient, gradient],
          [
            optimizer(['$w']),
            { op: 'train', gradients: 'g', steps: 1 },
            { op: 'set', group: 0, option: 'lr', value: lr },
            { op: 'train', gradients: 'g', steps: 1, after: 1 },
          ],
        );
        return observations[3]!.steps![0]!['w']!;
      };
      const [one, other] = [await after(0.5), await after(0.001)];
      if (one !== other || !fromBits(patient.dtype, one).every(Number.isFinite)) return undefined;
      return {
        look: 'the next step is the same whatever lr is set to; either setOption(optimizer, 0, \'lr\', 0.5) does not reach the optimizer, or your port reads lr once: then do not claim "lr-change"',
      };
    },
  },
  {
    what: 'state gives the buffers of a tensor',
    needs: ['state'],
    examine: async (patient) => {
      const observations = await patient.run(
        { w: patient.tensor() },
        [{ w: patient.bits(GRADIENT) }],
        [optimizer(['$w']), { op: 'train', gradients: 'g', steps: 1 }, { op: 'state' }],
      );
      const { value } = observations[2]!;
      const entries = value !== undefined && isDict(value) ? value.$dict[0]?.[1] : undefined;
      if (entries === undefined || !isDict(entries))
        return {
          look: 'after a step there is none; state(optimizer, tensor) returns an object, unless your port forgets',
        };
      const names = entries.$dict.map(([name]) => name);
      if (names.includes('square_avg')) return undefined;
      return { mend: `its names are PyTorch's: expected square_avg, got ${names.join(', ') || 'nothing'}` };
    },
  },
  {
    what: 'load and save keep what a training goes on from',
    needs: ['resume'],
    examine: async ({ subject }) => {
      const [lost] = await lostInResuming(subject);
      return lost === undefined ? undefined : { mend: lost };
    },
  },
  ...(['momentum', 'centered', 'weight_decay', 'maximize'] as const).map((option): Examination => ({
    what: `the option ${option} has an effect`,
    needs: [option],
    fixed: option,
    examine: async (patient) => {
      // Both are given: the port's default may be either.
      const values = option === 'centered' || option === 'maximize' ? [true, false] : [0.5, 0.125];
      const [one, other] = [
        await patient.trained(3, { [option]: values[0]! }),
        await patient.trained(3, { [option]: values[1]! }),
      ];
      if (String(one) !== String(other) || !one.flat().every(Number.isFinite)) return undefined;
      return {
        look: `it has none; either optimizer() does not pass options.${option} on, or your port ignores it: then do not claim "${option}"`,
      };
    },
  })),
];
