/**
 * Loading and going on: bit for bit what an optimizer does that was never interrupted.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Need } from '../../../src/scenario/needs.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, copy, dict, fresh, groupOf, load, type Options, optimizer, read, save } from '../tiny.ts';
import { state, train, train2, twinGradients, twins } from '../tiny.ts';

const FLAGS: Readonly<Record<string, Options>> = {
  plain: {},
  momentum: { momentum: 0.9 },
  centered: { centered: true },
  foreach: { foreach: true, momentum: 0.9 },
  everything: { lr: 0.05, alpha: 0.9, eps: 0.001, weight_decay: 0.1, momentum: 0.9, centered: true, maximize: true },
};
/** Of the optimizer that loads: all of them are replaced by the file's. */
const OTHER: Options = { lr: 3, alpha: 0.5, eps: 1 };

/** Group `resume` for one dtype. */
export function resume(dtype: FloatingDType): Group {
  const dtypes: Need[] = ['state', dtype];
  const cases = Object.entries(FLAGS).flatMap(([name, options]) => [
    reloaded(name, options, dtypes),
    parallel(`${name}-copied`, options, dtypes),
  ]);
  return groupOf(
    [
      'state_dict',
      `resume-${dtype}`,
      `saved, loaded and trained on, beside an optimizer that was not interrupted, ${dtype}`,
    ],
    [...cases, late(dtypes), ownGroups(dtypes)],
    { tensors: twins(dtype), gradients: twinGradients(dtype) },
  );
}

/** A new optimizer over the same tensors. */
function reloaded(id: string, options: Options, needs: readonly Need[]): ScenarioCase {
  return caseOf(id, ['LSD-1', 'LSD-2', 'SDT-2'], needs, [
    optimizer(options),
    train(3),
    save(),
    fresh(OTHER, ['$w', '$b'], 'second'),
    load('second'),
    train(3, { optimizer: 'second', after: 3 }),
    fresh(options),
    train2(6, { params_at: [6] }),
    read('w', 'w2', 'b', 'b2'),
    state('second'),
    state('fresh'),
  ]);
}

/** A new optimizer over other tensors of equal bits: both go on. */
function parallel(id: string, options: Options, needs: readonly Need[]): ScenarioCase {
  return caseOf(id, ['LSD-1', 'LSD-10', 'RPR-6'], needs, [
    optimizer(options),
    train(3),
    fresh(options),
    train2(3),
    save(),
    copy('saved', 'kept'),
    fresh(OTHER, ['$w2', '$b2'], 'second'),
    load('second', 'kept'),
    train(3, { after: 3 }),
    train2(3, { optimizer: 'second', after: 3 }),
    read('w', 'w2', 'b', 'b2'),
    save('opt', 'first_end'),
    save('second', 'second_end'),
  ]);
}

/** `w` gets its first gradient after loading. */
function late(needs: readonly Need[]): ScenarioCase {
  return caseOf('late-gradient', ['LSD-1', 'STA-1'], needs, [
    optimizer({ momentum: 0.9 }),
    train(2, { gradients: 'late' }),
    save(),
    fresh({}, ['$w', '$b'], 'second'),
    load('second'),
    train(2, { optimizer: 'second', gradients: 'late', after: 2 }),
    fresh({ momentum: 0.9 }),
    train2(4, { gradients: 'late2' }),
    read('w', 'w2', 'b', 'b2'),
    state('second'),
  ]);
}

/** Groups with options of their own. */
function ownGroups(needs: readonly Need[]): ScenarioCase {
  const groups = (w: string, b: string): ReturnType<typeof dict>[] => [
    dict({ params: [w], lr: 0.5 }),
    dict({ params: [b], momentum: 0.9, centered: true }),
  ];
  return caseOf('groups', ['LSD-1', 'LSD-2'], needs, [
    optimizer({}, groups('$w', '$b')),
    train(3),
    save(),
    fresh({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })], 'second'),
    load('second'),
    train(3, { optimizer: 'second', after: 3 }),
    fresh({}, groups('$w2', '$b2')),
    train2(6, { params_at: [6] }),
    read('w', 'w2', 'b', 'b2'),
  ]);
}
