/**
 * The one comparison: observations against observations, facet by facet (spec/conformance.md).
 */
import { isInexact, partsOf } from '../tensor/dtype.ts';
import type { Facet } from '../scenario/needs.ts';
import type { IdentityOp, Observation, Op, Scenario, TensorValue, Thrown, Value } from '../scenario/types.ts';
import { isDict, isTensor, keyText } from '../scenario/values.ts';
import { compareBits, type TensorPlace } from './bits.ts';
import type { Comparison, Difference } from './difference.ts';

/**
 * Holds what a subject observed of a scenario against what a reference did, in the parts that the subject claims.
 *
 * @param facets what is compared; the rest is passed over
 */
export function compare(
  scenario: Scenario,
  expected: readonly Observation[],
  actual: readonly Observation[],
  facets: ReadonlySet<Facet>,
): Comparison {
  const comparing = new Comparing(scenario, facets);
  scenario.program.forEach((op, i) => comparing.op(op, i, expected[i]!, actual[i]));
  return comparing.result();
}

/** Operations whose value is not compared as it stands. */
const VALUED: ReadonlySet<Op['op']> = new Set([
  ...(['train', 'state', 'read', 'optimizer', 'set', 'set_state', 'fill'] as const),
  ...(['load', 'save', 'backward'] as const),
]);

const BUFFERS = new Set(['square_avg', 'momentum_buffer', 'grad_avg']);

class Comparing {
  readonly #scenario: Scenario;
  readonly #facets: ReadonlySet<Facet>;
  #compared = 0;
  #differing = 0;
  #first: Difference | undefined;
  #at: { readonly op: number; readonly operation: string } = { op: 0, operation: '' };

  constructor(scenario: Scenario, facets: ReadonlySet<Facet>) {
    this.#scenario = scenario;
    this.#facets = facets;
  }

  result(): Comparison {
    const numbers = { compared: this.#compared, differing: this.#differing };
    return this.#first === undefined ? { numbers } : { numbers, first: this.#first };
  }

  op(op: Op, index: number, expected: Observation, actual: Observation | undefined): void {
    this.#at = { op: index, operation: op.op };
    if (actual === undefined) return this.#differ('errors', 'the operation', 'an observation', 'none', true);
    if (expected.skipped || actual.skipped) {
      if (expected.skipped !== actual.skipped)
        this.#differ(
          'errors',
          'the optimizer',
          expected.skipped ? 'refused' : 'made',
          actual.skipped ? 'refused' : 'made',
          true,
        );
      return;
    }
    if (op.op === 'train') this.#steps(expected, actual, op.after ?? 0, op.params_at);
    this.#thrown(expected.error, actual.error);
    if (!expected.not_observed?.includes('warnings')) this.#warnings(expected.warnings ?? [], actual.warnings ?? []);
    this.#log(expected.log ?? [], actual.log ?? []);
    if (op.op === 'identity')
      return this.#value(sameness(op), expected.value ?? null, actual.value ?? null, 'bookkeeping');
    if (op.op === 'repr') return this.#value('repr', expected.value ?? '', actual.value ?? '', 'messages');
    if (!VALUED.has(op.op)) return this.#value('value', expected.value ?? null, actual.value ?? null, 'bookkeeping');
    if (expected.value === undefined || (actual.value === undefined && actual.error !== undefined)) return;
    if (actual.value === undefined) return this.#differ('numbers', 'the operation', 'a value', 'none', true);
    if (op.op === 'state')
      this.#state(expected.value, actual.value, expected.not_observed?.includes('step-tensor') === true);
    else if (op.op === 'read') this.#read(expected.value, actual.value);
    else if (op.op === 'backward') this.#gradients(entries(expected.value), entries(actual.value));
    else if (op.op === 'save') this.#saved(entries(expected.value), entries(actual.value));
  }

