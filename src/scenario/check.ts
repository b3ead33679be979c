/**
 * What a JSON Schema cannot say of a scenario: that it refers to what is there, and that bits fit shapes.
 */
import { integer, isExact } from '../tensor/bits.ts';
import { dtypeInfo, isInexact, partsOf } from '../tensor/dtype.ts';
import { madeBy, neededBy } from './objects.ts';
import type { BackwardOp, GradOp, LoadOp, Op, Scenario, TensorSpec, TrainOp, Value } from './types.ts';

/** What is wrong with a scenario, and where. */
export interface Problem {
  /** JSON pointer within the scenario. */
  readonly place: string;
  readonly message: string;
}

/** The first thing wrong with a scenario; undefined if nothing is. */
export function checkScenario(scenario: Scenario): Problem | undefined {
  for (const problem of problems(scenario)) return problem;
  return undefined;
}

/** Inputs found right, by their gradients and tensors: the cases of a file share both. */
const sound = new WeakMap<Scenario['gradients'], Scenario['tensors']>();

function* problems(scenario: Scenario): Generator<Problem> {
  if (sound.get(scenario.gradients) !== scenario.tensors) {
    yield* inputProblems(scenario);
    sound.set(scenario.gradients, scenario.tensors);
  }
  const objects = new Set<string>();
  for (const [i, op] of scenario.program.entries()) {
    const message = opProblem(op, scenario, objects);
    if (message) yield { place: `/program/${i}`, message };
    for (const name of madeBy(op)) objects.add(name);
  }
}

function* inputProblems(scenario: Pick<Scenario, 'tensors' | 'gradients'>): Generator<Problem> {
  for (const [name, spec] of Object.entries(scenario.tensors)) {
    const problem = bitsProblem(spec, spec.bits);
    if (problem) yield { place: `/tensors/${name}/bits`, message: problem };
    if (!isInexact(spec.dtype) && (spec.parameter || spec.leaf === false))
      yield { place: `/tensors/${name}`, message: `a tensor of ${spec.dtype} cannot require grad` };
  }
  for (const [name, steps] of Object.entries(scenario.gradients)) {
    for (const [i, step] of steps.entries()) {
      for (const [tensor, bits] of Object.entries(step)) {
        const place = `/gradients/${name}/${i}/${tensor}`;
        const spec = scenario.tensors[tensor];
        if (spec === undefined) yield { place, message: `there is no tensor ${tensor}` };
        const problem = bits === null || spec === undefined ? undefined : bitsProblem(spec, bits);
        if (problem) yield { place, message: problem };
      }
    }
  }
}

function opProblem(op: Op, scenario: Scenario, objects: ReadonlySet<string>): string | undefined {
  const absent = neededBy(op).find((name) => !objects.has(name));
  if (absent !== undefined) return `there is no object ${absent} yet`;
  const unknown = firstOf(tensorsIn(op), (name) =>
    name in scenario.tensors ? undefined : `there is no tensor ${name}`,
  );
  if (unknown !== undefined) return unknown;
  if (op.op === 'backward') return backwardProblem(op, scenario.tensors);
  if (op.op === 'load') return loadProblem(op, scenario.tensors);
  if (op.op === 'grad' && op.bits !== null) return gradProblem(op, op.bits, scenario.tensors[op.tensor]!);
  return op.op === 'train' ? trainProblem(op, scenario) : undefined;
}

function gradProblem({ recorded }: GradOp, bits: string, spec: TensorSpec): string | undefined {
  return recorded && !isInexact(spec.dtype) ? `a tensor of ${spec.dtype} cannot require grad` : bitsProblem(spec, bits);
}

function backwardProblem({ from }: BackwardOp, tensors: Scenario['tensors']): string | undefined {
  return firstOf(Object.keys(from), (name) => {
    const problem = from[name] == null ? undefined : bitsProblem(tensors[name]!, from[name]);
    return problem && `gradient of ${name}: ${problem}`;
  });
}

function loadProblem({ value }: LoadOp, tensors: Scenario['tensors']): string | undefined {
  const names = (value?.groups ?? []).flatMap(({ params }) => params);
  const absent = [...names, ...Object.keys(value?.state ?? {})].find((name) => !(name in tensors));
  if (absent !== undefined) return `there is no tensor ${absent}`;
  for (const [name, entries] of Object.entries(value?.state ?? {})) {
    if (!names.includes(name)) return `no group has the tensor ${name}`;
    for (const [key, entry] of Object.entries(entries)) {
      if (typeof entry === 'number') continue;
      const { shape } = tensors[name]!;
      const problem =
        entry.shape.join() === shape.join()
          ? bitsProblem(entry, entry.bits)
          : `expected the shape [${shape.join(', ')}], got [${entry.shape.join(', ')}]`;
      if (problem !== undefined) return `${key} of ${name}: ${problem}`;
    }
  }
  return undefined;
}

function trainProblem(op: TrainOp, scenario: Scenario): string | undefined {
  const sequence = scenario.gradients[op.gradients];
  if (sequence === undefined) return `there are no gradients ${op.gradients}`;
  const [first, last] = [(op.after ?? 0) + 1, (op.after ?? 0) + op.steps];
  if (last > sequence.length)
    return `expected at most ${sequence.length} steps of ${op.gradients}, got up to step ${last}`;
  const outside = op.params_at?.find((step) => step < first || step > last);
  return outside === undefined ? undefined : `step ${outside} is not one of ${first} to ${last}`;
}

/** Names of tensors that an operation refers to. */
function tensorsIn(op: Op): readonly string[] {
  if (op.op === 'read') return op.tensors;
  if (op.op === 'backward') return Object.keys(op.from);
  if (op.op === 'grad' || op.op === 'set_state' || op.op === 'fill') return [op.tensor];
  return [...namesIn(Object.values(op as object) as Value[])];
}

function firstOf(names: Iterable<string>, problem: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const message = problem(name);
    if (message) return message;
  }
  return undefined;
}

/** Names of tensors that values refer to. */
function* namesIn(values: readonly Value[]): Generator<string> {
  for (const value of values) {
    if (typeof value === 'string' && value.startsWith('$')) yield value.slice(1);
    else if (Array.isArray(value)) yield* namesIn(value as readonly Value[]);
    else if (typeof value === 'object' && value !== null) yield* namesIn(Object.values(value).flat(2) as Value[]);
  }
}

function bitsProblem(spec: Pick<TensorSpec, 'dtype' | 'shape'>, bits: string): string | undefined {
  const { digits } = dtypeInfo(spec.dtype);
  const numel = spec.shape.reduce((product, size) => product * size, 1);
  const patterns = bits === '' ? [] : bits.split(' ');
  const parts = partsOf(spec.dtype);
  if (patterns.length !== numel * parts)
    return `expected ${numel} elements of shape [${spec.shape.join(', ')}], got ${patterns.length / parts}`;
  const short = patterns.findIndex((pattern) => pattern.length !== digits);
  if (short >= 0) return `element ${short}: expected ${digits} hex digits of ${spec.dtype}, got ${patterns[short]}`;
  const odd = spec.dtype === 'bool' ? patterns.findIndex((pattern) => !/^0[01]$/.test(pattern)) : -1;
  if (odd >= 0) return `element ${odd}: expected 00 or 01, got ${patterns[odd]}`;
  if (spec.dtype !== 'int64') return undefined;
  const large = patterns.findIndex((pattern) => !isExact(integer(pattern)));
  if (large >= 0)
    return `element ${large}: expected an integer of at most 2^53 in magnitude, got ${integer(patterns[large]!)}`;
  return undefined;
}
