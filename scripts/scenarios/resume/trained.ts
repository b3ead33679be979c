/**
 * Going on from what was saved after training, whatever the optimizer that loads did before.
 */
import type { OpmathDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import type { Options } from '../tiny.ts';
import { caseOf, checkpoint, FLAGS, groupOf, load, optimizer, OTHER, save, train } from './shared.ts';

/** Group `trained` for one element type. */
export function trained(dtype: OpmathDType): Group {
  const each = (id: string, make: (id: string, options: Options) => ScenarioCase): ScenarioCase[] =>
    Object.entries(FLAGS).map(([name, options]) => make(`${name}+${id}`, options));
  return groupOf(`trained-${dtype}`, `trained, saved, loaded and trained on, ${dtype}`, dtype, [
    ...each('new', (id, options) =>
      caseOf(id, ['LSD-2', 'SDT-1'], dtype, [
        optimizer(options),
        train(3, 0),
        save(),
        optimizer(OTHER, 'second'),
        load(undefined, 'second'),
        train(3, 3, 'second'),
        save('second'),
      ]),
    ),
    // What a checkpoint holds is what was there when it was saved.
    ...each('back', (id, options) =>
      caseOf(id, ['LSD-6'], dtype, [
        optimizer(options),
        train(2, 0),
        save(),
        train(3, 2),
        load(),
        save(),
        train(2, 5),
        save(),
      ]),
    ),
    ...each('replaced', (id, options) =>
      caseOf(
        id,
        ['LSD-2', 'LSD-6'],
        dtype,
        [
          optimizer({ lr: 0.1, momentum: 0.5, centered: true }),
          train(2, 0),
          load(checkpoint(options, dtype)),
          save(),
          train(3, 3),
          save(),
        ],
        ['momentum', 'centered'],
      ),
    ),
  ]);
}
