/**
 * Writes a tree as a pickle of protocol 2, as torch.save does: what `torch.load(weights_only=True)` takes.
 */
import { elementType } from '../element-type.ts';
import type { DictNode, Node, Storage, TensorNode } from '../node.ts';
import { OP } from './opcodes.ts';

/** How a storage is named: its key among the records of the archive. */
export type KeyOf = (storage: Storage) => string;

/** The pickle of a tree; what is one node is one object when it is read. */
export function writePickle(root: Node, keyOf: KeyOf): Uint8Array {
  const writer = new Writer(root, keyOf);
  writer.byte(OP.PROTO, 2);
  writer.node(root);
  writer.byte(OP.STOP);
  return writer.bytes();
}

class Writer {
  #bytes = new Uint8Array(4096);
  #length = 0;
  readonly #keyOf: KeyOf;
  readonly #shared: ReadonlySet<Node>;
  readonly #memo = new Map<Node | string, number>();

  constructor(root: Node, keyOf: KeyOf) {
    this.#keyOf = keyOf;
    this.#shared = sharedNodes(root);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  byte(...bytes: readonly number[]): void {
    this.#append(Uint8Array.from(bytes));
  }

  node(node: Node): void {
    const index = this.#memo.get(node);
    if (index !== undefined) return this.#get(index);
    this.#write(node);
    if (this.#shared.has(node)) this.#put(node);
  }

  #write(node: Node): void {
    switch (node.kind) {
      case 'none':
        return this.byte(OP.NONE);
      case 'bool':
        return this.byte(node.value ? OP.NEWTRUE : OP.NEWFALSE);
      case 'int':
        return this.#int(node.value);
      case 'float':
        return this.#float(node.value);
      case 'complex':
        return this.#call('__builtin__', 'complex', () => {
          this.#float(node.real);
          this.#float(node.imag);
          this.byte(OP.TUPLE2);
        });
      case 'str':
        return this.#text(node.value);
      case 'bytes':
        return this.#call('_codecs', 'encode', () => {
          this.#text(Array.from(node.value, (byte) => String.fromCharCode(byte)).join(''));
          this.#text('latin1');
          this.byte(OP.TUPLE2);
        });
      case 'list':
        return this.#list(node.items);
      case 'tuple':
        return this.#tuple(node.items.map((item) => () => this.node(item)));
      case 'size':
        return this.#call('torch', 'Size', () =>
          this.#tuple([() => this.#tuple(node.items.map((item) => () => this.node(item)))]),
        );
      case 'set':
      case 'frozenset':
        return this.#call('__builtin__', node.kind, () => this.#tuple([() => this.#list(node.items)]));
      case 'dict':
        this.byte(OP.EMPTY_DICT);
        return this.#entries(node);
      case 'OrderedDict':
        this.#call('collections', 'OrderedDict', () => this.byte(OP.EMPTY_TUPLE));
        this.#entries(node);
        if (node.attributes === undefined) return;
        this.node(node.attributes);
        return this.byte(OP.BUILD);
      case 'dtype':
        return this.#global('torch', node.name);
      case 'device': {
        const [type, index] = node.name.split(':');
        const args = [(): void => this.#text(type!)];
        if (index !== undefined) args.push(() => this.#int(Number(index)));
        return this.#call('torch', 'device', () => this.#tuple(args));
      }
      case 'tensor':
        return this.#tensor(node);
    }
  }

  #entries({ entries }: DictNode): void {
    if (entries.length === 0) return;
    this.byte(OP.MARK);
    for (const [key, value] of entries) {
      this.node(key);
      this.node(value);
    }
    this.byte(OP.SETITEMS);
  }

  #list(items: readonly Node[]): void {
    this.byte(OP.EMPTY_LIST);
    if (items.length === 0) return;
    this.byte(OP.MARK);
    for (const item of items) this.node(item);
    this.byte(OP.APPENDS);
  }

  #tuple(items: readonly (() => void)[]): void {
    if (items.length > 3) this.byte(OP.MARK);
    for (const item of items) item();
    this.byte([OP.EMPTY_TUPLE, OP.TUPLE1, OP.TUPLE2, OP.TUPLE3][items.length] ?? OP.TUPLE);
  }

  #sizes(sizes: readonly number[]): void {
    this.#tuple(sizes.map((size) => () => this.#int(size)));
  }

  #tensor(node: TensorNode): void {
    if (!node.parameter) return this.#rebuild(node);
    this.#call('torch._utils', '_rebuild_parameter', () =>
      this.#tuple([
        () => this.#rebuild({ ...node, requires_grad: false }),
        () => this.byte(node.requires_grad ? OP.NEWTRUE : OP.NEWFALSE),
        () => this.#noHooks(),
      ]),
    );
  }

  /** `_rebuild_tensor_v2`, or for element types without a class of storages `_rebuild_tensor_v3`. */
  #rebuild(node: TensorNode): void {
    const typed = elementType(node.dtype).storage !== undefined;
    this.#call('torch._utils', typed ? '_rebuild_tensor_v2' : '_rebuild_tensor_v3', () =>
      this.#tuple([
        () => this.#storage(node),
        () => this.#int(node.offset),
        () => this.#sizes(node.shape),
        () => this.#sizes(node.strides),
        () => this.byte(node.requires_grad ? OP.NEWTRUE : OP.NEWFALSE),
        () => this.#noHooks(),
        ...(typed ? [] : [() => this.#global('torch', node.dtype)]),
        ...(node.conj || node.neg ? [() => this.#bits(node)] : []),
      ]),
    );
  }

  #storage({ dtype, storage }: TensorNode): void {
    const { storage: name, bytes } = elementType(dtype);
    this.byte(OP.MARK);
    this.#text('storage');
    if (name === undefined) this.#global('torch.storage', 'UntypedStorage');
    else this.#global('torch', name);
    this.#text(this.#keyOf(storage));
    this.#text(storage.device);
    this.#int(name === undefined ? storage.bytes.length : Math.floor(storage.bytes.length / bytes));
    this.byte(OP.TUPLE, OP.BINPERSID);
  }

  #noHooks(): void {
    this.#call('collections', 'OrderedDict', () => this.byte(OP.EMPTY_TUPLE));
  }

  #bits({ conj, neg }: TensorNode): void {
    this.byte(OP.EMPTY_DICT, OP.MARK);
    if (conj) {
      this.#text('conj');
      this.byte(OP.NEWTRUE);
    }
    if (neg) {
      this.#text('neg');
      this.byte(OP.NEWTRUE);
    }
    this.byte(OP.SETITEMS);
  }

  #call(module: string, name: string, args: () => void): void {
    this.#global(module, name);
    args();
    this.byte(OP.REDUCE);
  }

  #global(module: string, name: string): void {
    const key = `${module} ${name}`;
    const index = this.#memo.get(key);
    if (index !== undefined) return this.#get(index);
    this.byte(OP.GLOBAL);
    this.#append(utf8.encode(`${module}\n${name}\n`));
    this.#put(key);
  }

  #int(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0 && value < 256) return this.byte(OP.BININT1, value);
    if (typeof value === 'number' && value >= 0 && value < 65536)
      return this.byte(OP.BININT2, value & 0xff, value >> 8);
    if (value >= -(2 ** 31) && value < 2 ** 31) {
      const bytes = new Uint8Array(5);
      bytes[0] = OP.BININT;
      new DataView(bytes.buffer).setInt32(1, Number(value), true);
      return this.#append(bytes);
    }
    let rest = BigInt(value);
    const bytes: number[] = [];
    // Two's complement, in as many bytes as keep the sign.
    while (true) {
      bytes.push(Number(rest & 0xffn));
      rest >>= 8n;
      const sign = bytes.at(-1)! >> 7;
      if ((rest === 0n && sign === 0) || (rest === -1n && sign === 1)) break;
    }
    if (bytes.length > 255) throw new RangeError(`an integer of ${bytes.length} bytes: expected at most 255`);
    this.byte(OP.LONG1, bytes.length, ...bytes);
  }

  #float(value: number): void {
    const bytes = new Uint8Array(9);
    bytes[0] = OP.BINFLOAT;
    new DataView(bytes.buffer).setFloat64(1, value);
    this.#append(bytes);
  }

  #text(text: string): void {
    const encoded = encode(text);
    const head = new Uint8Array(5);
    head[0] = OP.BINUNICODE;
    new DataView(head.buffer).setUint32(1, encoded.length, true);
    this.#append(head);
    this.#append(encoded);
  }

  #put(key: Node | string): void {
    const index = this.#memo.size;
    this.#memo.set(key, index);
    this.#indexed(OP.BINPUT, OP.LONG_BINPUT, index);
  }

  #get(index: number): void {
    this.#indexed(OP.BINGET, OP.LONG_BINGET, index);
  }

  #indexed(short: number, long: number, index: number): void {
    if (index < 256) return this.byte(short, index);
    const bytes = new Uint8Array(5);
    bytes[0] = long;
    new DataView(bytes.buffer).setUint32(1, index, true);
    this.#append(bytes);
  }

  #append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) {
      const grown = new Uint8Array(2 * (this.#length + bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }
}

const utf8 = new TextEncoder();

/** UTF-8, with lone surrogates as Python writes them. */
function encode(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return utf8.encode(text);
  const parts = Array.from(text, (c) => {
    const code = c.codePointAt(0)!;
    return code >= 0xd800 && code < 0xe000
      ? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
      : [...utf8.encode(c)];
  });
  return Uint8Array.from(parts.flat());
}

/** Containers and tensors that stand in more than one place. */
function sharedNodes(root: Node): Set<Node> {
  const [seen, shared] = [new Set<Node>(), new Set<Node>()];
  const visit = (node: Node): void => {
    const inside = 'items' in node ? node.items : 'entries' in node ? node.entries.flat() : undefined;
    if (inside === undefined && node.kind !== 'tensor') return;
    if (seen.has(node)) return void shared.add(node);
    seen.add(node);
    inside?.forEach(visit);
    if ('attributes' in node && node.attributes !== undefined) visit(node.attributes);
  };
  visit(root);
  return shared;
}
