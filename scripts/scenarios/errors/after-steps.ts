/**
 * Trainings that raise after good steps: the numbers of the steps before count, and how many there were.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { clone } from '../small.ts';
import { caseOf, dict, edit, groupOf, optimizer, type Options, plain, read, state, train } from '../tiny.ts';

/** The first tensor of the gradients `late` has none before step 3. */
const LATE: Op = train(5, { gradients: 'late' });

/** Group `after-steps`. */
export function afterSteps(): Group {
  const flags: readonly Options[] = [{}, { momentum: 0.9 }, { weight_decay: 0.1, centered: true }];
  return groupOf(
    ['errors', 'after-steps', 'trainings that raise after good steps'],
    [
      ...flags.map(leaf),
      ...flags.flatMap((options) => [options, { ...options, foreach: true }]).map(incomplete),
      ...flags.map(afterwards),
    ],
    {
      tensors: { count: plain([], [0]), clone: clone([0.5]) },
      gradients: { later: ['3dcccccd', 'bf333333', '3f19999a'].map((bits, i) => ({ clone: bits, ...at(i) })) },
    },
  );
}

function at(step: number): { readonly w: string | null } {
  return { w: step < 2 ? null : '3f800000 bf800000' };
}

/** With recording on, the leaf is refused when its first gradient comes; the other tensor has been trained till then. */
function leaf(options: Options): ScenarioCase {
  const ops: Op[] = [
    ...[optimizer({ differentiable: true, ...options }, ['$clone', '$w']), train(3, { gradients: 'later' })],
    read('w', 'clone'),
  ];
  return caseOf(name('leaf', options), ['GRD-2', 'RMS-1'], ['errors', 'none-gradients'], ops);
}

/** Entries without a buffer, of a tensor that waits. */
function incomplete(options: Options): ScenarioCase {
  const entries = edit(['opt', 'state', '$w'], dict({ step: '$count' }));
  const ops = [optimizer(options), entries, LATE, read('w', 'b'), state()];
  return caseOf(name('incomplete', options), ['ERR-5', 'RMS-1'], ['errors', 'set-state'], ops);
}

/** A group that loses an option between two trainings: the second raises at once, or goes on where it is there again. */
function afterwards(options: Options): ScenarioCase {
  const alpha = ['opt', 'param_groups', 0, 'alpha'] as const;
  const ops: Op[] = [
    ...[optimizer(options), train(2), { op: 'edit', at: alpha, delete: true } as const, train(2, { after: 2 })],
    ...[read('w', 'b'), edit(alpha, 0.5), train(2, { after: 2 }), state()],
  ];
  return caseOf(name('without-alpha', options), ['RMS-10', 'ERR-4'], ['errors', 'lr-change'], ops);
}

function name(what: string, options: Options): string {
  return [what, ...Object.keys(options)].join('+');
}
