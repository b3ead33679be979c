/**
 * Checkpoints at the edges: several groups, tensors without state, options that are set after loading, counts of steps.
 */
import type { Op, PlainCheckpoint } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { dict, type Options } from '../tiny.ts';
import { caseOf, checkpoint, group, groupOf, load, optimizer, save, train } from './shared.ts';

const DTYPE = 'float32';
const BOTH: Options = { momentum: 0.9, centered: true };

/** Groups `groups` and `edges`. */
export function edges(): Group[] {
  return [inGroups(), alone()];
}

function inGroups(): Group {
  const own: readonly (readonly [params: readonly string[], options: Options])[] = [
    [['matrix'], { lr: 0.1, momentum: 0.9, centered: false }],
    [['scalar', 'vector'], { lr: 0.001, alpha: 0.9, momentum: 0, centered: true }],
  ];
  const made = (as?: string, options: boolean = true): Op => {
    const groups = own.map(([params, of]) =>
      dict({ params: params.map((name) => `$${name}`), ...(options ? of : {}) }),
    );
    return optimizer({}, as, groups);
  };
  // Of each tensor the buffers that the options of its group need.
  const both = checkpoint(BOTH, DTYPE).state;
  const state = Object.fromEntries(
    own.flatMap(([params, { momentum, centered }]) =>
      params.map((name) => {
        const { momentum_buffer, grad_avg, ...rest } = both[name]!;
        return [
          name,
          {
            ...rest,
            ...(momentum ? { momentum_buffer: momentum_buffer! } : {}),
            ...(centered ? { grad_avg: grad_avg! } : {}),
          },
        ] as const;
      }),
    ),
  );
  const file: PlainCheckpoint = { groups: own.map(([params, options]) => group(options, params)), state };
  return groupOf('groups', 'checkpoints of two groups, each with options and buffers of its own', DTYPE, [
    caseOf('loaded', ['LSD-2', 'LSD-4'], DTYPE, [made(), load(file), save(), train(4, 3), save()]),
    caseOf('loaded+made-otherwise', ['LSD-2', 'LSD-4'], DTYPE, [
      made(undefined, false),
      load(file),
      train(4, 3),
      save(),
    ]),
    caseOf('trained', ['LSD-2', 'LSD-4'], DTYPE, [
      made(),
      train(3, 0),
      save(),
      made('second', false),
      load(undefined, 'second'),
      train(3, 3, 'second'),
      save('second'),
    ]),
  ]);
}

function alone(): Group {
  const later = (option: string, value: number | boolean): Op => ({ op: 'set', group: 0, option, value });
  const off = (options: Options): PlainCheckpoint => ({ ...checkpoint(BOTH, DTYPE), groups: [group(options)] });
  const untrained: PlainCheckpoint = { groups: [group(BOTH)], state: {} };
  return groupOf('edges', 'checkpoints without some state, and options that are set after loading', DTYPE, [
    caseOf('untrained', ['LSD-6'], DTYPE, [optimizer(), load(untrained), save(), train(3, 0), save()]),
    caseOf('untrained+into-trained', ['LSD-6'], DTYPE, [
      optimizer(BOTH),
      train(2, 0),
      load(untrained),
      save(),
      train(3, 2),
      save(),
    ]),
    caseOf('tensor-without-state', ['STA-1'], DTYPE, [
      optimizer(),
      load(checkpoint(BOTH, DTYPE, { names: ['scalar', 'matrix'] })),
      save(),
      train(4, 3),
      save(),
    ]),
    caseOf('late-gradient', ['STA-1', 'RMS-1'], DTYPE, [
      optimizer(BOTH),
      train(3, 0, undefined, 'late'),
      save(),
      optimizer({}, 'second'),
      load(undefined, 'second'),
      train(4, 3, 'second', 'late'),
      save('second'),
    ]),
    caseOf('lr-set-after', ['RMS-10'], DTYPE, [
      optimizer(),
      load(checkpoint(BOTH, DTYPE)),
      later('lr', 0.5),
      train(3, 3),
      save(),
    ]),
    caseOf(
      'momentum-set-after',
      ['LSD-18', 'STA-2'],
      DTYPE,
      [optimizer(), load(checkpoint({}, DTYPE)), later('momentum', 0.9), train(2, 3)],
      ['errors'],
    ),
    caseOf(
      'centered-set-after',
      ['LSD-18', 'STA-2'],
      DTYPE,
      [optimizer(), load(checkpoint({}, DTYPE)), later('centered', true), train(2, 3)],
      ['errors'],
    ),
    caseOf('buffers-that-wait', ['STA-2', 'RMS-10'], DTYPE, [
      optimizer(),
      load(off({})),
      train(2, 3),
      later('momentum', 0.9),
      later('centered', true),
      train(2, 5),
      save(),
    ]),
    caseOf('step-1000', ['RMS-3'], DTYPE, [
      optimizer(),
      load(checkpoint({}, DTYPE, { step: 1000 })),
      save(),
      train(2, 3),
      save(),
    ]),
    caseOf('zero-steps', ['RMS-3'], DTYPE, [
      optimizer(),
      load(checkpoint({}, DTYPE, { step: 0 })),
      train(2, 3),
      save(),
    ]),
  ]);
}
