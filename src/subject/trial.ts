/**
 * Tries a port behind the protocol before it is judged: what is put in must come back, and one step must change it.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Need } from '../scenario/needs.ts';
import type { Observation, Scenario } from '../scenario/types.ts';
import { isDict, isTensor } from '../scenario/values.ts';
import { toBits } from '../tensor/bits.ts';

const GIVEN = [1.5, -0.25, 3];

/**
 * Runs the trial scenario: a look at a tensor, and a step with gradient 0.5 and default options.
 *
 * @param who named in errors
 * @throws AdapterError when the tensor is not as it was given, the step throws, or leaves it as it was
 */
export async function tryOut(
  run: (scenario: Scenario) => Promise<readonly Observation[]>,
  claims: readonly Need[],
  who: string,
): Promise<void> {
  const scenario = trial(claims);
  const given = scenario.tensors['w']!.bits;
  const observations = await run(scenario);
  const refuse = (message: string): never => {
    throw new AdapterError(`${who}: the trial step: ${message}`);
  };
  const error = observations.find((observation) => observation.error !== undefined)?.error;
  if (error !== undefined) refuse(`threw ${error.type}: ${error.message}`);
  const [read, , train] = observations;
  const value = isDict(read?.value) ? read.value.$dict[0]?.[1] : undefined;
  const back = isTensor(value) ? value.$tensor.bits : 'nothing';
  if (back !== given) refuse(`a tensor just made: expected ${given}, got ${back}`);
  if (train?.steps?.[0]?.['w'] === given)
    refuse('a step with gradient 0.5 and default options left the tensor as it was');
}

function trial(claims: readonly Need[]): Scenario {
  const float32 = claims.includes('float32');
  const bits = (numbers: readonly number[]): string =>
    toBits(float32 ? Float32Array.from(numbers) : Float64Array.from(numbers));
  const spec = { dtype: float32 ? 'float32' : 'float64', shape: [3], bits: bits(GIVEN), parameter: true } as const;
  return {
    id: 'trial/step',
    tensors: { w: spec },
    gradients: { halves: [{ w: bits([0.5, 0.5, 0.5]) }] },
    program: [
      { op: 'read', tensors: ['w'] },
      { op: 'optimizer', params: ['$w'], options: {} },
      { op: 'train', gradients: 'halves', steps: 1 },
    ],
  };
}
