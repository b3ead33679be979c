/**
 * The shortest decimal that reads back as the same element.
 */
import { type DType, dtypeInfo, isSingle } from '../tensor/dtype.ts';

/** An element in decimal, as people read it. */
export function decimal(dtype: DType, x: number): string {
  if (Object.is(x, -0)) return '-0';
  if (!isSingle(dtype) || !Number.isFinite(x)) return String(x);
  for (let digits = 1; digits < 9; digits++) {
    const text = x.toPrecision(digits);
    if (dtypeInfo(dtype).round(Number(text)) === x) return String(Number(text));
  }
  return String(Number(x.toPrecision(9)));
}
