/**
 * Runs a scenario over a port and returns its observations: the TypeScript twin of interpreter.py (spec/scenario.md).
 */
import type { Data } from '../tensor/dtype.ts';
import { fromBits } from '../tensor/bits.ts';
import { AdapterError } from './adapter-error.ts';
import type { NamedTensor } from './program-objects.ts';
import { bitsOf, decode, elements } from './encoding.ts';
import { GivenGradients } from './given-gradients.ts';
import { CHECKPOINT, checkpointValue } from './checkpoint.ts';
import { lift, type Optimizers } from './lift.ts';
import { neededBy } from './objects.ts';
import type { OptionValue, Port, TensorData } from './port.ts';
import type { Gradients, Observation, Op, PlainCheckpoint, Scenario, SetOp, SetStateOp } from './types.ts';
import type { Thrown, TrainOp, Value } from './types.ts';
import { normalise } from './values.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The observations of a scenario, one an operation.
 *
 * @throws AdapterError when the port lacks a member that it needs for what it claims, or answers with something else than
 * the interface says
 */
export async function interpret(scenario: Scenario, port: Port): Promise<Observation[]> {
  const run = await Run.begin(scenario, port);
  const observations: Observation[] = [];
  for (const op of scenario.program) observations.push(await run.observe(op));
  return observations;
}

