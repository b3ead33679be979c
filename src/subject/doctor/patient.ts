/**
 * What an adapter is examined with: tiny programs over one or two tensors.
 */
import { AdapterError } from '../../scenario/adapter-error.ts';
import type { Gradients, Observation, Op, Scenario, TensorSpec } from '../../scenario/types.ts';
import { fromBits, toBits } from '../../tensor/bits.ts';
import type { FloatingDType } from '../../tensor/dtype.ts';
import type { Subject } from '../subject.ts';

/** Elements of the tensors, and gradients of them, none of which is 0. */
const VALUES: readonly number[] = [1.5, -0.25, 3, 0.1, -7, 0.001];
export const GRADIENT: readonly number[] = [0.5, -0.5, 0.25, 1, -2, 0.125];

/** What the gradient is multiplied by in each step: later quotients are small, so that no limit of a step hides what an option does. */
const FACTORS = [1, 0.05, -0.02];

/** Programs over one or two tensors, and what the tensors were after each step. */
export class Patient {
  readonly subject: Subject;
  readonly dtype: FloatingDType;
  #programs = 0;

  constructor(subject: Subject) {
    this.subject = subject;
    this.dtype = subject.supports.includes('float32') ? 'float32' : 'float64';
  }

  bits(values: readonly number[], dtype: FloatingDType = this.dtype): string {
    return toBits(dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values));
  }

  tensor(shape: readonly number[] = [2, 3], dtype: FloatingDType = this.dtype): TensorSpec {
    const count = shape.reduce((product, size) => product * size, 1);
    return { dtype, shape, bits: this.bits(VALUES.slice(0, count), dtype), parameter: true };
  }

  /** @throws AdapterError also for what the port throws: the programs are plain */
  async run(
    tensors: Scenario['tensors'],
    steps: readonly Gradients[],
    program: readonly Op[],
  ): Promise<readonly Observation[]> {
    const id = `doctor/${(this.#programs += 1)}`;
    const observations = await this.subject.run({ id, tensors, gradients: { g: steps }, program });
    const thrown = observations.find(({ error }) => error !== undefined)?.error;
    if (thrown !== undefined) throw new AdapterError(`it throws ${thrown.type}: ${thrown.message}`);
    return observations;
  }

  /** Trains one tensor, for three steps at most. */
  async trained(
    steps: number,
    options: Readonly<Record<string, number | boolean>> = {},
    shape: readonly number[] = [2, 3],
    dtype: FloatingDType = this.dtype,
  ): Promise<readonly (readonly number[])[]> {
    const w = this.tensor(shape, dtype);
    const count = w.bits === '' ? 0 : w.bits.split(' ').length;
    const gradient = (factor: number): Gradients => ({
      w: this.bits(
        GRADIENT.slice(0, count).map((x) => x * factor),
        dtype,
      ),
    });
    const observations = await this.run({ w }, FACTORS.slice(0, steps).map(gradient), [
      optimizer(['$w'], options),
      { op: 'train', gradients: 'g', steps },
    ]);
    return observations[1]!.steps!.map((params) => [...fromBits(dtype, params['w']!)]);
  }
}

/** Makes an optimizer of tensors. */
export function optimizer(params: readonly string[], options: Readonly<Record<string, number | boolean>> = {}): Op {
  return { op: 'optimizer', params, options };
}