  #steps(expected: Observation, actual: Observation, after: number, at: readonly number[] | undefined): void {
    const [wanted, got] = [expected.steps ?? [], actual.steps ?? []];
    // A train operation that ended early is reported by the error that ended it.
    for (const [i, found] of got.slice(0, wanted.length).entries())
      this.#step(at?.[i] ?? after + 1 + i, wanted[i]!, found);
    const [kept, changed] = [expected, actual].map(changedGradients) as [string, string];
    if (kept !== changed) this.#differ('numbers', 'gradients that steps changed', kept, changed, true);
    if (got.length === wanted.length) return;
    if (expected.error === undefined && actual.error === undefined)
      return this.#differ('numbers', 'steps', `${wanted.length}`, `${got.length}`, true);
    const always = expected.error === undefined;
    this.#differ('errors', 'how it ended', ended(expected, wanted.length), ended(actual, got.length), always);
  }

  #step(step: number, expected: Readonly<Record<string, string>>, actual: Readonly<Record<string, string>>): void {
    const [wanted, got] = [expected, actual].map((params) => Object.keys(params).sort().join(', ')) as [string, string];
    if (wanted !== got) return this.#differ('numbers', `step ${step}: tensors`, wanted, got, true);
    if (!this.#facets.has('numbers')) return;
    for (const [tensor, bits] of Object.entries(expected)) {
      const place = { where: `step ${step}, ${tensor}`, step, tensor };
      this.#numbers('numbers', place, this.#scenario.tensors[tensor]!, bits, actual[tensor]!);
    }
  }

  #thrown(expected: Thrown | undefined, actual: Thrown | undefined): void {
    if (expected === undefined && actual === undefined) return;
    if (expected === undefined) return this.#differ('errors', 'the operation', 'no error', show(actual), true);
    if (actual === undefined) return this.#differ('errors', 'the operation', show(expected), 'no error');
    if (show(expected) !== show(actual)) this.#differ('messages', 'the error', show(expected), show(actual));
  }

  #warnings(expected: readonly Thrown[], actual: readonly Thrown[]): void {
    const [wanted, got] = [expected, actual].map((list) => list.map(show).join('; ') || 'none') as [string, string];
    if (wanted !== got) this.#differ('messages', 'warnings', wanted, got);
  }

  /** An entry is a label and what was seen, which says most as a whole; but not where it holds dictionaries or tensors. */
  #log(expected: readonly Value[], actual: readonly Value[]): void {
    if (expected.length !== actual.length) return this.#value('log', expected, actual, 'bookkeeping');
    expected.forEach((entry, i) => {
      const [wanted, got] = [entry, actual[i]!].map((value) => JSON.stringify(value)) as [string, string];
      if (/"\$(?:dict|tensor)"/.test(wanted)) this.#value(`log[${i}]`, entry, actual[i]!, 'bookkeeping');
      else if (wanted !== got) this.#differ('bookkeeping', `entry ${i} of the log`, wanted, got);
    });
  }

  #read(expected: Value, actual: Value): void {
    const [wanted, got] = [entries(expected), entries(actual)];
    for (const [tensor, value] of wanted) {
      const found = got.get(tensor);
      if (isTensor(value) && isTensor(found))
        this.#tensor('numbers', { where: tensor, tensor }, value.$tensor, found.$tensor);
      else this.#differ('numbers', tensor, 'a tensor', found === undefined ? 'nothing' : 'something else');
    }
  }

  /** Gradients that flowed back, or did not. */
  #gradients(expected: ReadonlyMap<string, Value>, actual: ReadonlyMap<string, Value>): void {
    for (const [tensor, value] of expected) {
      const [where, found] = [`gradient of ${tensor}`, actual.get(tensor) ?? null];
      if (isTensor(value) && isTensor(found)) this.#tensor('numbers', { where, tensor }, value.$tensor, found.$tensor);
      else if (value !== found) this.#differ('numbers', where, describe(value), describe(found), true);
    }
  }

  #state(expected: Value, actual: Value, countOnly: boolean): void {
    const [wanted, got] = [entries(expected), entries(actual)];
    this.#order('state', wanted, got);
    for (const [tensor, value] of wanted) {
      const [keys, found] = [entries(value), entries(got.get(tensor) ?? { $dict: [] })];
      if (got.has(tensor)) this.#order(`state of ${tensor}`, keys, found);
      for (const [key, entry] of keys) this.#entry(tensor, key, entry, found.get(key), countOnly);
    }
  }

  /** A checkpoint has to have what PyTorch's has, whatever a port claims beside saving; what else it has does no harm to numbers. */
  #saved(expected: ReadonlyMap<string, Value>, actual: ReadonlyMap<string, Value>): void {
    this.#savedGroups(expected.get('groups')!, actual.get('groups') ?? []);
    const [wanted, got] = [entries(expected.get('state')!), entries(actual.get('state') ?? null)];
    for (const [tensor, value] of wanted) {
      const found = entries(got.get(tensor) ?? null);
      for (const [key, entry] of entries(value)) {
        const [where, own] = [`checkpoint of ${tensor}, ${key}`, found.get(key)];
        if (isTensor(entry) && isTensor(own)) this.#tensor('numbers', { where, tensor }, entry.$tensor, own.$tensor);
        else if (JSON.stringify(entry) !== JSON.stringify(own))
          this.#differ('numbers', where, describe(entry), own === undefined ? 'nothing' : describe(own), true);
      }
    }
    const more = [...got.keys()].filter((tensor) => !wanted.has(tensor)).join(', ');
    if (more !== '') this.#differ('bookkeeping', 'checkpoint: tensors that need no state', 'none', more);
  }

  #savedGroups(expected: Value, actual: Value): void {
    const [wanted, got] = [expected, actual] as [readonly Value[], readonly Value[]];
    if (wanted.length !== got.length)
      return this.#differ('numbers', 'checkpoint: groups', `${wanted.length}`, `${got.length}`, true);
    for (const [i, group] of wanted.entries())
      for (const [key, value] of entries(group)) {
        const own = entries(got[i]!).get(key);
        if (JSON.stringify(value) !== JSON.stringify(own))
          this.#differ(
            'numbers',
            `checkpoint: ${key} of group ${i}`,
            describe(value),
            own === undefined ? 'nothing' : describe(own),
            true,
          );
      }
  }

  #entry(tensor: string, key: string, expected: Value, actual: Value | undefined, countOnly: boolean): void {
    const where = `state of ${tensor}, ${key}`;
    const facet = BUFFERS.has(key) ? 'state' : 'bookkeeping';
    if (actual === undefined) return this.#differ(facet, where, 'a value', 'nothing');
    if (facet === 'state' && isTensor(expected) && isTensor(actual))
      return this.#tensor('state', { where, tensor }, expected.$tensor, actual.$tensor);
    const [wanted, got] = countOnly ? [count(expected), count(actual)] : [describe(expected), describe(actual)];
    if (wanted !== got) this.#differ(facet, where, wanted, got);
  }

  /** Any value: dictionaries in order, tensors by their bits (facet `state`) and their layout, the rest as it is. */
  #value(where: string, expected: Value, actual: Value, facet: Facet): void {
    if (isTensor(expected) && isTensor(actual)) {
      const { dtype, shape } = expected.$tensor;
      if (dtype === actual.$tensor.dtype && shape.join() === actual.$tensor.shape.join())
        return this.#tensor('state', { where, tensor: '' }, expected.$tensor, actual.$tensor);
    } else if (isDict(expected) && isDict(actual)) {
      const [wanted, got] = [expected, actual].map(({ $dict }) =>
        $dict.map(([key]) => JSON.stringify(key)).join(', '),
      ) as [string, string];
      if (wanted !== got) return this.#differ(facet, `${where}: keys`, wanted, got);
      return expected.$dict.forEach(([key, value], i) =>
        this.#value(`${where}.${keyText(key, i)}`, value, actual.$dict[i]![1], facet),
      );
    } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
      const other = actual as readonly Value[];
      return (expected as readonly Value[]).forEach((value, i) =>
        this.#value(`${where}[${i}]`, value, other[i]!, facet),
      );
    }
    const [wanted, got] = [describe(expected), describe(actual)];
    if (wanted !== got) this.#differ(facet, where, wanted, got);
  }

  #order(where: string, expected: ReadonlyMap<string, Value>, actual: ReadonlyMap<string, Value>): void {
    const [wanted, got] = [[...expected.keys()].join(', '), [...actual.keys()].join(', ')];
    if (wanted !== got) this.#differ('bookkeeping', `${where}: keys`, wanted, got);
  }

  #tensor(facet: 'numbers' | 'state', place: TensorPlace, expected: TensorValue, actual: TensorValue): void {
    const [wanted, got] = [layout(expected), layout(actual)];
    // The numbers of integers, of booleans and of others cannot be held against each other.
    if (
      expected.dtype !== actual.dtype &&
      !(isInexact(expected.dtype) && isInexact(actual.dtype) && partsOf(expected.dtype) === partsOf(actual.dtype))
    )
      return this.#differ(facet, place.where, wanted, got);
    if (this.#facets.has(facet)) this.#numbers(facet, place, expected, expected.bits, actual.bits);
    if (wanted !== got) this.#differ('bookkeeping', place.where, wanted, got);
  }

  #numbers(
    facet: 'numbers' | 'state',
    place: TensorPlace,
    { dtype, shape }: Pick<TensorValue, 'dtype' | 'shape'>,
    expected: string,
    actual: string,
  ): void {
    const { compared, differing, first } = compareBits(dtype, shape, place, expected, actual);
    this.#compared += compared;
    this.#differing += differing;
    if (first) this.#first ??= { ...this.#at, facet, ...first };
  }

  /** `always` is for what no claim excuses. */
  #differ(facet: Facet, where: string, expected: string, actual: string, always = false): void {
    if (always || this.#facets.has(facet)) this.#first ??= { ...this.#at, facet, where, expected, actual };
  }
}

