/**
 * Whose state a state dict is, by the keys that each of PyTorch's optimizers leaves.
 */
import type { Model } from './model.ts';

interface Signature {
  readonly name: string;
  /** Keys of the state, and options, that it has; without state the options alone. */
  readonly state: readonly string[];
  readonly options: readonly string[];
}

const SIGNATURES: readonly Signature[] = [
  { name: 'RMSprop', state: ['square_avg'], options: ['alpha', 'centered'] },
  { name: 'NAdam', state: ['exp_avg', 'exp_avg_sq', 'mu_product'], options: ['betas', 'momentum_decay'] },
  { name: 'Adamax', state: ['exp_avg', 'exp_inf'], options: ['betas'] },
  { name: 'Adam or AdamW', state: ['exp_avg', 'exp_avg_sq'], options: ['betas', 'amsgrad'] },
  { name: 'RAdam', state: ['exp_avg', 'exp_avg_sq'], options: ['betas', 'weight_decay'] },
  { name: 'SparseAdam', state: ['exp_avg', 'exp_avg_sq'], options: ['betas'] },
  { name: 'SGD', state: ['momentum_buffer'], options: ['dampening', 'nesterov'] },
  { name: 'Adadelta', state: ['square_avg', 'acc_delta'], options: ['rho'] },
  { name: 'Adagrad', state: ['sum'], options: ['lr_decay', 'initial_accumulator_value'] },
  { name: 'ASGD', state: ['eta', 'mu', 'ax'], options: ['lambd', 't0'] },
  { name: 'Rprop', state: ['prev', 'step_size'], options: ['etas', 'step_sizes'] },
  { name: 'Adafactor', state: ['row_var'], options: ['beta2_decay', 'd'] },
  { name: 'Muon', state: ['momentum_buffer'], options: ['ns_coefficients', 'ns_steps'] },
  { name: 'LBFGS', state: ['func_evals'], options: ['history_size', 'max_iter'] },
];

/** The optimizer that wrote a state dict, and by what that is told; undefined where nothing tells. */
export function optimizerOf({ groups, entries }: Model): { readonly name: string; readonly by: string } | undefined {
  const options = new Set(groups.flatMap((group) => [...group.options.keys()]));
  const keys = new Set(entries.flatMap((entry) => [...entry.values.keys()]));
  const has = ({ state, options: own }: Signature): number =>
    state.filter((key) => keys.has(key)).length + own.filter((option) => options.has(option)).length;
  const score = (one: Signature): number => 2 * has(one) - one.state.length - one.options.length;
  const isLike = ({ state, options: own }: Signature): boolean =>
    state.every((key) => keys.has(key)) || own.every((option) => options.has(option));
  const [found] = SIGNATURES.filter(isLike).sort((a, b) => score(b) - score(a));
  if (found === undefined) return undefined;
  const seen = [
    ...found.state.filter((key) => keys.has(key)),
    ...found.options.filter((option) => options.has(option)),
  ];
  return { name: found.name, by: seen.join(', ') };
}