/** @throws AdapterError when the port makes no tensor of what a scenario declares */
async function make(port: Port, data: TensorData): Promise<unknown> {
  try {
    return await port.tensor(data);
  } catch (error) {
    throw new AdapterError(`tensor(${data.name}) threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The cases of a file share their gradients. */
const decoded = new WeakMap<Gradients, ReadonlyMap<string, Data | null>>();

class Run {
  readonly #port: Port;
  readonly #scenario: Scenario;
  readonly #tensors: ReadonlyMap<string, NamedTensor>;
  readonly #objects = new Map<string, unknown>();
  readonly #optimizers: Optimizers;

  private constructor(port: Port, scenario: Scenario, tensors: ReadonlyMap<string, NamedTensor>) {
    this.#port = port;
    this.#scenario = scenario;
    this.#tensors = tensors;
    this.#optimizers = lift(port, scenario.program, tensors, this.#objects);
  }

  static async begin(scenario: Scenario, port: Port): Promise<Run> {
    const tensors = new Map<string, NamedTensor>();
    for (const [name, spec] of Object.entries(scenario.tensors)) {
      const { dtype, shape, bits, parameter = false, leaf = true, retains_grad, layout } = spec;
      const data = fromBits(dtype, bits);
      const rest = { ...(layout ? { layout } : {}), ...(retains_grad ? { retains_grad } : {}) };
      const tensor = await make(port, { name, dtype, shape, data, parameter, leaf, ...rest });
      tensors.set(name, { name, spec, tensor });
    }
    return new Run(port, scenario, tensors);
  }

  async observe(op: Op): Promise<Observation> {
    if (neededBy(op).some((name) => !this.#objects.has(name))) return { skipped: true };
    const observation: Writable<Observation> = {};
    await this.#port.takeWarnings?.();
    try {
      await this.#execute(op, observation);
    } catch (error) {
      if (error instanceof AdapterError) throw error;
      observation.error = thrown(error);
    }
    const log = this.#optimizers.takeLog();
    if (log !== undefined) observation.log = log;
    const warnings = await this.#port.takeWarnings?.();
    if (warnings?.length)
      observation.warnings = warnings.map(({ type, message }) => ({ type, message: normalise(message) }));
    return observation;
  }

  async #execute(op: Op, observation: Writable<Observation>): Promise<void> {
    switch (op.op) {
      case 'optimizer':
        this.#objects.set(op.as ?? 'opt', await this.#optimizers.construct(op));
        return;
      case 'train':
        return this.#train(op, observation);
      case 'set':
        return this.#set(op);
      case 'set_state':
        return this.#setState(op);
      case 'fill':
        return void (await this.#member('fill', 'fill').call(this.#port, this.#made(op.tensor).tensor, op.value));
      case 'read': {
        const entries: [Value, Value][] = [];
        for (const name of op.tensors) entries.push([name, await this.#optimizers.describe(this.#made(name))]);
        observation.value = { $dict: entries };
        return;
      }
      case 'state':
        observation.value = await this.#optimizers.state(this.#objects.get(op.optimizer ?? 'opt'));
        return;
      case 'save': {
        const saved = await this.#optimizers.save(this.#objects.get(op.optimizer ?? 'opt'));
        this.#objects.set(op.as ?? CHECKPOINT, saved);
        observation.value = checkpointValue(saved);
        return;
      }
      case 'load': {
        const checkpoint = op.value ?? (this.#objects.get(op.from ?? CHECKPOINT) as PlainCheckpoint);
        return this.#optimizers.load(this.#objects.get(op.optimizer ?? 'opt'), checkpoint);
      }
      default:
        return this.#optimizers.execute(op, (value) => (observation.value = value));
    }
  }

  async #train(op: TrainOp, observation: Writable<Observation>): Promise<void> {
    const { optimizer = 'opt', gradients: name, steps, after = 0, params_at } = op;
    const sequence = this.#scenario.gradients[name]!;
    const opt = this.#objects.get(optimizer);
    const trajectory: Record<string, string>[] = [];
    observation.steps = trajectory;
    const given = new GivenGradients(this.#port);
    for (let number = after + 1; number <= after + steps; number++) {
      const names = Object.keys(sequence[number - 1]!);
      const gradients = this.#gradients(sequence[number - 1]!);
      for (const name of names) {
        const gradient = gradients.get(name)!;
        await given.set(this.#made(name), gradient);
      }
      await this.#port.step(opt);
      const changed = await given.changed();
      if (changed.length > 0) observation.gradients_changed = changed;
      if (params_at === undefined || params_at.includes(number)) {
        const params: Record<string, string> = {};
        for (const name of names) {
          const { spec, tensor } = this.#made(name);
          params[name] = bitsOf(spec.dtype, elements(await this.#port.read(tensor), spec.dtype, `read(${name})`));
        }
        trajectory.push(params);
      }
    }
  }

  async #set(op: SetOp): Promise<void> {
    const setOption = this.#member('setOption', 'lr-change');
    const opt = this.#objects.get(op.optimizer ?? 'opt');
    await setOption.call(this.#port, opt, op.group, op.option, this.#option(op.value));
  }

  async #setState(op: SetStateOp): Promise<void> {
    const setState = this.#member('setState', 'set-state');
    const opt = this.#objects.get(op.optimizer ?? 'opt');
    await setState.call(this.#port, opt, this.#made(op.tensor).tensor, op.key, op.value);
  }

  #gradients(step: Gradients): ReadonlyMap<string, Data | null> {
    const known = decoded.get(step);
    if (known !== undefined) return known;
    const made = new Map<string, Data | null>();
    for (const [name, bits] of Object.entries(step))
      made.set(name, bits === null ? null : fromBits(this.#made(name).spec.dtype, bits));
    decoded.set(step, made);
    return made;
  }

  #made(name: string): NamedTensor {
    return this.#tensors.get(name)!;
  }

  #member<K extends 'setOption' | 'setState' | 'fill'>(name: K, need: string): NonNullable<Port[K]> {
    const member = this.#port[name];
    if (member === undefined) throw new AdapterError(`the port claims ${need} but has no member ${name}`);
    return member;
  }

  #option(value: Value): OptionValue<unknown> {
    return decode(value, (name) => this.#made(name).tensor);
  }
}

function thrown(error: unknown): Thrown {
  if (!(error instanceof Error)) return { type: typeof error, message: normalise(String(error)) };
  return { type: error.name, message: normalise(error.message) };
}
