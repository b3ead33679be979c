/**
 * The memory that the kernel computes in, and tensors that live there.
 */
import { allocateBy } from '../tensor/allocator.ts';
import { allocate, type Data, type DType } from '../tensor/dtype.ts';
import { type Memory, webAssembly } from './web-assembly.ts';

/** Of 64 KiB each: all that 32 bits reach. */
export const MAXIMUM_PAGES = 65536;

const PAGE = 65536;

/** Bytes in front of what is handed out, where tensors are copied that live elsewhere: one part for each of up to five arrays. */
export const SCRATCH_PART: number = 2 * PAGE;
const SCRATCH: number = 5 * SCRATCH_PART;

/** What is handed out begins at a multiple of as many bytes: a line of a cache. */
const ALIGNMENT = 64;

/** A free stretch. */
interface Free {
  at: number;
  bytes: number;
}

/** A memory that grows without moving what lies in it, and hands out stretches of it. */
export class KernelMemory {
  readonly memory: Memory;
  /** Ordered by place; neighbours are joined. */
  readonly #free: Free[] = [];
  #end: number = SCRATCH;
  /** Growing makes a new buffer over the same bytes; those before stay valid. */
  readonly #buffers = new WeakSet<object>();

  /** @throws RangeError where the engine has no shared memory or no room to reserve */
  constructor() {
    const initial = SCRATCH / PAGE;
    if (webAssembly === undefined) throw new RangeError('this engine has no WebAssembly');
    this.memory = new webAssembly.Memory({ initial, maximum: MAXIMUM_PAGES, shared: true });
    this.#known();
  }

  /** Whether elements lie in this memory. */
  has(data: Data): boolean {
    return this.#buffers.has(data.buffer);
  }

  /**
   * Zeros in this memory.
   *
   * @throws RangeError when the memory cannot grow any more
   */
  allocate(dtype: DType, length: number): Data {
    const type = dtype === 'float32' ? Float32Array : Float64Array;
    const bytes = padded(Math.max(length * type.BYTES_PER_ELEMENT, 1));
    const at = this.#take(bytes);
    const data = new type(this.memory.buffer, at, length);
    return data.fill(0);
  }

  /** Takes back what `allocate` handed out; whoever still holds it sees what is handed out next. @throws RangeError for anything else */
  release(data: Data): void {
    if (!this.has(data) || data.byteOffset < SCRATCH)
      throw new RangeError('release: expected elements that were allocated here');
    const [at, bytes] = [data.byteOffset, padded(Math.max(data.byteLength, 1))];
    let i = this.#free.findIndex((free) => free.at > at);
    if (i < 0) i = this.#free.length;
    const [before, after] = [this.#free[i - 1], this.#free[i]];
    if ((before && before.at + before.bytes > at) || (after && at + bytes > after.at))
      throw new RangeError('release: expected elements that were not released before');
    this.#free.splice(i, 0, { at, bytes });
    this.#join(i);
    if (i > 0) this.#join(i - 1);
  }

  /** State of what lies in the present buffer lies here too. */
  #known(): void {
    const { buffer } = this.memory;
    this.#buffers.add(buffer);
    allocateBy(buffer, (dtype, length) => this.#allocateHereOrElsewhere(dtype, length));
  }

  /** A step that finds no room here goes on all the same. */
  #allocateHereOrElsewhere(dtype: DType, length: number): Data {
    try {
      return this.allocate(dtype, length);
    } catch {
      return allocate(dtype, length);
    }
  }

  #join(i: number): void {
    const [free, next] = [this.#free[i]!, this.#free[i + 1]];
    if (next === undefined || free.at + free.bytes !== next.at) return;
    free.bytes += next.bytes;
    this.#free.splice(i + 1, 1);
  }

  #take(bytes: number): number {
    const i = this.#free.findIndex((free) => free.bytes >= bytes);
    if (i >= 0) {
      const free = this.#free[i]!;
      const { at } = free;
      free.at += bytes;
      free.bytes -= bytes;
      if (free.bytes === 0) this.#free.splice(i, 1);
      return at;
    }
    const at = this.#end;
    const missing = at + bytes - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE));
      this.#known();
    }
    this.#end = at + bytes;
    return at;
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
