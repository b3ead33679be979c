/**
 * The defaults of options, one axis for each.
 */
import { type Axes, axis } from './axis.ts';

type Option = 'lr' | 'alpha' | 'eps' | 'momentum' | 'weight_decay' | 'centered' | 'maximize';

const defaultRows = <T extends number | boolean>(
  option: string,
  right: T,
  ...wrong: readonly T[]
): readonly (readonly [string, string, T])[] => [
  [String(right), '', right],
  ...wrong.map((x) => [String(x), `has ${x} as its default of ${option} (PyTorch: ${right})`, x] as const),
];

/** The axes. */
export const DEFAULTS: Axes<`default_${Option}`> = {
  default_lr: axis('default_lr', [], ['OPT-1'], ...defaultRows('lr', 0.01, 0.001, 0.1, 0.0001, 0.05, 0.005, 1)),
  default_alpha: axis('default_alpha', [], ['OPT-1'], ...defaultRows('alpha', 0.99, 0.9, 0.95, 0.999, 0.5)),
  default_eps: axis('default_eps', [], ['OPT-1'], ...defaultRows('eps', 1e-8, 1e-7, 1e-6, 1e-10, 1e-5, 1e-3, 1e-12, 0)),
  default_momentum: axis('default_momentum', ['momentum'], ['OPT-1'], ...defaultRows('momentum', 0, 0.9, 0.5)),
  default_weight_decay: axis(
    'default_weight_decay',
    ['weight_decay'],
    ['OPT-1'],
    ...defaultRows('weight_decay', 0, 0.01, 1e-4),
  ),
  default_centered: axis(
    'default_centered',
    ['centered'],
    ['OPT-1'],
    ...defaultRows('centered', false as boolean, true),
  ),
  default_maximize: axis(
    'default_maximize',
    ['maximize'],
    ['OPT-1'],
    ...defaultRows('maximize', false as boolean, true),
  ),
};
