/**
 * The changes of PyTorch that rows of drifts.json are explained by: one change, one sentence on what a port must do about it.
 */
import type { Row } from './rows.ts';

/** A change. */
export interface Change {
  readonly what: string;
  /** What a port that follows the newer version must do. */
  readonly port: string;
  readonly clauses: readonly string[];
  /** In what PyTorch changed: what is seen in its sources, or in its kernels, for which our tensors stand in where a source runs. */
  readonly in: 'python' | 'kernels';
  /** What is found in a row, as "where | before | after". */
  readonly rows: RegExp;
}

/** In an order in which the first that fits a row explains it. */
export const changes: readonly Change[] = [
  {
    what: 'A set of parameters warns',
    port: 'It must give a FutureWarning and go on, also for an empty set.',
    clauses: ['GRP-2'],
    in: 'python',
    rows: /FutureWarning: optimizer parameters need to be organized in ordered collections/,
  },
  {
    what: 'The refusal of a gradient of another element type names `grad_dtype`',
    port: 'It must name `grad_dtype` and the element types as ATen calls them.',
    clauses: ['GAD-11'],
    in: 'kernels',
    rows: /attempting to assign a gradient with dtype/,
  },
  {
    what: 'The warning about the gradient of a tensor that is no leaf is worded anew',
    port: 'It must end the warning in `information.`.',
    clauses: ['GRD-3'],
    in: 'kernels',
    rows: /The \.grad attribute of a Tensor that is not a leaf/,
  },
  {
    what: 'Real state of a complex parameter is refused as a TypeError',
    port: 'It must raise TypeError and no RuntimeError where the parts of such state are asked for.',
    clauses: ['NUM-10'],
    in: 'kernels',
    rows: /view_as_real is only supported/,
  },
  {
    what: 'A compiled step multiplies by an `alpha` that is the int 0',
    port: 'In arithmetic `compiled` what is infinite must become NaN there; 2.13 folds the product to 0.',
    clauses: ['NUM-8'],
    in: 'kernels',
    rows: /\| (?!NaN)\S+ \([0-9a-f]{8,}\) \| NaN \(7f/,
  },
  {
    what: 'A CPU divides float16 in `addcdiv`',
    port: 'It must step float16 parameters, and compute `addcmul` of them in float32.',
    clauses: ['NUM-9'],
    in: 'kernels',
    rows: /"addcdiv_cpu_out" not implemented|^state: [^|]*\| \S+ \([0-9a-f]{4}\) \|/,
  },
  {
    what: 'Refusals name half types in the namespace `c10`',
    port: 'It must write `c10::Half` and `c10::BFloat16`.',
    clauses: ['NUM-9'],
    in: 'kernels',
    rows: /type at::(Half|BFloat16)/,
  },
  {
    what: 'The refusal to go back through what was written since is worded anew',
    port: 'It must name the operation without `Backward0`, and `check_nan`.',
    clauses: ['DIF-6'],
    in: 'kernels',
    rows: /^backward: the error \| RuntimeError: one of the variables needed/,
  },
  {
    what: 'Operations of three tensors compute in the widest of the element types',
    port: 'It must compute in float64 and round to float32 what 2.1 refuses to write.',
    clauses: ['ERR-9'],
    in: 'kernels',
    rows: /needs_dynamic_casting|^state: state of w2, square_avg\[0\]\.real \|/,
  },
  {
    what: '`lerp` takes a weight tensor of any element type',
    port: 'It must take an `alpha` that is a tensor of another element type where `centered`.',
    clauses: ['ERR-8'],
    in: 'kernels',
    rows: /expected dtype \w+ for `weight` but got/,
  },
  {
    what: 'The foreach path takes state in float64 beside parameters in float32, and the other way round',
    port: 'It must group such parameters and compute as the for-loop path does.',
    clauses: ['ERR-9'],
    in: 'kernels',
    rows: /Tensors of the same index must be on the same device|^state: [^|]*square_avg\[0\] \|/,
  },
  {
    what: 'The foreach path takes element types from the last that is seen to the first',
    port: 'It must update in that order; an error in one then leaves other parameters updated.',
    clauses: ['RMS-12'],
    in: 'kernels',
    rows: /^look: value\.square_avg\[0\] \|/,
  },
  {
    what: 'The foreach path sees complex tensors as their parts before anything else',
    port: 'It must negate them and add weight decay to them as real numbers.',
    clauses: ['NUM-10'],
    in: 'python',
    rows: /\.(real|imag) \|/,
  },
  {
    what: 'A step that a hook left without arguments looks for the optimizer by position',
    port: 'It must raise IndexError and no TypeError.',
    clauses: ['HKS-9'],
    in: 'python',
    rows: /missing 1 required positional argument: 'self'/,
  },
  {
    what: 'A tensor `lr` of one element may have dimensions',
    port: 'It must step with such a tensor as with its number.',
    clauses: ['OPT-4', 'ERR-7'],
    in: 'python',
    rows: /^train: how it ended \| TypeError: (addcdiv_|add_|_foreach_add_|_foreach_addcdiv_)\(\)(?!.*got \(tuple, (Parameter|Tensor)\)).*\| no error/,
  },
  {
    what: 'A tensor `lr` must have one element',
    port: 'It must refuse any other with ValueError before anything else.',
    clauses: ['OPT-3', 'OPT-4'],
    in: 'python',
    rows: /Tensor lr must be 1-element/,
  },
  {
    what: 'Parameters may be named',
    port: 'It must take pairs of a name and a tensor, keep `param_names`, and refuse groups that mix.',
    clauses: ['OPT-7', 'GRP-7', 'LSD-12'],
    in: 'python',
    rows: /one of the params is tuple|with\/without names|with names|without names|param_names/,
  },
  {
    what: 'The refusal of `capturable` lists more devices',
    port: 'It must list `cuda`, `xpu`, `hpu`, `privateuseone`, `xla`.',
    clauses: ['RMS-15'],
    in: 'python',
    rows: /\| AssertionError: If capturable=True.*\| AssertionError: If capturable=True/,
  },
  {
    what: 'There is the option `capturable`',
    port: 'It must have it, between `weight_decay` and `foreach`, print it, and refuse it on a CPU when it steps.',
    clauses: ['OPT-1', 'OPT-2', 'RMS-15'],
    in: 'python',
    rows: /capturable/,
  },
  {
    what: 'The check for complex state comes before the first operation',
    port: 'It must word the refusal of None in the place of a buffer as functions over lists do.',
    clauses: ['ERR-8'],
    in: 'python',
    rows: /is_complex\(\): argument 'input'/,
  },
  {
    what: 'The functions over lists word their refusals anew, and take a tensor for a number',
    port: 'It must word refusals as ATen of its version does, and take a tensor without dimensions as what is added.',
    clauses: ['ERR-8', 'ERR-9'],
    in: 'kernels',
    rows: /_foreach_\w+\(\)/,
  },
  {
    what: 'A compiled step keeps what it writes into float64 buffers without dimensions',
    port: 'In arithmetic `compiled` it must lose such writes as long as it follows 2.13.',
    clauses: ['NUM-8'],
    in: 'kernels',
    rows: /^train: step \d+, \w+ \| \S+ \([0-9a-f]{16}\)|^state: state of \w+, step \| float64 of shape \[\] 0{16} \|/,
  },
  {
    what: '`step` is a tensor without dimensions, which the update counts',
    port: 'It must make it of the default element type, count it after the check of its options, and make a tensor of a number that was loaded.',
    clauses: ['STA-2', 'RMS-3', 'LSD-15', 'LSD-16', 'ERR-6'],
    in: 'python',
    rows: /\bstep\b|state_steps|KeyError: '(momentum_buffer|differentiable)'|no attribute '(_version|requires_grad)'|float\(\) argument|could not convert string|has no len\(\)|list indices must be integers|^look: value \| 1 \| float32/,
  },
];

/** The change that explains a row, or undefined for one that nobody has looked into. */
export function changeOf({ where, before, after }: Row): Change | undefined {
  return changes.find(({ rows }) => rows.test(`${where} | ${before} | ${after}`));
}
