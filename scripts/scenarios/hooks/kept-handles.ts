/**
 * Handles as context managers, left with an exception too; what has ids.
 */
import type { BookkeepingOp } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { add, caseOf, copy, groupOf, hook, logging, look, optimizer, save, step, unhook } from '../tiny.ts';
import { KINDS, slugOf, trigger, begin } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;

/** The group `kept-handles`. */
export function keptHandles(): Group {
  const within = (hook: string, ops: readonly BookkeepingOp[], text?: string): BookkeepingOp => ({
    ...{ op: 'remove_hook', hook, context: true },
    ...(ops.length > 0 ? { do: ops } : {}),
    ...(text === undefined ? {} : { throw: text }),
  });
  return groupOf(
    ['hooks', 'kept-handles', 'handles that are left, with an exception too'],
    [
      ...KINDS.map((kind) =>
        caseOf(`left-with-an-exception-${slugOf(kind)}`, ['HKS-19'], THROWS, [
          ...[...begin(kind), logging(kind, 'first'), logging(kind, 'second')],
          ...[within('first', [], 'within the handle'), trigger(kind)],
        ]),
      ),
      caseOf(
        'used-within',
        ['HKS-19'],
        [],
        [optimizer(), logging('step_pre', 'first'), within('first', [step(), look('first', 'id')]), step()],
      ),
      caseOf('raising-within', ['HKS-19'], THROWS, [
        ...[optimizer(), logging('step_pre', 'first'), within('first', [step({ args: [5] }), save()]), step()],
      ]),
      caseOf(
        'removed-within',
        ['HKS-19', 'HKS-3'],
        [],
        [optimizer(), logging('step_pre', 'first'), within('first', [unhook('first'), step()]), step()],
      ),
      caseOf('entered-twice', ['HKS-19'], THROWS, [
        ...[optimizer(), logging('step_pre', 'first')],
        ...[within('first', [within('first', [step()]), step()], 'outer'), step()],
      ]),
      caseOf(
        'nothing-else-has-ids',
        ['HKS-3'],
        [],
        [
          ...[
            optimizer({}, ['$w']),
            logging('step_pre', 'first'),
            save(),
            add({ params: ['$b'] }),
            copy('opt', 'other'),
          ],
          ...[step(), hook('step_pre', 5, { as: 'second' })],
        ],
      ),
    ],
  );
}
