/**
 * The grad mode of a step's body.
 */
import { getattr } from '../python/attributes.ts';
import { TypeError } from '../python/errors.ts';
import { item } from '../python/item.ts';
import { typeName } from '../python/type-name.ts';
import { set_grad_enabled } from '../tensor/grad-mode.ts';
import type { Step } from './step.ts';

/** Steps that run in the grad mode of an optimizer's defaults. */
const graded = new WeakSet<Step>();

/** Whether a step was wrapped by `_use_grad_for_differentiable`. */
export function usesGradForDifferentiable(step: Step): boolean {
  return graded.has(step);
}

/**
 * Puts the grad mode that an optimizer's defaults say around a step (clause GRD-1). The step throws a PythonError, an
 * AttributeError, when it is called on no optimizer, and TypeError when `differentiable` is no boolean. optimizer.py, line 59.
 */
export function _use_grad_for_differentiable(func: Step): Step {
  const wrapper: Step = function (...given) {
    const recorded = item(getattr(this, 'defaults'), 'differentiable');
    if (typeof recorded !== 'boolean')
      throw new TypeError(
        `set_grad_enabled(): argument 'enabled' (position 1) must be bool, not ${typeName(recorded)}`,
      );
    return set_grad_enabled(recorded, () => func.call(this, ...given));
  };
  graded.add(wrapper);
  return wrapper;
}
