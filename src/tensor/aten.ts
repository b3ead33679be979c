/**
 * What differs between versions of ATen, PyTorch's library of tensors: what it takes, and how it words what it refuses. The rows
 * that are the optimizers' own stand in src/optim/versions.ts (clause VER-1).
 */
import type { DType } from './dtype.ts';

/** A PyTorch version to be faithful to. */
export type Reference = '2.1' | '2.13' | '2.14' | '2.15';

/** The newest: what is followed where nothing else is said. */
export const NEWEST: Reference = '2.15';

/** One column of the table. */
export interface Aten {
  /** The last word of the warning about an absent gradient of a tensor that is no leaf (clause GRD-3). */
  readonly non_leaf_grad_ending: string;
  /** How tensors word the refusal of a gradient of another element type (clause GAD-11): 2.13 names an attribute that 2.1 does not have. */
  readonly assigned_dtype: 'dtype' | 'grad_dtype';
  /** Grouping goes through element types from the last seen to the first, as measured (clause RMS-12). */
  readonly last_bucket_first: boolean;
  /** State of which element types, other than its parameter's, grouping takes, and how it says so (clause ERR-9). */
  readonly foreach_state: { readonly takes: readonly DType[]; readonly said: string };
  /** The version from which on the functions over lists word their refusals as they do (clause ERR-8). */
  readonly foreach_wording: '2.1' | '2.4';
  /** addcmul_ and addcdiv_ compute in a wider element type than that of what they write (clause ERR-9). */
  readonly ternary_casts: boolean;
  /** An interpolation towards a gradient takes a weight tensor of another element type (clause ERR-8). */
  readonly lerp_weight_of_any_dtype: boolean;
  /** The C++ namespace that refusals name half types in (clause NUM-9). */
  readonly half_namespace: 'at' | 'c10';
  /** On the CPU float16 tensors are divided in addcdiv_ (clause NUM-9). */
  readonly float16_addcdiv: boolean;
  /** How going back says that a saved tensor was written since: the end of the operation's name, and how to find out more (clause DIF-6). */
  readonly saved_written: { readonly ending: '' | 'Backward0'; readonly anomaly: string };
  /** What the refusal of a matrix product begins with (spec/differentiable.md). */
  readonly mm_prefix: '' | 'mm: ';
  /** How `view_as_real` of a real tensor is refused (clause NUM-10). */
  readonly view_as_real_refusal: 'RuntimeError' | 'TypeError';
  /** Compiled steps lose what they write into float64 tensors of no dimensions (clause NUM-8). */
  readonly compiled_loses_writes: boolean;
}

/** The column of 2.13. */
const since_2_13: Aten = {
  non_leaf_grad_ending: 'information.',
  assigned_dtype: 'grad_dtype',
  last_bucket_first: true,
  foreach_state: {
    takes: ['float32', 'float64'],
    said: 'float32/64, and optimizer states that can be bfloat16 for mixed-precision training',
  },
  foreach_wording: '2.4',
  ternary_casts: true,
  lerp_weight_of_any_dtype: true,
  half_namespace: 'c10',
  float16_addcdiv: true,
  saved_written: { ending: '', anomaly: 'set_detect_anomaly(True, check_nan=False)' },
  mm_prefix: '',
  view_as_real_refusal: 'RuntimeError',
  compiled_loses_writes: true,
};

const since_2_14: Aten = { ...since_2_13, compiled_loses_writes: false };

/** The table. */
export const aten: Readonly<Record<Reference, Aten>> = {
  '2.1': {
    non_leaf_grad_ending: 'informations.',
    assigned_dtype: 'dtype',
    last_bucket_first: false,
    foreach_state: { takes: ['float32'], said: 'float32 notwithstanding' },
    foreach_wording: '2.1',
    ternary_casts: false,
    lerp_weight_of_any_dtype: false,
    half_namespace: 'at',
    float16_addcdiv: false,
    saved_written: { ending: 'Backward0', anomaly: 'set_detect_anomaly(True)' },
    mm_prefix: '',
    view_as_real_refusal: 'RuntimeError',
    compiled_loses_writes: false,
  },
  '2.13': since_2_13,
  '2.14': since_2_14,
  '2.15': { ...since_2_14, mm_prefix: 'mm: ', view_as_real_refusal: 'TypeError' },
};

let ofTensors: Aten = aten[NEWEST];

/** The column that tensors themselves follow, which belong to no optimizer. */
export function atenOfTensors(): Aten {
  return ofTensors;
}

/** Makes the tensors of this process follow a version in what they say themselves: the newest until it is set (clause GAD-11). */
export function setTensorReference(reference: Reference): void {
  ofTensors = aten[reference];
}
