/**
 * What is good to know of a state dict of RMSprop and no fault of it.
 */
import { trained_dtypes } from './dry-run.ts';
import { elementType } from '../state-dict/element-type.ts';
import type { Suspicion } from './suspicion.ts';
import { type Model } from './model.ts';

/** Ids from here on are addresses in memory, as torch before 1.5 wrote them. */
export const LEAST_ADDRESS: number = 2 ** 32;

/** Notes on the whole of a state dict. */
export function ofNotes({ groups, entries }: Model): Suspicion[] {
  const found: Suspicion[] = [];
  if (entries.length === 0)
    found.push({
      code: 'no-state',
      pointer: '/state',
      message: 'no state: saved before the first step, there is nothing to resume but the options',
    });
  const tensors = entries.flatMap(({ buffers }) => buffers);
  const others = new Set(
    tensors
      .map(([, { dtype }]) => dtype)
      .filter(
        (dtype) =>
          !(trained_dtypes as readonly string[]).includes(dtype) &&
          ['float', 'complex'].includes(elementType(dtype).what),
      ),
  );
  if (others.size > 0)
    found.push({
      code: 'not-tried',
      pointer: '/state',
      message: `parameters of ${[...others].join(', ')} were not tried, only such of ${trained_dtypes.join(', ')}`,
    });
  const devices = new Set(tensors.map(([, { storage }]) => storage.device).filter((device) => device !== 'cpu'));
  if (devices.size > 0)
    found.push({
      code: 'on-another-device',
      pointer: '/state',
      message: `tensors of ${[...devices].join(', ')}: without that device torch.load wants map_location='cpu'`,
    });
  const addresses = groups.flatMap(({ ids }) => ids).filter((id) => id.kind === 'int' && id.value >= LEAST_ADDRESS);
  if (addresses.length > 0)
    found.push({
      code: 'ids-are-addresses',
      pointer: '/param_groups/0/params',
      message: 'ids are addresses in memory, as torch before 1.5 wrote them; they are loaded by position all the same',
    });
  return found;
}
