/**
 * Integers beyond 64 bits as options. Python has them, and PyTorch's operations refuse them; the port's scalars are doubles, so that
 * what its step would raise is said here (test/validation/validate.slow.test.ts asks real PyTorch).
 */
import { PythonError, RuntimeError } from '../python/errors.ts';
import { entry, type Node } from '../state-dict/node.ts';
import type { Reference } from '../tensor/aten.ts';

/** What an operation takes of an option, in the order of a step. */
const USES: readonly (readonly [string, (x: bigint) => bigint])[] = [
  ['weight_decay', (x) => x],
  ['alpha', (x) => x],
  ['alpha', (x) => 1n - x],
  ['eps', (x) => x],
  ['momentum', (x) => (x > 0n ? x : 0n)],
  ['lr', (x) => -x],
];

/** Raises what a step raises at options that no operation takes. @throws RuntimeError in 2.1, OverflowError since */
export function refuseLarge(tree: Node, reference: Reference): void {
  const groups = entry(tree, 'param_groups');
  for (const group of groups !== undefined && 'items' in groups ? groups.items : [])
    for (const [option, use] of USES) {
      const value = entry(group, option);
      if (value?.kind !== 'int' || typeof value.value !== 'bigint') continue;
      const scalar = use(value.value);
      if (scalar >= -(2n ** 63n) && scalar < (reference === '2.1' ? 2n ** 63n : 2n ** 64n)) continue;
      if (reference === '2.1') throw new RuntimeError('Overflow when unpacking long');
      throw new PythonError(
        'OverflowError',
        scalar < 0n ? "can't convert negative int to unsigned" : 'int too big to convert',
      );
    }
}
