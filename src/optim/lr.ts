/**
 * The learning rate, which may be a tensor of one element.
 */
import { TypeError } from '../tensor/errors.ts';
import { is_grad_enabled } from '../tensor/grad-mode.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Version } from './versions.ts';

/** An lr as the update of a parameter uses it (clauses OPT-4 and NUM-2). */
export interface Lr {
  readonly is_tensor: boolean;
  /**
   * -lr as a double. A number 0 is Python's int, which has no negative zero; a tensor's 0 becomes -0.
   *
   * @param argument the argument that it is handed over as, such as "addcdiv_(): argument 'value'"
   * @throws TypeError for a tensor that no operation takes for a number: of other than one element, with dimensions where the
   * version wants none, or one that autograd would record
   */
  negative(argument: string): number;
}

/** An lr, checked where it is used. */
export function to_scalar(lr: number | Tensor, version: Version): Lr {
  if (!(lr instanceof Tensor)) return { is_tensor: false, negative: () => 0 - lr };
  return {
    is_tensor: true,
    negative(argument) {
      const rank = version.lr_tensor_of_any_rank && lr.numel() === 1 ? 0 : lr.shape.length;
      if (rank > 0 || (lr.requires_grad && is_grad_enabled())) throw new TypeError(refusal(argument));
      return -lr.item();
    },
  };
}

function refusal(argument: string): string {
  if (argument !== FOREACH_ADDCDIV) return `${argument} must be Number, not Tensor`;
  return FOREACH_ADDCDIV_REFUSAL;
}

/** The argument whose refusal lists the signatures that there are. */
export const FOREACH_ADDCDIV = "_foreach_addcdiv_(): argument 'value'";

const TENSORS = '(tuple of Tensors self, tuple of Tensors tensor1, tuple of Tensors tensor2';
const FOREACH_ADDCDIV_REFUSAL = [
  '_foreach_addcdiv_() received an invalid combination of arguments - got (list, list, list, value=Tensor), but expected one of:',
  ` * ${TENSORS}, tuple of Scalars scalars)`,
  "      didn't match because some of the keywords were incorrect: value",
  ` * ${TENSORS}, Tensor scalars)`,
  "      didn't match because some of the keywords were incorrect: value",
  ` * ${TENSORS}, Number value)`,
  "      didn't match because some of the arguments have invalid types: (!list of [Parameter, Parameter]!, " +
    '!list of [Tensor, Tensor]!, !list of [Tensor, Tensor]!, !value=Tensor!)',
  '',
].join('\n');
