/**
 * PyTorch's default element type, which a new step count takes (clause STA-2).
 */
import type { FloatingDType } from './dtype.ts';

let default_dtype: FloatingDType = 'float32';

/** The default element type of this process: float32 until it is set. */
export function get_default_dtype(): FloatingDType {
  return default_dtype;
}

/** Sets the default element type of this process. */
export function set_default_dtype(dtype: FloatingDType): void {
  default_dtype = dtype;
}
