/**
 * Comparing numbers: bit patterns, in which all NaNs are one (spec/scenario.md).
 */
import { elementBits, fromBits, integer, ulps } from '../tensor/bits.ts';
import { type DType, type FloatingDType, isComplex, isHalf, isInexact } from '../tensor/dtype.ts';
import { decimal } from './decimal.ts';
import type { Difference, Numbers } from './difference.ts';

/** Where the numbers stand. */
export interface TensorPlace {
  readonly where: string;
  readonly step?: number;
  /** Empty for a tensor that is not one of the scenario's. */
  readonly tensor: string;
}

type Found = Omit<Difference, 'op' | 'operation' | 'facet'>;

/** Compares two texts of bit patterns of one tensor; `first` is the first element that differs, in C order. */
export function compareBits(
  dtype: DType,
  shape: readonly number[],
  place: TensorPlace,
  expected: string,
  actual: string,
): Numbers & { readonly first?: Found } {
  const digits = expected.search(/ |$/);
  const compared = expected === '' ? 0 : (expected.length + 1) / (digits + 1);
  if (expected === actual) return { compared, differing: 0 };
  const [wanted, got] = [patterns(expected), patterns(actual)];
  if (got.length !== wanted.length) {
    const first = { ...place, expected: `${compared} elements`, actual: `${got.length} elements` };
    return { compared, differing: compared, first };
  }
  let differing = 0;
  let first: Found | undefined;
  wanted.forEach((bits, i) => {
    if (bits === got[i] || (isInexact(dtype) && isNaN(bits, dtype) && isNaN(got[i]!, dtype))) return;
    differing += 1;
    first ??= element(dtype, shape, place, i, bits, got[i]!);
  });
  return first === undefined ? { compared, differing } : { compared, differing, first };
}

function patterns(bits: string): string[] {
  return bits === '' ? [] : bits.split(' ');
}

function element(
  dtype: DType,
  shape: readonly number[],
  place: TensorPlace,
  index: number,
  expected: string,
  actual: string,
): Found {
  const at = unravel(index, isComplex(dtype) ? [...shape, 2] : shape);
  const part = isComplex(dtype) ? ['.real', '.imag'][at.at(-1)!]! : '';
  const indices = at.slice(0, shape.length);
  const where = `${place.where}${indices.length ? `[${indices.join(', ')}]` : ''}${part}`;
  if (!isInexact(dtype)) {
    const [wanted, got] = [expected, actual].map(
      (bits) => `${dtype === 'bool' ? Number(bits) : integer(bits)} (${bits})`,
    ) as [string, string];
    return { ...place, where, element: at, expected: wanted, actual: got };
  }
  const [wanted, got] = [expected, actual].map((bits) => fromBits(dtypeOfBits(bits, dtype), bits)[0]!) as [
    number,
    number,
  ];
  const apart = expected.length === actual.length ? ulps(dtypeOfBits(expected, dtype), wanted, got) : undefined;
  return {
    ...place,
    where,
    element: at,
    expected: `${decimal(dtypeOfBits(expected, dtype), wanted)} (${expected})`,
    actual: `${decimal(dtypeOfBits(actual, dtype), got)} (${actual.length === expected.length ? '' : `${dtypeOfBits(actual, dtype)} `}${actual})`,
    ...(apart === undefined ? {} : { ulps: apart.toString() }),
  };
}

/** The dtype of a pattern, which of a half type's tensor may be of a wider one. */
export function dtypeOfBits(bits: string, dtype: DType): FloatingDType {
  if (bits.length === 4 && isHalf(dtype)) return dtype;
  return bits.length === 8 ? 'float32' : 'float64';
}

const INFINITY = Object.fromEntries(
  (['float32', 'float64', 'float16', 'bfloat16'] as const).map((dtype) => [dtype, elementBits(dtype, Infinity)]),
) as Readonly<Record<FloatingDType, string>>;

function isNaN(bits: string, dtype: DType): boolean {
  const magnitude = (parseInt(bits[0]!, 16) & 7).toString() + bits.slice(1);
  return magnitude > INFINITY[dtypeOfBits(bits, dtype)];
}

function unravel(index: number, shape: readonly number[]): number[] {
  const at: number[] = [];
  let rest = index;
  for (const size of shape.toReversed()) {
    at.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return at;
}
