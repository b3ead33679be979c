/**
 * What an optimizer is faithful to: a version of PyTorch and an arithmetic. Neither is an attribute of PyTorch's optimizers.
 */
import { str } from '../python/text/repr.ts';
import { quick_separate } from '../fast/operations.ts';
import type { ArithmeticName } from '../tensor/arithmetic/arithmetic.ts';
import { arithmetics } from '../tensor/arithmetic/index.ts';
import { aten, NEWEST, type Reference } from '../tensor/aten.ts';
import { LostCopies, LostWrites } from '../tensor/lost-writes.ts';
import { Elementwise, type Ops } from '../tensor/ops.ts';
import { Torch } from '../tensor/torch.ts';
import { type Version, versions } from './versions.ts';

/** What the port follows: no part of PyTorch's signature, so no part of the options. */
export interface Faithful {
  /** The PyTorch version; the newest by default. */
  readonly reference?: Reference;
  /** How operations round; 'separate' by default. */
  readonly arithmetic?: ArithmeticName;
  /** Operations to use in place of an arithmetic's. */
  readonly ops?: Ops;
  /** Whether a step may take the fast path where that computes the same bits; 'fast' by default. */
  readonly path?: 'fast' | 'literal';
}

/** The version table's column and the functions of PyTorch that an optimizer was made with. */
export interface Chosen {
  readonly version: Version;
  readonly torch: Torch;
  /** Whether a step may take the fast path. */
  readonly fast: boolean;
}

/**
 * The version table's column and the functions of PyTorch that a choice stands for.
 *
 * @throws RangeError for a reference or an arithmetic that there is not
 */
export function resolve({ reference = NEWEST, arithmetic = 'separate', ops, path = 'fast' }: Faithful): Chosen {
  refuseUnknown('reference', reference, versions);
  refuseUnknown('arithmetic', arithmetic, arithmetics);
  refuseUnknown('path', path, { fast: true, literal: true });
  const fast = path === 'fast' && arithmetic === 'separate';
  const rounding = fast ? quick_separate : arithmetics[arithmetic];
  const loses = arithmetic === 'compiled' && aten[reference].compiled_loses_writes;
  const kernels = ops ?? (loses ? new LostWrites(rounding) : new Elementwise(rounding));
  const foreach = ops ?? (loses ? new LostCopies(rounding) : new Elementwise(rounding, 'foreach'));
  return {
    version: versions[reference],
    torch: new Torch(kernels, reference, foreach, arithmetic === 'compiled'),
    fast: fast && ops === undefined,
  };
}

const chosen = new WeakMap<object, Chosen>();

/** Makes an optimizer follow what was chosen. */
export function follow(optimizer: object, choice: Chosen): void {
  chosen.set(optimizer, choice);
}

/** What an optimizer was made with; one that no constructor made, as in unpickling, follows the defaults of `Faithful`. */
export function followed(optimizer: object): Chosen {
  return chosen.get(optimizer) ?? resolve({});
}

function refuseUnknown(what: string, name: string, known: object): void {
  if (!Object.hasOwn(known, name))
    throw new RangeError(`unknown ${what} ${str(name)}; known are ${Object.keys(known).join(', ')}`);
}
