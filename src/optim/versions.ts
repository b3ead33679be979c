/**
 * What differs between the PyTorch versions that the port can be faithful to. Every difference is a row here; nothing else in
 * the port asks for a version (clause VER-1).
 */
import { type AssignedDtypeWording, set_assigned_dtype_wording } from '../tensor/assigned-dtype.ts';
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
  /** addcmul_ and addcdiv_ compute in a wider element type than that of what they write (clause ERR-9). */
  readonly ternary_casts: boolean;
  /** What an operation raises that does not exist for integers (clause INT-3). */
  readonly lacking_kernel: 'NotImplementedError' | 'RuntimeError';
  /** How tensors word the refusal of a gradient of another element type (clause GAD-11). */
  readonly assigned_dtype_wording: AssignedDtypeWording;
  /** An interpolation towards a gradient takes a weight tensor of another element type (clause ERR-8). */
  readonly lerp_weight_of_any_dtype: boolean;
  /** Indexing a tensor by a sequence that is no tuple, such as a text, warns (clause LSD-22). */
  readonly warns_of_sequence_as_index: boolean;
  /** The optimizer that a step is called on may be a keyword argument; else it is taken from the positional ones (clause HKS-9). */
  readonly step_takes_self_by_name: boolean;
}

/** The table. */
export const versions: Readonly<Record<Reference, Version>> = {
  '2.1': {
    step_is_tensor: false,
    capturable: false,
    lr_tensor_of_any_rank: false,
    param_names: false,
    step_takes_self_by_name: true,
    non_leaf_grad_ending: 'informations.',
    last_bucket_first: false,
    foreach_wording: '2.1',
    foreach_state: { takes: ['float32'], said: 'float32 notwithstanding' },
    ternary_casts: false,
    lacking_kernel: 'RuntimeError',
    assigned_dtype_wording: 'dtype',
    lerp_weight_of_any_dtype: false,
    warns_of_sequence_as_index: false,
  },
  '2.13': {
    step_is_tensor: true,
    capturable: true,
    lr_tensor_of_any_rank: true,
    param_names: true,
    step_takes_self_by_name: false,
    non_leaf_grad_ending: 'information.',
    last_bucket_first: true,
    foreach_wording: '2.4',
    foreach_state: {
      takes: ['float32', 'float64'],
      said: 'float32/64, and optimizer states that can be bfloat16 for mixed-precision training',
    },
    ternary_casts: true,
    lacking_kernel: 'NotImplementedError',
    assigned_dtype_wording: 'grad_dtype',
    lerp_weight_of_any_dtype: true,
    warns_of_sequence_as_index: true,
  },
};

/**
 * Makes the tensors of this process, which belong to no optimizer, word their own refusals as a version does: '2.13' until it is
 * set (clause GAD-11).
 */
export function set_tensor_reference(reference: Reference): void {
  set_assigned_dtype_wording(versions[reference].assigned_dtype_wording);
}
