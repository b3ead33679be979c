/**
 * What differs in torch/optim between the PyTorch versions that the port can be faithful to. Every difference is a row here, or, where
 * tensors make it, in src/tensor/aten.ts; nothing else in the port asks for a version (clause VER-1).
 */
import type { Reference } from '../tensor/aten.ts';

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
  /** A step names the optimizer that it misses; else it looks for it in the positional arguments (clause HKS-9). */
  readonly step_takes_self_by_name: boolean;
  /** The path over lists takes real views of complex tensors before anything else; else after weight decay (clause NUM-10). */
  readonly foreach_views_first: boolean;
  /** Parameters in a set warn (clause GRP-2). */
  readonly set_warns: boolean;
}

const since_2_13: Version = {
  step_is_tensor: true,
  capturable: true,
  lr_tensor_of_any_rank: true,
  param_names: true,
  step_takes_self_by_name: false,
  foreach_views_first: true,
  set_warns: false,
};

/** The table. */
export const versions: Readonly<Record<Reference, Version>> = {
  '2.1': {
    step_is_tensor: false,
    capturable: false,
    lr_tensor_of_any_rank: false,
    param_names: false,
    step_takes_self_by_name: true,
    foreach_views_first: false,
    set_warns: false,
  },
  '2.13': since_2_13,
  '2.14': since_2_13,
  '2.15': { ...since_2_13, set_warns: true },
};
