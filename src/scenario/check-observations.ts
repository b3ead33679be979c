/**
 * What a JSON Schema cannot say of observations: that they are of the program, and that bits fit the shapes.
 */
import { dtypeInfo, partsOf } from '../tensor/dtype.ts';
import type { Observation, Op, Scenario, TensorSpec, TensorValue, TrainOp, Value } from './types.ts';
import { isDict, isTensor } from './values.ts';

/** The first thing wrong with what was observed of a scenario, in words; undefined if nothing is. */
export function checkObservations(
  { program, tensors }: Scenario,
  observations: readonly Observation[],
): string | undefined {
  if (observations.length !== program.length)
    return `expected ${program.length} observations, one an operation, got ${observations.length}`;
  for (const [i, op] of program.entries()) {
    const problem = problemOf(op, observations[i]!, tensors);
    if (problem !== undefined) return `operation ${i} (${op.op}): ${problem}`;
  }
  return undefined;
}

type Tensors = Scenario['tensors'];
type Observed = Pick<TensorValue, 'dtype' | 'shape' | 'bits'>;

function problemOf(op: Op, observation: Observation, tensors: Tensors): string | undefined {
  if (observation.skipped || observation.error !== undefined) return undefined;
  if (op.op === 'train') return trainProblem(op, observation, tensors);
  return first(tensorsIn(observation.value ?? null), ([where, tensor]) => lengthProblem(tensor, where));
}

function trainProblem(op: TrainOp, { steps = [] }: Observation, tensors: Tensors): string | undefined {
  const wanted = op.params_at?.length ?? op.steps;
  if (steps.length !== wanted) return `expected ${wanted} steps, or an error, got ${steps.length}`;
  return first(steps.entries(), ([i, step]) =>
    first(Object.entries(step), ([name, bits]) => {
      const number = op.params_at?.[i] ?? (op.after ?? 0) + 1 + i;
      const spec = Object.hasOwn(tensors, name) ? tensors[name]! : undefined;
      if (spec === undefined) return `step ${number}: there is no tensor ${name}`;
      return lengthProblem({ ...spec, bits }, `step ${number}, ${name}`, spec);
    }),
  );
}

/** One of float32 may be observed in doubles. */
function lengthProblem({ dtype, shape, bits }: Observed, where: string, spec?: TensorSpec): string | undefined {
  const numel = shape.reduce((product, size) => product * size, 1);
  const patterns = bits === '' ? [] : bits.split(' ');
  const parts = partsOf(dtype);
  if (patterns.length !== numel * parts)
    return `${where}: expected ${numel} elements of shape [${shape.join(', ')}], got ${patterns.length / parts}`;
  if (spec === undefined) return undefined;
  const digits = [dtypeInfo(spec.dtype).digits, 16];
  const odd = patterns.find((pattern) => !digits.includes(pattern.length));
  return odd === undefined ? undefined : `${where}: expected ${digits[0]} hex digits of ${spec.dtype}, got ${odd}`;
}

function* tensorsIn(value: Value, where = 'the value'): Generator<readonly [where: string, tensor: Observed]> {
  if (isTensor(value)) yield [where, value.$tensor];
  else if (isDict(value)) for (const [key, item] of value.$dict) yield* tensorsIn(item, String(key));
  else if (Array.isArray(value)) for (const item of value as readonly Value[]) yield* tensorsIn(item, where);
}

function first<T>(items: Iterable<T>, problem: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
