/** The arithmetics by name. */
import type { Arithmetic, ArithmeticName } from './arithmetic.ts';
import { compiled } from './compiled.ts';
import { cuda } from './cuda.ts';
import { fused } from './fused.ts';
import { separate } from './separate.ts';

/** Every arithmetic, by name (clause NUM-1). */
export const arithmetics: Readonly<Record<ArithmeticName, Arithmetic>> = { separate, fused, cuda, compiled };
