/**
 * What can be wrong with the options of a group.
 */
import { below } from '../state-dict/format-error.ts';
import { numelOf } from '../state-dict/node.ts';
import { alone, type Group } from './model.ts';
import { listed, saidOf, type Suspicion } from './suspicion.ts';

const NEEDED = ['lr', 'alpha', 'eps', 'weight_decay'];
const FILLED = ['momentum', 'centered', 'foreach', 'maximize', 'differentiable'];
const NUMBERS = ['lr', 'momentum', 'alpha', 'eps', 'weight_decay'];
/** What is suspicious in the options of a group. */
export function ofGroup(group: Group): Suspicion[] {
  const { pointer, options, ids } = group;
  const shown = alone(group, ids[0] ?? { kind: 'int', value: 0 }, undefined);
  const found: Suspicion[] = [];
  const missing = NEEDED.filter((option) => !options.has(option));
  if (missing.length > 0)
    found.push({
      code: 'missing-option',
      pointer,
      message: `expected the option${missing.length > 1 ? 's' : ''} ${listed(missing)}, got none`,
      shown,
    });
  const filled = FILLED.filter((option) => !options.has(option));
  if (filled.length > 0)
    found.push({
      code: 'filled-option',
      pointer,
      message: `written by a version without ${listed(filled)}; loading fills in the defaults`,
      shown,
    });
  for (const option of NUMBERS) {
    const value = options.get(option);
    if (value === undefined) continue;
    const at = below(pointer, option);
    if (value.kind === 'int' || value.kind === 'float' || value.kind === 'bool') {
      const x = Number(value.value);
      if (!(x >= 0) || x === Infinity)
        found.push({
          code: 'option-range',
          pointer: at,
          message: `expected ${option} to be a finite number of at least 0, got ${x}; only the constructor checks`,
          shown,
        });
      if (option === 'alpha' && x > 1 && x < Infinity)
        found.push({
          code: 'option-range',
          pointer: at,
          message: `expected alpha to be at most 1, got ${x}: a gradient makes square_avg smaller, and its root NaN; nothing checks`,
          shown,
        });
    } else if (value.kind !== 'tensor' || option !== 'lr' || numelOf(value.shape) !== 1)
      found.push({ code: 'option-type', pointer: at, message: `expected a number, got ${saidOf(value)}`, shown });
  }
  const capturable = options.get('capturable');
  if (capturable?.kind === 'bool' && capturable.value)
    found.push({
      code: 'capturable-on-cpu',
      pointer: below(pointer, 'capturable'),
      message: 'the options of the file are capturable, which is for CUDA graphs: the step wants parameters on a GPU',
      shown,
    });
  return found;
}
