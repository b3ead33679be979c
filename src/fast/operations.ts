/**
 * The loops of the arithmetic `separate` in WebAssembly, bit for bit those of src/tensor: an operation after the other over stretches
 * that are copied into the kernel's own memory and back. What it is too short for, or not made for, goes through JavaScript's loops.
 */
import type { Arithmetic } from '../tensor/arithmetic/arithmetic.ts';
import { ieee, type Ieee, type Loop, type Loops } from '../tensor/arithmetic/loops.ts';
import { separate } from '../tensor/arithmetic/separate.ts';
import type { Data } from '../tensor/dtype.ts';
import { OPERATIONS } from './operations-bytes.ts';
import { PARTS } from './parts.ts';
import { webAssembly } from './web-assembly.ts';

/** How many operands an operation has, by its name in kernel/operations.ts. */
const OPERANDS = {
  ...{ neg: 1, scale: 1, div: 1, shift: 1, sqrt: 1 },
  ...{ mul: 2, over: 2, add: 2, lerp: 2, addcmul: 3, addcdiv: 3 },
} as const;

/** Bytes of a part of the kernel's memory: an operand lies in each. */
const PART = PARTS / 3;

/** Of fewer elements the copies cost more than the loop. */
const SHORT = 256;

/** The operations of an element type, by their names in kernel/operations.ts. */
type Run = (n: number, s: number, b: number, c: number) => void;

interface Kernel {
  readonly suffix: 'f32' | 'f64';
  readonly exports: Readonly<Record<string, unknown>>;
  /** The parts of its memory. */
  readonly parts: readonly Data[];
}

let made: readonly [single: Kernel, double: Kernel] | null | undefined;

/** The kernels of this process, or null where the engine has no WebAssembly with SIMD. */
function kernels(): readonly [single: Kernel, double: Kernel] | null {
  if (made !== undefined) return made;
  try {
    const bytes = Uint8Array.from(atob(OPERATIONS), (character) => character.charCodeAt(0));
    const { exports } = new webAssembly!.Instance(new webAssembly!.Module(bytes));
    const { buffer } = exports['memory'] as { readonly buffer: ArrayBuffer };
    const parts = (type: typeof Float32Array | typeof Float64Array): Data[] =>
      [0, 1, 2].map((i) => new type(buffer, i * PART, PART / type.BYTES_PER_ELEMENT));
    made = [
      { exports, suffix: 'f32', parts: parts(Float32Array) },
      { exports, suffix: 'f64', parts: parts(Float64Array) },
    ];
  } catch {
    made = null;
  }
  return made;
}

/** A loop that runs in WebAssembly where it can, else the one of JavaScript that it stands for. */
function quick(name: keyof typeof OPERANDS, loop: Loop): Loop {
  const count = OPERANDS[name];
  return (n, out, a, b, c, s) => {
    const kernel = n < SHORT ? undefined : kernelOf(out, a, b, c);
    if (kernel === undefined) return loop(n, out, a, b, c, s);
    const run = kernel.exports[`${name}_${kernel.suffix}`] as Run;
    const [first, second, third] = kernel.parts as [Data, Data, Data];
    const stretch = first.length;
    for (let start = 0; start < n; start += stretch) {
      const end = Math.min(n, start + stretch);
      first.set(a.subarray(start, end));
      if (count > 1) second.set(b.subarray(start, end));
      const apart = count > 2 && c !== b;
      if (apart) third.set(c.subarray(start, end));
      run(end - start, s, PART, apart ? 2 * PART : PART);
      out.set(end - start === stretch ? first : first.subarray(0, end - start), start);
    }
  };
}

/** The kernel for arrays of one type; none where an operand is the result moved along, as elements would be read that are written. */
function kernelOf(out: Data, ...operands: readonly Data[]): Kernel | undefined {
  for (const operand of operands) {
    if (operand.constructor !== out.constructor) return undefined;
    if (operand.byteOffset !== out.byteOffset && overlap(operand, out)) return undefined;
  }
  return kernels()?.[out instanceof Float32Array ? 0 : 1];
}

function overlap(a: Data, b: Data): boolean {
  return (
    a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength
  );
}

function quicker({ addcmul, addcdiv, add, lerp }: Loops): Loops {
  const near = quick('lerp', (n, out, a, b, _c, s) => lerp(n, out, a, b, s, () => false, s));
  return {
    addcmul: quick('addcmul', addcmul),
    addcdiv: quick('addcdiv', addcdiv),
    add: quick('add', add),
    lerp: (n, out, a, b, s, inBlock, given) =>
      Math.abs(s) < 0.5 ? near(n, out, a, b, b, s) : lerp(n, out, a, b, s, inBlock, given),
  };
}

/** What JavaScript's loops of one IEEE operation an element compute. */
export const quick_ieee: Ieee = {
  ...{ neg: quick('neg', ieee.neg), mul: quick('mul', ieee.mul), scale: quick('scale', ieee.scale) },
  ...{ over: quick('over', ieee.over), div: quick('div', ieee.div), shift: quick('shift', ieee.shift) },
  sqrt: quick('sqrt', ieee.sqrt),
};

/** The arithmetic `separate`, whose loops of float32 and float64 run in WebAssembly. */
export const quick_separate: Arithmetic = {
  ...separate,
  loops: { ...separate.loops, float32: quicker(separate.loops.float32), float64: quicker(separate.loops.float64) },
  ieee: quick_ieee,
};
