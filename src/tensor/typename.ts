/**
 * `torch.typename`.
 */
import { typeName } from '../python/type-name.ts';
import { dtypeInfo } from './dtype.ts';
import { Tensor } from './tensor.ts';

/** The type of a tensor by its elements and device, a function by its own name, anything else by its class without modules (clauses ERR-3, OPT-6). */
export function typename(x: unknown): string {
  if (typeof x === 'function') return x.name || '<lambda>';
  if (!(x instanceof Tensor)) return typeName(x);
  const name = `${dtypeInfo(x.dtype).scalar_type}Tensor`;
  return x.device === 'cpu' ? `torch.${name}` : `torch.cuda.${name}`;
}
