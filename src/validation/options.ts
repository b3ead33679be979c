/**
 * How a state dict is validated.
 */
import type { Reference } from '../tensor/aten.ts';

/** How a state dict is validated. */
export interface ValidateOptions {
  /** The version of PyTorch that it is for; all that are known by default. */
  readonly reference?: Reference;
  /** JSON pointer, without its first slash, of the optimizer that is meant where there are several. */
  readonly key?: string;
  /** What the optimizer was constructed with that will load it: said is what the file replaces. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Shapes of the parameters that it will be loaded over, in order. */
  readonly shapes?: readonly (readonly number[])[];
  /** Names of these parameters. */
  readonly names?: readonly string[];
}
