/**
 * PyTorch's default element type, which a new step count takes (clause STA-2).
 */
import type { OpmathDType } from './dtype.ts';

let default_dtype: OpmathDType = 'float32';

/** The default element type of this process: float32 until it is set. */
export function get_default_dtype(): OpmathDType {
  return default_dtype;
}

/** Sets the default element type of this process. */
export function set_default_dtype(dtype: OpmathDType): void {
  default_dtype = dtype;
}
