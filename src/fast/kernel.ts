/**
 * The kernel, made when it is first asked for.
 */
import type { OpmathDType } from '../tensor/dtype.ts';
import { KernelMemory } from './memory.ts';
import { ONE_PASS } from './one-pass-bytes.ts';
import { webAssembly } from './web-assembly.ts';

/** What the kernel is to do beside the plain update: a bit each, as in kernel/one-pass.ts. */
export const FLAGS = { centered: 1, momentum: 2, weight_decay: 4, maximize: 8 } as const;

/** `(flags, n, full, p, g, v, m, b, alpha, 1 - alpha, eps, weight_decay, momentum, -lr)`: places in bytes, scalars of the dtype. */
export type Update = (...args: readonly number[]) => void;

/** The update of each dtype, and the memory that it computes in. */
export interface Kernel extends Readonly<Record<OpmathDType, Update>> {
  readonly memory: KernelMemory;
}

let made: Kernel | null | undefined;

/** The kernel of this process, or undefined where the engine has no WebAssembly with SIMD and shared memory. */
export function kernel(): Kernel | undefined {
  if (made === undefined) made = make();
  return made ?? undefined;
}

/** The memory in which tensors are updated where they lie, or undefined as for `kernel`; others are copied in and out. */
export function kernelMemory(): KernelMemory | undefined {
  return kernel()?.memory;
}

function make(): Kernel | null {
  try {
    const memory = new KernelMemory();
    const bytes = Uint8Array.from(atob(ONE_PASS), (character) => character.charCodeAt(0));
    const { exports } = new webAssembly!.Instance(new webAssembly!.Module(bytes), { env: { memory: memory.memory } });
    return { memory, float32: exports['float32'] as Update, float64: exports['float64'] as Update };
  } catch {
    return null;
  }
}
