/**
 * WebAssembly, as far as the kernel needs it: the compiler's library of Node has no types of it.
 */

/** A memory that is shared, so that growing it leaves what lies over it valid. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** @throws RangeError where it cannot grow */
  grow(pages: number): number;
}

interface WebAssembly {
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: true }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports?: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** Undefined in an engine without it. */
export const webAssembly: WebAssembly | undefined = (globalThis as { WebAssembly?: WebAssembly }).WebAssembly;
