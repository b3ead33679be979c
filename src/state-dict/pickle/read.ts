/**
 * Reads a pickle, protocols 0 to 5, into an inert tree. Names outside of the allow-list are refused; of the others none is called.
 *
 * One long file, as it is one switch over the opcodes of a machine whose stack, marks and memo nobody else may touch.
 */
import type { Limits } from '../limits.ts';
import { type DictNode, isDense, type Node, NONE, numelOf } from '../node.ts';
import { type Cursor, errorAt, i32, line, skip, take, u16, u32, u64, u8 } from './cursor.ts';
import { isAllowed, makingOf, nameOf, refusal, valueOf } from './globals.ts';
import { keyText } from './keys.ts';
import { OP, opcodeName } from './opcodes.ts';
import { bytesText, decimal, decimalFloat, long, quoted, rawUnicode, utf8 } from './scalars.ts';
import type { Item } from './stack.ts';
import { checkTree } from './tree.ts';

/** What a pickle refers to outside of itself. */
export interface Reading {
  readonly limits: Limits;
  /** Opcodes that are still allowed, counted down over all pickles of a file. */
  readonly budget: { opcodes: number; expanded: number };
  /** What a persistent id stands for. Throws Error that says what was expected. */
  readonly persistent?: (id: Item, at: number) => Item;
}

/** A pickle that was read. */
export interface Pickle {
  readonly root: Node;
  /** The highest protocol that it names; 0 when it names none. */
  readonly protocol: number;
}

/** Reads one pickle and leaves the cursor behind it. @throws CheckpointError for what is none, or what is not allowed */
export function readPickle(cursor: Cursor, reading: Reading): Pickle {
  return new Machine(cursor, reading).run();
}

class Machine {
  readonly #cursor: Cursor;
  readonly #reading: Reading;
  #stack: Item[] = [];
  readonly #marks: Item[][] = [];
  readonly #memo = new Map<number, Item>();
  /** Of each dictionary that was made, where its keys stand. */
  readonly #keys = new Map<DictNode, Map<string, number>>();
  #protocol = 0;
  /** Of the opcode that is read. */
  #op = 0;

  constructor(cursor: Cursor, reading: Reading) {
    this.#cursor = cursor;
    this.#reading = reading;
  }

