/**
 * Keeps the faults of an adapter from being the port's: what its members answer is held against their contract (spec/adapter.md), and
 * of what they throw it is told whose fault it is.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Port, TensorData } from '../scenario/port.ts';
import { slipIn } from './slip.ts';

type Made = Pick<TensorData, 'name' | 'shape'>;

/** Elements, as far as their number goes. */
type Elements = { readonly length: number };

/**
 * A port whose members throw an AdapterError, which names them, where they answer with another number of elements than a tensor has, and
 * in place of an error that the engine throws in a file.
 *
 * @param path of the file that the port comes from; without it, whose fault an error is cannot be told
 */
export function guarded(port: Port, path?: string): Port {
  const lengths = new Lengths();
  return guardedObject(port, (name, value) => {
    if (name === 'objects' && typeof value === 'object' && value !== null)
      return guardedObject(value, (member, own) => guardedMember(own, value, `objects.${member}`, path, () => {}));
    return guardedMember(value, port, name, path, (given, answer) => lengths.check(name, given, answer));
  });
}

function guardedObject<T extends object>(of: T, member: (name: string, value: unknown) => unknown): T {
  const made = new Map<PropertyKey, unknown>();
  return new Proxy(of, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || value === null || !['function', 'object'].includes(typeof value)) return value;
      if (!made.has(key)) made.set(key, member(key, value));
      return made.get(key);
    },
  });
}

function guardedMember(
  value: unknown,
  of: object,
  name: string,
  path: string | undefined,
  check: (given: readonly unknown[], answer: unknown) => void,
): unknown {
  if (typeof value !== 'function') return value;
  const rethrow = (error: unknown): never => {
    const slip = path === undefined ? undefined : slipIn(error, path);
    if (slip === undefined) throw error;
    throw new AdapterError(`${name}: ${slip}; the adapter, or a port in the same file`);
  };
  const checked = (given: readonly unknown[], answer: unknown): unknown => {
    check(given, answer);
    return answer;
  };
  return (...given: readonly unknown[]): unknown => {
    try {
      const answer: unknown = value.apply(of, given);
      if (answer instanceof Promise) return answer.then((settled) => checked(given, settled), rethrow);
      return checked(given, answer);
    } catch (error) {
      return rethrow(error);
    }
  };
}

/** How many elements the tensors of a port have. */
class Lengths {
  readonly #made = new Map<unknown, Made>();

  /** @throws AdapterError for another number of elements than a tensor has */
  check(member: string, given: readonly unknown[], answer: unknown): void {
    if (member === 'tensor') this.#add(answer, given[0] as TensorData);
    else if (member === 'read' || member === 'grad') this.#check(answer, given[0], (of) => `${member}(${of})`);
    else if (member === 'describe') checkOwn(answer, member);
    else if (member === 'state') this.#checkState(answer, given[1], 'state');
    else if (member === 'save') {
      const { state } = (answer ?? {}) as { readonly state?: unknown };
      if (state instanceof Map) for (const [tensor, own] of state) this.#checkState(own, tensor, 'save: state');
    }
  }

  #checkState(answer: unknown, tensor: unknown, what: string): void {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [key, entry] of Object.entries(answer)) {
      checkOwn(entry, `${what}: ${key}`);
      this.#check(entry, tensor, (of) => `${what}(${of}).${key}`);
    }
  }

  #add(tensor: unknown, { name, shape }: TensorData): void {
    // Each scenario makes its tensors anew.
    for (const [before, { name: known }] of this.#made) if (known === name) this.#made.delete(before);
    this.#made.set(tensor, { name, shape });
  }

  #check(answer: unknown, tensor: unknown, what: (name: string) => string): void {
    const known = this.#made.get(tensor);
    if (known !== undefined && isElements(answer)) checkLength(answer, known.shape, what(known.name));
  }
}

/** Whether an answer is a list of elements, whatever they are. */
export function isElements(answer: unknown): answer is Elements & Iterable<unknown> {
  return Array.isArray(answer) || ArrayBuffer.isView(answer);
}

/** Of a tensor that says its shape. */
function checkOwn(answer: unknown, what: string): void {
  const { shape, data } = (answer ?? {}) as { readonly shape?: readonly number[]; readonly data?: unknown };
  if (Array.isArray(shape) && isElements(data)) checkLength(data, shape, what);
}

function checkLength({ length }: Elements, shape: readonly number[], what: string): void {
  const numel = shape.reduce((product, size) => product * size, 1);
  if (length !== numel)
    throw new AdapterError(`${what}: expected ${numel} elements of shape [${shape.join(', ')}], got ${length}`);
}
