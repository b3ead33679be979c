/**
 * The check of `capturable=True`: parameters and step counters must lie together on a device that can capture graphs.
 */
import { AssertionError } from '../python/errors.ts';
import type { Tensor } from '../tensor/tensor.ts';

const SUPPORTED = ['cuda', 'xpu', 'hpu', 'privateuseone', 'xla'];

/** `_get_capturable_supported_devices` (optimizer.py, line 218). @throws AssertionError when a parameter or its step counter is elsewhere (clause RMS-15). */
export function _assert_capturable(params: readonly Tensor[], steps: readonly (Tensor | undefined)[]): void {
  const type = (tensor: Tensor | undefined): string | undefined => tensor?.device.split(':')[0];
  if (params.every((p, i) => type(p) === type(steps[i]) && SUPPORTED.includes(type(p)!))) return;
  const list = SUPPORTED.map((device) => `'${device}'`).join(', ');
  throw new AssertionError(`If capturable=True, params and state_steps must be on supported devices: [${list}].`);
}