  run(): Pickle {
    const cursor = this.#cursor;
    while (true) {
      this.#op = cursor.at;
      const code = u8(cursor, 'an opcode');
      if (--this.#reading.budget.opcodes < 0) throw this.#error('expected fewer opcodes: the limit is reached');
      if (code === OP.STOP) break;
      this.#step(code);
    }
    const root = this.#pop('a value');
    if (this.#stack.length > 0 || this.#marks.length > 0)
      throw this.#error('expected one value at the end, got more on the stack');
    checkTree(root, this.#reading.limits, (message) => this.#error(message));
    return { root: root as Node, protocol: this.#protocol };
  }

  #step(code: number): void {
    const cursor = this.#cursor;
    const stack = this.#stack;
    switch (code) {
      case OP.PROTO:
        this.#protocol = Math.max(this.#protocol, u8(cursor, 'a protocol'));
        if (this.#protocol > 5) throw this.#error(`expected a pickle of protocol 0 to 5, got ${this.#protocol}`);
        return;
      case OP.FRAME: {
        const length = u64(cursor, 'a frame');
        if (length > cursor.bytes.length - cursor.at)
          throw this.#error(`expected a frame inside the pickle, got one of ${length} bytes`);
        return;
      }
      case OP.NONE:
        return void stack.push(NONE);
      case OP.NEWTRUE:
        return void stack.push({ kind: 'bool', value: true });
      case OP.NEWFALSE:
        return void stack.push({ kind: 'bool', value: false });
      case OP.INT:
        return void stack.push(this.#int());
      case OP.LONG:
        return void stack.push(decimal(cursor, /^L?$/));
      case OP.BININT:
        return void stack.push({ kind: 'int', value: i32(cursor, 'an integer') });
      case OP.BININT1:
        return void stack.push({ kind: 'int', value: u8(cursor, 'an integer') });
      case OP.BININT2:
        return void stack.push({ kind: 'int', value: u16(cursor, 'an integer') });
      case OP.LONG1:
        return void stack.push(long(cursor, u8(cursor, 'a length'), this.#reading.limits.integer));
      case OP.LONG4:
        return void stack.push(long(cursor, i32(cursor, 'a length'), this.#reading.limits.integer));
      case OP.FLOAT:
        return void stack.push(decimalFloat(cursor));
      case OP.BINFLOAT:
        return void stack.push({ kind: 'float', value: cursor.view.getFloat64(skip(cursor, 8, 'a float')) });
      case OP.STRING:
        return void stack.push(quoted(cursor));
      case OP.BINSTRING:
        return void stack.push(bytesText(cursor, this.#length(i32(cursor, 'a length'))));
      case OP.SHORT_BINSTRING:
        return void stack.push(bytesText(cursor, u8(cursor, 'a length')));
      case OP.UNICODE:
        return void stack.push(rawUnicode(cursor));
      case OP.SHORT_BINUNICODE:
        return void stack.push(utf8(cursor, u8(cursor, 'a length')));
      case OP.BINUNICODE:
        return void stack.push(utf8(cursor, u32(cursor, 'a length')));
      case OP.BINUNICODE8:
        return void stack.push(utf8(cursor, u64(cursor, 'a length')));
      case OP.SHORT_BINBYTES:
        return void stack.push({ kind: 'bytes', value: take(cursor, u8(cursor, 'a length'), 'bytes') });
      case OP.BINBYTES:
        return void stack.push({ kind: 'bytes', value: take(cursor, u32(cursor, 'a length'), 'bytes') });
      case OP.BINBYTES8:
      case OP.BYTEARRAY8:
        return void stack.push({ kind: 'bytes', value: take(cursor, u64(cursor, 'a length'), 'bytes') });
      case OP.EMPTY_LIST:
        return void stack.push({ kind: 'list', items: [] });
      case OP.EMPTY_TUPLE:
        return void stack.push({ kind: 'tuple', items: [] });
      case OP.EMPTY_DICT:
        return void stack.push({ kind: 'dict', entries: [] });
      case OP.EMPTY_SET:
        return void stack.push({ kind: 'set', items: [] });
      case OP.LIST:
        return this.#push({ kind: 'list', items: this.#toMark() as Node[] });
      case OP.TUPLE:
        return this.#push({ kind: 'tuple', items: this.#toMark() as Node[] });
      case OP.FROZENSET:
        return this.#push({ kind: 'frozenset', items: this.#toMark() as Node[] });
      case OP.TUPLE1:
        return this.#push({ kind: 'tuple', items: this.#last(1) as Node[] });
      case OP.TUPLE2:
        return this.#push({ kind: 'tuple', items: this.#last(2) as Node[] });
      case OP.TUPLE3:
        return this.#push({ kind: 'tuple', items: this.#last(3) as Node[] });
      case OP.DICT: {
        const made: DictNode = { kind: 'dict', entries: [] };
        this.#setItems(made, this.#toMark());
        return this.#push(made);
      }
      case OP.APPEND: {
        const value = this.#pop('an item');
        return void this.#listOnTop().push(value as Node);
      }
      case OP.APPENDS: {
        const items = this.#toMark();
        const list = this.#listOnTop();
        for (const item of items) list.push(item as Node);
        return;
      }
      case OP.ADDITEMS: {
        const items = this.#toMark();
        const top = this.#top('a set');
        if (top.kind !== 'set') throw this.#error(`expected a set to add to, got ${nameOf(top)}`);
        for (const item of items) top.items.push(item as Node);
        return;
      }
      case OP.SETITEM: {
        const pair = this.#last(2);
        return this.#setItems(this.#dictOnTop(), pair);
      }
      case OP.SETITEMS: {
        const pairs = this.#toMark();
        return this.#setItems(this.#dictOnTop(), pairs);
      }
      case OP.MARK:
        if (this.#marks.length >= this.#reading.limits.depth)
          throw this.#error(`expected at most ${this.#reading.limits.depth} marks at once, got more`);
        this.#marks.push(stack);
        this.#stack = [];
        return;
      case OP.POP:
        if (stack.length === 0 && this.#marks.length > 0) this.#stack = this.#marks.pop()!;
        else this.#pop('a value');
        return;
      case OP.POP_MARK:
        return void this.#toMark();
      case OP.DUP:
        return void stack.push(this.#top('a value'));
      case OP.GET:
        return this.#get(this.#index());
      case OP.BINGET:
        return this.#get(u8(cursor, 'an index'));
      case OP.LONG_BINGET:
        return this.#get(u32(cursor, 'an index'));
      case OP.PUT:
        return this.#put(this.#index());
      case OP.BINPUT:
        return this.#put(u8(cursor, 'an index'));
      case OP.LONG_BINPUT:
        return this.#put(u32(cursor, 'an index'));
      case OP.MEMOIZE:
        return this.#put(this.#memo.size);
      case OP.GLOBAL:
        return this.#global(line(cursor, 'a module'), line(cursor, 'a name'));
      case OP.STACK_GLOBAL: {
        const [module, name] = this.#last(2);
        if (module!.kind !== 'str' || name!.kind !== 'str')
          throw this.#error(`expected a module and a name, got ${nameOf(module)} and ${nameOf(name)}`);
        return this.#global(module.value, name.value);
      }
      case OP.INST: {
        const [module, name] = [line(cursor, 'a module'), line(cursor, 'a name')];
        const args = this.#toMark();
        this.#global(module, name);
        return this.#call(this.#pop('a global'), args);
      }
      case OP.OBJ: {
        const [callee, ...args] = this.#toMark();
        if (callee === undefined) throw this.#error('expected a class to make an object of, got nothing');
        return this.#call(callee, args);
      }
      case OP.REDUCE:
      case OP.NEWOBJ: {
        const args = this.#pop('arguments');
        return this.#call(this.#pop('a global'), this.#arguments(args));
      }
      case OP.NEWOBJ_EX: {
        const keywords = this.#pop('keyword arguments');
        const args = this.#pop('arguments');
        const callee = this.#pop('a global');
        if (keywords.kind !== 'dict' || keywords.entries.length > 0)
          throw this.#error(`expected no keyword arguments, got ${nameOf(keywords)}`);
        return this.#call(callee, this.#arguments(args));
      }
      case OP.BUILD:
        return this.#build();
      case OP.PERSID:
        return this.#persistent({ kind: 'str', value: line(cursor, 'a persistent id') });
      case OP.BINPERSID:
        return this.#persistent(this.#pop('a persistent id'));
      default: {
        const name = opcodeName(code);
        const said =
          name === undefined ? `0x${code.toString(16).padStart(2, '0')}` : `${name}, which no checkpoint needs`;
        throw this.#error(`expected an opcode of pickle protocols 0 to 5, got ${said}`);
      }
    }
  }

  #int(): Node {
    const { bytes, at } = this.#cursor;
    // Protocol 1 writes booleans as integers of two digits.
    const isBool = bytes[at] === 0x30 && (bytes[at + 1] === 0x30 || bytes[at + 1] === 0x31) && bytes[at + 2] === 0x0a;
    const read = decimal(this.#cursor, /^$/);
    return isBool ? { kind: 'bool', value: bytes[at + 1] === 0x31 } : read;
  }

  #index(): number {
    const read = decimal(this.#cursor, /^$/);
    if (read.kind !== 'int' || typeof read.value === 'bigint' || read.value < 0 || read.value > 0xffffffff)
      throw this.#error('expected an index of the memo');
    return read.value;
  }

  #length(length: number): number {
    if (length < 0) throw this.#error(`expected a length, got ${length}`);
    return length;
  }

  #push(item: Item): void {
    this.#stack.push(item);
  }

  #pop(what: string): Item {
    const item = this.#stack.pop();
    if (item === undefined) throw this.#error(`expected ${what} on the stack, got nothing`);
    return item;
  }

  #top(what: string): Item {
    const item = this.#stack.at(-1);
    if (item === undefined) throw this.#error(`expected ${what} on the stack, got nothing`);
    return item;
  }

  #last(count: number): Item[] {
    if (this.#stack.length < count)
      throw this.#error(`expected ${count} values on the stack, got ${this.#stack.length}`);
    return this.#stack.splice(-count);
  }

  #toMark(): Item[] {
    const below = this.#marks.pop();
    if (below === undefined) throw this.#error('expected a mark on the stack, got none');
    const items = this.#stack;
    this.#stack = below;
    return items;
  }

  #listOnTop(): Node[] {
    const top = this.#top('a list');
    if (top.kind !== 'list') throw this.#error(`expected a list to append to, got ${nameOf(top)}`);
    return top.items;
  }

  #dictOnTop(): DictNode {
    const top = this.#top('a dictionary');
    if (top.kind !== 'dict' && top.kind !== 'OrderedDict')
      throw this.#error(`expected a dictionary to set items of, got ${nameOf(top)}`);
    return top;
  }

  #setItems(dict: DictNode, pairs: readonly Item[]): void {
    if (pairs.length % 2 > 0) throw this.#error('expected a value for every key, got a key more');
    let at = this.#keys.get(dict);
    if (at === undefined) this.#keys.set(dict, (at = new Map()));
    for (let i = 0; i < pairs.length; i += 2) {
      const [key, value] = [pairs[i]!, pairs[i + 1]!];
      const text = keyText(key);
      if (text === undefined) throw this.#error(`expected a key that can be hashed, got ${nameOf(key)}`);
      const present = at.get(text);
      // Of equal keys Python keeps the first, with the last value.
      if (present !== undefined) dict.entries[present] = [dict.entries[present]![0], value as Node];
      else at.set(text, dict.entries.push([key as Node, value as Node]) - 1);
    }
  }

  #get(index: number): void {
    const item = this.#memo.get(index);
    if (item === undefined) throw this.#error(`expected something in the memo at ${index}, got nothing`);
    this.#stack.push(item);
  }

  #put(index: number): void {
    this.#memo.set(index, this.#top('a value'));
  }

  #global(module: string, name: string): void {
    const full = `${module}.${name}`;
    if (!isAllowed(full)) throw this.#error(refusal(full));
    this.#push(valueOf(full) ?? { kind: 'global', name: full, at: this.#op });
  }

  #arguments(args: Item): readonly Item[] {
    if (args.kind !== 'tuple') throw this.#error(`expected a tuple of arguments, got ${nameOf(args)}`);
    return args.items;
  }

  #call(callee: Item, args: readonly Item[]): void {
    const making = callee.kind === 'global' ? makingOf(callee.name) : undefined;
    if (making === undefined) throw this.#error(`expected something that can be made, got ${nameOf(callee)}`);
    // One list can be an argument many times, and is gone through each time.
    this.#reading.budget.opcodes -= sizeOf(args[0]);
    if (this.#reading.budget.opcodes < 0) throw this.#error('expected fewer arguments: the limit is reached');
    const made = this.#guard(() => making(args));
    if (made.kind === 'tensor' && !isDense(made)) {
      this.#reading.budget.expanded -= numelOf(made.shape);
      if (this.#reading.budget.expanded < 0)
        throw this.#error(
          `expected tensors of the size of what is stored, got one of shape [${made.shape.join(', ')}]`,
        );
    }
    if (made.kind === 'OrderedDict') {
      const pairs = made.entries.splice(0).flat();
      this.#setItems(made, pairs);
    }
    this.#push(made);
  }

  #build(): void {
    const state = this.#pop('a state');
    const top = this.#top('an object');
    if (top.kind !== 'OrderedDict')
      throw this.#error(`expected an OrderedDict to give attributes to, got ${nameOf(top)}`);
    if (state.kind !== 'dict') throw this.#error(`expected a dictionary of attributes, got ${nameOf(state)}`);
    top.attributes = state;
  }

  #persistent(id: Item): void {
    const { persistent } = this.#reading;
    if (persistent === undefined) throw this.#error('expected no persistent id here, got one');
    this.#push(this.#guard(() => persistent(id, this.#op)));
  }

  #guard(make: () => Item): Item {
    try {
      return make();
    } catch (error) {
      if ((error as Error).name !== 'Error') throw error;
      throw this.#error((error as Error).message);
    }
  }

  #error(message: string): Error {
    return errorAt(this.#cursor, this.#op, message);
  }
}

function sizeOf(item: Item | undefined): number {
  if (item?.kind === 'str' || item?.kind === 'bytes') return item.value.length;
  return item !== undefined && 'items' in item ? item.items.length : 0;
}
