/**
 * The base class: required options and copies of their marker; attributes of an optimizer, of its base and of a subclass.
 */
import type { Op, OptimizerOp } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { copy } from '../tiny.ts';
import { add, caseOf, dict, groupOf, look, optimizer, same } from '../small.ts';

/** Group `base`. */
export function base(): Group {
  const named = look('opt', '_zero_grad_profile_name');
  const warned = look('opt', '_warned_capturable_if_run_uncaptured');
  const requiring: OptimizerOp = {
    ...{ op: 'optimizer', class: 'Optimizer', required: ['momentum'] },
    ...{ params: [dict({ params: ['$w'], momentum: 0.5 })], options: { lr: 0.1 } },
  };
  const own: Op = { op: 'optimizer', params: ['$w'], options: {}, class: { name: 'Mine' } };
  const plainBase: Op = { op: 'optimizer', params: ['$w'], options: {}, class: 'Optimizer' };
  return groupOf(
    ['groups', 'base', 'the base class, required options, and attributes that nothing else shows'],
    [
      caseOf(
        'marker-copied',
        ['GRP-13', 'RPR-3'],
        ['errors', 'messages', 'repr', 'deepcopy'],
        [
          ...[
            requiring,
            copy('opt', 'copied'),
            add({ params: ['$b'] }, 'copied'),
            { op: 'repr', optimizer: 'copied' } as const,
          ],
          ...[add({ params: ['$c'] }), same(['copied', 'defaults', 'momentum'], ['opt', 'defaults', 'momentum'])],
        ],
      ),
      caseOf(
        'attributes',
        ['RPR-14'],
        ['subclasses', 'attributes'],
        [optimizer(), named, warned, own, named, warned, plainBase, named, warned],
      ),
    ],
  );
}
