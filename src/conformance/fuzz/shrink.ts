/**
 * Making a counterexample smaller: taking away operations, tensors, steps, elements and options for as long as it stays one.
 */
import { checkScenario } from '../../scenario/check.ts';
import type { Gradients, Op, Scenario, TensorSpec, Value } from '../../scenario/types.ts';
import { elementBits } from '../../tensor/bits.ts';

/**
 * The smallest scenario that greedy removal reaches.
 *
 * @param differs whether a scenario still is a counterexample
 */
export async function shrink(scenario: Scenario, differs: (smaller: Scenario) => Promise<boolean>): Promise<Scenario> {
  let present = scenario;
  for (let shrunk = true; shrunk;) {
    shrunk = false;
    for (const candidate of candidates(present)) {
      if (checkScenario(candidate) !== undefined || !(await differs(candidate))) continue;
      present = candidate;
      shrunk = true;
      break;
    }
  }
  return present;
}

/** Scenarios that are smaller by one thing, the largest things first. */
function* candidates(scenario: Scenario): Generator<Scenario> {
  const { program, tensors } = scenario;
  for (let i = program.length - 1; i >= 0; i--) yield { ...scenario, program: program.filter((_, at) => at !== i) };
  for (const name of Object.keys(tensors)) yield withoutTensor(scenario, name);
  for (const [at, op] of program.entries()) {
    if (op.op === 'train') yield* fewerSteps(scenario, at, op);
    if (op.op !== 'optimizer') continue;
    for (const name of Object.keys(op.options)) {
      const { [name]: _, ...options } = op.options;
      yield withOp(scenario, at, { ...op, options });
    }
  }
  for (const [name, { shape }] of Object.entries(tensors)) {
    const length = shape.reduce((product, size) => product * size, 1);
    for (let i = 0; i < length; i++) yield withoutElement(scenario, name, i, length);
  }
  yield* simplerElements(scenario);
}

function withOp(scenario: Scenario, at: number, op: Op): Scenario {
  return { ...scenario, program: scenario.program.map((own, i) => (i === at ? op : own)) };
}

function* fewerSteps(scenario: Scenario, at: number, op: Op & { op: 'train' }): Generator<Scenario> {
  const sequence = scenario.gradients[op.gradients]!;
  if (op.steps < 2 || op.after !== undefined || sequence.length !== op.steps) return;
  for (let i = 0; i < op.steps; i++) {
    const gradients = { ...scenario.gradients, [op.gradients]: sequence.filter((_, step) => step !== i) };
    yield withOp({ ...scenario, gradients }, at, { ...op, steps: op.steps - 1 });
  }
}

function withoutTensor(scenario: Scenario, name: string): Scenario {
  const { [name]: _, ...tensors } = scenario.tensors;
  const gradients = eachStep(scenario, (step) => {
    const { [name]: __, ...rest } = step;
    return rest;
  });
  const program = scenario.program.map((op) =>
    op.op === 'optimizer' && op.params !== undefined ? { ...op, params: without(op.params, `$${name}`) } : op,
  );
  return { ...scenario, tensors, gradients, program };
}

/** A list of parameters, or of groups of them, without one; a group that it leaves empty goes too. */
function without(value: Value, name: string): Value {
  if (Array.isArray(value))
    return (value as readonly Value[])
      .filter((item) => item !== name && !isEmptied(item, name))
      .map((item) => without(item, name));
  if (typeof value !== 'object' || value === null || !('$dict' in value)) return value;
  return { $dict: value.$dict.map(([key, item]) => [key, key === 'params' ? without(item, name) : item] as const) };
}

function isEmptied(value: Value, name: string): boolean {
  if (typeof value !== 'object' || value === null || !('$dict' in value)) return false;
  const params = value.$dict.find(([key]) => key === 'params')?.[1];
  return Array.isArray(params) && params.length === 1 && params[0] === name;
}

function withoutElement(scenario: Scenario, name: string, index: number, length: number): Scenario {
  const drop = (bits: string): string =>
    bits
      .split(' ')
      .filter((_, i) => i !== index)
      .join(' ');
  const spec = scenario.tensors[name]!;
  const tensors = { ...scenario.tensors, [name]: { ...spec, shape: [length - 1], bits: drop(spec.bits) } };
  const gradients = eachStep(scenario, (step) => {
    const bits = step[name];
    return bits === undefined || bits === null ? step : { ...step, [name]: drop(bits) };
  });
  return { ...scenario, tensors, gradients };
}

/** Elements made 1, one at a time, in parameters and gradients. */
function* simplerElements(scenario: Scenario): Generator<Scenario> {
  const one = (name: string): string => elementBits(scenario.tensors[name]!.dtype, 1);
  for (const [name, spec] of Object.entries(scenario.tensors))
    for (const bits of madeOne(spec.bits, one(name)))
      yield { ...scenario, tensors: { ...scenario.tensors, [name]: { ...spec, bits } satisfies TensorSpec } };
  for (const [sequence, steps] of Object.entries(scenario.gradients))
    for (const [i, step] of steps.entries())
      for (const [name, own] of Object.entries(step))
        for (const bits of madeOne(own ?? '', one(name))) {
          const changed = steps.map((other, at) => (at === i ? { ...other, [name]: bits } : other));
          yield { ...scenario, gradients: { ...scenario.gradients, [sequence]: changed } };
        }
}

function madeOne(bits: string, one: string): string[] {
  const patterns = bits === '' ? [] : bits.split(' ');
  return patterns.flatMap((pattern, i) => (pattern === one ? [] : [patterns.with(i, one).join(' ')]));
}

function eachStep(scenario: Scenario, change: (step: Gradients) => Gradients): Scenario['gradients'] {
  return Object.fromEntries(Object.entries(scenario.gradients).map(([name, steps]) => [name, steps.map(change)]));
}
