/**
 * Which path an update takes where `foreach` is None.
 */
import { bool } from '../python/truth.ts';
import type { Tensors } from '../tensor/foreach-arguments.ts';

/** `_default_to_fused_or_foreach` (optimizer.py, line 161): the foreach path on a device that has kernels for it (clause RMS-12). */
export function _default_to_foreach(params: Tensors, differentiable: unknown): boolean {
  return !bool(differentiable) && params.every((p) => p.device.startsWith('cuda'));
}