/** By name; what is no name is a key that no name can be. */
function entries(value: Value): ReadonlyMap<string, Value> {
  if (!isDict(value)) return new Map();
  return new Map(
    value.$dict.map(([key, entry]) => [typeof key === 'string' ? key : `key ${JSON.stringify(key)}`, entry]),
  );
}

function layout({ dtype, shape, strides, device }: TensorValue): string {
  const extra = [...(strides ? [`strides [${strides.join(', ')}]`] : []), ...(device ? [device] : [])];
  return [`${dtype} of shape [${shape.join(', ')}]`, ...extra].join(', ');
}

function describe(value: Value): string {
  if (typeof value === 'string' && value.startsWith('$')) return `the tensor ${value.slice(1)} itself`;
  return isTensor(value) ? `${layout(value.$tensor)} ${value.$tensor.bits}` : JSON.stringify(value);
}

/** The question that an identity answers. */
function sameness({ a, b }: IdentityOp): string {
  const [first, second] = [a, b].map((place) => place.join('.'));
  return `whether ${first} is ${second}`;
}

function changedGradients({ gradients_changed = [] }: Observation): string {
  return gradients_changed.join(', ') || 'none';
}

/** How a train ended, as one side threw. */
function ended({ error }: Observation, steps: number): string {
  return `${show(error)}${error === undefined ? ',' : ' after'} ${steps} ${steps === 1 ? 'step' : 'steps'}`;
}

/** A step count, whether it is a number or a float32 tensor of one. */
function count(value: Value): string {
  if (!isTensor(value)) return String(value);
  return String(
    new DataView(Uint8Array.from(value.$tensor.bits.match(/../g)!, (byte) => parseInt(byte, 16)).buffer).getFloat32(0),
  );
}

function show(thrown: Thrown | undefined): string {
  return thrown === undefined ? 'no error' : `${thrown.type}: ${thrown.message}`;
}
