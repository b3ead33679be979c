/**
 * Reading foreign JSON value by value: whatever is not as expected is refused with the place where it stands.
 */
import { InputError } from '../scenario/input-error.ts';
import { parse, readText } from './text.ts';

/** A value of a JSON file, and where it stands. */
export class Place {
  readonly file: string;
  /** JSON pointer; empty for the whole file. */
  readonly pointer: string;
  /** Undefined where there is nothing. */
  readonly value: unknown;

  constructor(file: string, value: unknown, pointer: string = '') {
    this.file = file;
    this.value = value;
    this.pointer = pointer;
  }

  /** @throws InputError with what was expected and what stands here */
  refuse(expected: string, got: string = show(this.value)): never {
    throw new InputError(this.file, this.pointer, `expected ${expected}, got ${got}`);
  }

  /** The member of that name, which may be nothing. */
  key(name: string): Place {
    return new Place(this.file, this.#object()[name], `${this.pointer}/${escape(name)}`);
  }

  /** @throws InputError for a member of another name */
  only(names: readonly string[]): void {
    const strange = Object.keys(this.#object()).find((name) => !names.includes(name));
    if (strange !== undefined) this.refuse(`the keys ${names.join(', ')} and no other`, JSON.stringify(strange));
  }

  /** What is read from each member of an object, by name, in its order. */
  members<T>(read: (member: Place, name: string) => T): Record<string, T> {
    return Object.fromEntries(Object.keys(this.#object()).map((name) => [name, read(this.key(name), name)]));
  }

  /** The same of an object that must have the members of those names and no more, in the order of the names. */
  exactly<T>(names: readonly string[], read: (member: Place, name: string) => T): Record<string, T> {
    const own = Object.keys(this.#object());
    if (own.toSorted().join() !== names.toSorted().join())
      this.refuse(`the keys ${names.join(', ')}`, own.join(', ') || 'none');
    return Object.fromEntries(names.map((name) => [name, read(this.key(name), name)]));
  }

  /** The items of a list. */
  items(): Place[] {
    if (!Array.isArray(this.value)) this.refuse('a list');
    return this.value.map((item, i) => new Place(this.file, item, `${this.pointer}/${i}`));
  }

  /** A string, of a pattern where one is given. */
  text(pattern: RegExp = /^/, expected: string = 'a text'): string {
    if (typeof this.value !== 'string' || !pattern.test(this.value)) this.refuse(expected);
    return this.value;
  }

  /** A number. */
  number(): number {
    if (typeof this.value !== 'number') this.refuse('a number');
    return this.value;
  }

  /** A whole number, zero or more. */
  count(): number {
    const value = this.number();
    if (!(Number.isInteger(value) && value >= 0)) this.refuse('a whole number, zero or more');
    return value;
  }

  /** A boolean. */
  boolean(): boolean {
    if (typeof this.value !== 'boolean') this.refuse('true or false');
    return this.value;
  }

  #object(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) this.refuse('an object');
    return this.value as Readonly<Record<string, unknown>>;
  }
}

/**
 * The whole of a JSON file, gzipped where its name ends in .gz.
 *
 * @throws InputError when it cannot be read, unpacked or parsed
 */
export function readPlace(path: string): Place {
  return new Place(path, parse(path, readText(path)));
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
