/**
 * The defaults of options, one axis for each.
 */
import type { Need } from '../../../scenario/needs.ts';
import { type Axes, type Axis, axis, type Range } from './axis.ts';

type Option = 'lr' | 'alpha' | 'eps' | 'momentum' | 'weight_decay' | 'centered' | 'maximize';
type NumberOption = Exclude<Option, 'centered' | 'maximize'>;

/** That a port has a default of its own. Small numbers are all said with an exponent. */
export function saysDefault(option: string, x: number | boolean, right: number | boolean): string {
  const text = (own: number | boolean): string =>
    typeof own === 'number' && own !== 0 && Math.abs(own) < 1e-3 ? own.toExponential() : String(own);
  return `has ${text(x)} as its default of ${option} (PyTorch: ${text(right)})`;
}

/** The default of an option that is a number: any other is read off. */
function numbers(
  option: NumberOption,
  needs: readonly Need[],
  range: Range,
  right: number,
  ...common: readonly number[]
): Axis<`default_${NumberOption}`> {
  return axis(`default_${option}`, needs, ['OPT-1'], [String(right), '', right], {
    ...{ template: '#', range, common },
    ...{ says: (x: number) => saysDefault(option, x, right), part: (x: number) => x },
  });
}

/** The default of an option that is false. */
function flag(option: 'centered' | 'maximize'): Axis<`default_${'centered' | 'maximize'}`> {
  return axis(
    `default_${option}`,
    [option],
    ['OPT-1'],
    ['false', '', false],
    ['true', saysDefault(option, true, false), true],
  );
}

/** The axes. */
export const DEFAULTS = {
  default_lr: numbers('lr', [], 'positive', 0.01, 0.001, 0.1),
  default_alpha: numbers('alpha', [], 'share', 0.99, 0.9),
  default_eps: numbers('eps', [], 'positive', 1e-8, 1e-7, 1e-30, 0),
  default_momentum: numbers('momentum', ['momentum'], 'share', 0, 0.9),
  default_weight_decay: numbers('weight_decay', ['weight_decay'], 'positive', 0, 0.01),
  default_centered: flag('centered'),
  default_maximize: flag('maximize'),
} as Axes<`default_${Option}`>;
