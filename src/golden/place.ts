/**
 * Reading foreign JSON value by value: whatever is not as expected is refused with the place where it stands.
 */
import { InputError } from '../scenario/input-error.ts';

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

  /** The members of an object, in its order. */
  entries(): [name: string, place: Place][] {
    return Object.keys(this.#object()).map((name) => [name, this.key(name)]);
  }

  /** The members of an object that has those of another and no more, in the other's order. */
  sameKeys(names: readonly string[]): [name: string, place: Place][] {
    const own = Object.keys(this.#object());
    if (own.toSorted().join() !== names.toSorted().join())
      this.refuse(`the keys ${names.join(', ')}`, own.join(', ') || 'none');
    return names.map((name) => [name, this.key(name)]);
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

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
