/**
 * The examinations of an adapter. Their outcome does not hang on the rule that the port behind it computes.
 */
import type { Need } from '../../scenario/needs.ts';
import { isDict, isTensor } from '../../scenario/values.ts';
import { fromBits } from '../../tensor/bits.ts';
import { lostInResuming } from '../resuming.ts';
import { GRADIENT, optimizer, type Patient, VALUES } from './patient.ts';

/** One of them. */
export interface Examination {
  /** What should be, as a sentence. */
  readonly what: string;
  /** Claims without which there is nothing to examine. */
  readonly needs: readonly Need[];
  /** What is to be mended, undefined for nothing. */
  readonly look: (patient: Patient) => Promise<string | undefined>;
}

/** All, in the order in which they are told. */
export const EXAMINATIONS: readonly Examination[] = [
  {
    what: 'every step moves the tensor',
    needs: [],
    look: async (patient) => {
      const [first, second] = await patient.trained(2);
      if (String(first) !== String(second)) return undefined;
      return 'the second step left the tensor as it was; is the gradient set anew for each step?';
    },
  },
  {
    what: 'the same program gives the same numbers again',
    needs: [],
    look: async (patient) => {
      const [once, again] = [await patient.trained(3), await patient.trained(3)];
      if (String(once) === String(again)) return undefined;
      return 'it does not; optimizer() has to make a new optimizer with state of its own, tensor() a new tensor';
    },
  },
  {
    what: 'tensors do not share their elements or gradients',
    needs: [],
    look: async (patient) => {
      const [a, b] = [patient.tensor(), patient.tensor()];
      const opposite = { a: patient.bits(GRADIENT), b: patient.bits(GRADIENT.map((x) => -x)) };
      const observations = await patient.run(
        { a, b },
        [opposite],
        [optimizer(['$a', '$b']), { op: 'train', gradients: 'g', steps: 1 }],
      );
      const [after] = observations[1]!.steps!;
      const [x, y] = [after!['a']!, after!['b']!].map((bits) => fromBits(patient.dtype, bits)[0]!) as [number, number];
      if (x < VALUES[0]! && y > VALUES[0]!) return undefined;
      return 'of two tensors with opposite gradients the first has to shrink and the second to grow, and they do not; one buffer serves both?';
    },
  },
  {
    what: 'a step leaves the gradients as they are',
    needs: [],
    look: async (patient) => {
      const observations = await patient.run(
        { w: patient.tensor() },
        [{ w: patient.bits(GRADIENT) }],
        [
          optimizer(['$w'], patient.subject.supports.includes('weight_decay') ? { weight_decay: 0.1 } : {}),
          { op: 'train', gradients: 'g', steps: 1 },
        ],
      );
      if (observations[1]!.gradients_changed === undefined) return undefined;
      return 'it changes them; if your port sets gradients to zero by itself, give it a copy in setGrad';
    },
  },
  {
    what: 'a tensor without dimensions can be trained',
    needs: [],
    look: async (patient) => {
      const [after] = await patient.trained(1, {}, []);
      return after!.length === 1 ? undefined : `one element was expected, got ${after!.length}`;
    },
  },
  {
    what: 'a tensor without elements can be trained',
    needs: ['empty-tensors'],
    look: async (patient) => {
      const [after] = await patient.trained(1, {}, [0]);
      return after!.length === 0 ? undefined : `no element was expected, got ${after!.length}`;
    },
  },
  {
    what: 'float64 tensors keep all their digits',
    needs: ['float64'],
    look: async (patient) => {
      const tensors = { w: patient.tensor([2, 3], 'float64') };
      const [observation] = await patient.run(tensors, [], [{ op: 'read', tensors: ['w'] }]);
      const { value } = observation!;
      const read = value !== undefined && isDict(value) ? value.$dict[0]?.[1] : undefined;
      if (read !== undefined && isTensor(read) && read.$tensor.bits === tensors.w.bits) return undefined;
      return 'they do not; tensor() has to keep a Float64Array, not a Float32Array';
    },
  },
  {
    what: 'a gradient that is None leaves its tensor alone',
    needs: ['none-gradients'],
    look: async (patient) => {
      const [a, b] = [patient.tensor(), patient.tensor()];
      const observations = await patient.run(
        { a, b },
        [{ a: patient.bits(GRADIENT), b: null }],
        [optimizer(['$a', '$b']), { op: 'train', gradients: 'g', steps: 1 }],
      );
      if (observations[1]!.steps![0]!['b'] === b.bits) return undefined;
      return 'it moved; setGrad(tensor, null) has to take the gradient away, or do not claim "none-gradients"';
    },
  },
  {
    what: 'setOption reaches the optimizer',
    needs: ['lr-change'],
    look: async (patient) => {
      const gradient = { w: patient.bits(GRADIENT) };
      const observations = await patient.run(
        { w: patient.tensor() },
        [gradient, gradient],
        [
          optimizer(['$w']),
          { op: 'train', gradients: 'g', steps: 1 },
          { op: 'set', group: 0, option: 'lr', value: 0 },
          { op: 'train', gradients: 'g', steps: 1, after: 1 },
        ],
      );
      if (observations[1]!.steps![0]!['w'] === observations[3]!.steps![0]!['w']) return undefined;
      return "the tensor moved though lr was set to 0; setOption(optimizer, 0, 'lr', 0) has to be heeded by the next step";
    },
  },
  {
    what: 'state gives the buffers of a tensor',
    needs: ['state'],
    look: async (patient) => {
      const observations = await patient.run(
        { w: patient.tensor() },
        [{ w: patient.bits(GRADIENT) }],
        [optimizer(['$w']), { op: 'train', gradients: 'g', steps: 1 }, { op: 'state' }],
      );
      const { value } = observations[2]!;
      const entries = value !== undefined && isDict(value) ? value.$dict[0]?.[1] : undefined;
      if (entries === undefined || !isDict(entries))
        return 'after a step there is none; state(optimizer, tensor) returns an object';
      const names = entries.$dict.map(([name]) => name);
      if (names.includes('square_avg')) return undefined;
      return `its names are PyTorch's: expected square_avg, got ${names.join(', ') || 'nothing'}`;
    },
  },
  {
    what: 'load and save keep what a training goes on from',
    needs: ['resume'],
    look: async ({ subject }) => (await lostInResuming(subject))[0],
  },
  ...(['momentum', 'centered', 'weight_decay', 'maximize'] as const).map((option): Examination => ({
    what: `the option ${option} has an effect`,
    needs: [option],
    look: async (patient) => {
      const value = option === 'centered' || option === 'maximize' ? true : 0.5;
      if (String(await patient.trained(3)) !== String(await patient.trained(3, { [option]: value }))) return undefined;
      return `it has none; optimizer() is given options.${option} and has to pass it on, or do not claim "${option}"`;
    },
  })),
];
