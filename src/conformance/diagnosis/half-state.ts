/**
 * The usual design for half types that is not PyTorch's: parameters of 16 bits whose state is float32. It fails every case of a half
 * type, and is one sentence.
 */
import type { TensorValue } from '../../scenario/types.ts';
import { isDict, isTensor } from '../../scenario/values.ts';
import { isHalf } from '../../tensor/dtype.ts';
import type { FailedCase } from './confirm.ts';

const BUFFERS: readonly unknown[] = ['square_avg', 'momentum_buffer', 'grad_avg'];

/** The deviation `float32-state`: undefined where no buffer of a half parameter was seen, or one of them is of its type. */
export function float32State(failed: readonly FailedCase[]): string | undefined {
  const seen = failed.flatMap(({ case: { scenario }, actual }) =>
    scenario.program.flatMap((op, i) => {
      const value = op.op === 'state' ? actual[i]?.value : undefined;
      if (!isDict(value)) return [];
      return value.$dict.flatMap(([name, entry]) => {
        const dtype = typeof name === 'string' ? scenario.tensors[name]?.dtype : undefined;
        return dtype !== undefined && isHalf(dtype) && isDict(entry) ? buffersOf(entry) : [];
      });
    }),
  );
  const wide = seen.length > 0 && seen.every(({ dtype, bits }) => dtype === 'float32' || /^[0-9a-f]{8}/.test(bits));
  return wide ? FLOAT32_STATE : undefined;
}

function buffersOf(entry: { readonly $dict: readonly (readonly [unknown, unknown])[] }): TensorValue[] {
  return entry.$dict.flatMap(([key, value]) =>
    BUFFERS.includes(key) && isTensor(value as never) ? [(value as { readonly $tensor: TensorValue }).$tensor] : [],
  );
}

const FLOAT32_STATE =
  "keeps state of half parameters in float32 (float32-state); PyTorch keeps it in the parameter's element type (STA-3)";
