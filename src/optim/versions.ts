/**
 * What differs between the PyTorch versions that the port can be faithful to. Every difference is a row here; nothing else in
 * the port asks for a version (clause VER-1).
 */
import type { DType } from '../tensor/dtype.ts';
import type { ForeachWording } from './foreach-arguments.ts';

/** A PyTorch version to be faithful to. */
export type Reference = '2.1' | '2.13';

/** One column of the table. */
export interface Version {
  /** `state['step']` is a 0-dim tensor, counted by the update; else an int, counted while state is gathered (clause STA-2). */
  readonly step_is_tensor: boolean;
  /** The option `capturable` exists (clause OPT-2). */
  readonly capturable: boolean;
  /** An lr tensor must have one element, and its rank does not matter (clause OPT-4). */
  readonly lr_tensor_of_any_rank: boolean;
  /** Parameters may be named (clause OPT-7). */
  readonly param_names: boolean;
  /** The last word of the warning about an absent gradient of a tensor that is no leaf (clause GRD-3). */
  readonly non_leaf_grad_ending: string;
  /** The foreach path goes through element types from the last seen to the first, as measured (clause RMS-12). */
  readonly last_bucket_first: boolean;
  /** How the functions over lists of tensors word what they refuse (clause ERR-8). */
  readonly foreach_wording: ForeachWording;
  /** State of which element types, other than its parameter's, the foreach path takes, and how it says so (clause ERR-9). */
  readonly foreach_state: { readonly takes: readonly DType[]; readonly said: string };
  /** What an operation raises that does not exist for integers (clause INT-3). */
  readonly lacking_kernel: 'NotImplementedError' | 'RuntimeError';
  /** An interpolation towards a gradient takes a weight tensor of another element type (clause ERR-8). */
  readonly lerp_weight_of_any_dtype: boolean;
  /** What a step raises whose arguments a pre-hook replaced by none (clause HKS-9). */
  readonly step_without_self: 'IndexError' | 'TypeError';
}

/** The table. */
export const versions: Readonly<Record<Reference, Version>> = {
  '2.1': {
    step_is_tensor: false,
    capturable: false,
    lr_tensor_of_any_rank: false,
    param_names: false,
    step_without_self: 'TypeError',
    non_leaf_grad_ending: 'informations.',
    last_bucket_first: false,
    foreach_wording: '2.1',
    foreach_state: { takes: ['float32'], said: 'float32 notwithstanding' },
    lacking_kernel: 'RuntimeError',
    lerp_weight_of_any_dtype: false,
  },
  '2.13': {
    step_is_tensor: true,
    capturable: true,
    lr_tensor_of_any_rank: true,
    param_names: true,
    step_without_self: 'IndexError',
    non_leaf_grad_ending: 'information.',
    last_bucket_first: true,
    foreach_wording: '2.4',
    foreach_state: {
      takes: ['float32', 'float64'],
      said: 'float32/64, and optimizer states that can be bfloat16 for mixed-precision training',
    },
    lacking_kernel: 'NotImplementedError',
    lerp_weight_of_any_dtype: true,
  },
};
