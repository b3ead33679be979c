/**
 * Handles of hooks, removal, prepending, and what is registered unchecked.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, fresh, groupOf, hook, logging, optimizer, train, unhook } from '../tiny.ts';
import { begin, DICT_KINDS, KINDS, slugOf, STEP_KINDS, trigger } from './kinds.ts';

/** Group `handles`. */
export function handles(): Group {
  return groupOf(
    ['hooks', 'handles', 'handles, removal, prepending'],
    [...removal(), ...prepending(), ...uncallable()],
  );
}

function removal(): ScenarioCase[] {
  return [
    caseOf(
      'ids-count-over-all-kinds',
      ['HKS-3'],
      [],
      [
        optimizer(),
        fresh(),
        ...KINDS.map((kind) => logging(kind)),
        ...KINDS.slice(2).map((kind) => logging(kind, `${kind}_of_fresh`, { optimizer: 'fresh' })),
      ],
    ),
    caseOf(
      'ids-are-not-used-again',
      ['HKS-3'],
      [],
      [
        optimizer(),
        logging('step_pre', 'first'),
        unhook('first'),
        logging('step_pre', 'second'),
        unhook('second'),
        logging('state_dict_post', 'third'),
      ],
    ),
    caseOf(
      'no-id-for-a-refused-hook',
      ['HKS-3', 'HKS-4'],
      ['errors', 'messages'],
      [
        optimizer(),
        logging('step_pre', 'first'),
        logging('step_pre', 'refused', { options: { prepend: true } }),
        logging('step_pre', 'second'),
        train(1),
      ],
    ),
    ...KINDS.map((kind) =>
      caseOf(
        `removed-${slugOf(kind)}`,
        ['HKS-3'],
        [],
        [
          ...begin(kind),
          logging(kind, 'first'),
          logging(kind, 'second'),
          unhook('first'),
          trigger(kind),
          unhook('first'),
          trigger(kind, 1),
          unhook('second'),
          trigger(kind, 2),
          logging(kind, 'third'),
          trigger(kind, 3),
        ],
      ),
    ),
  ];
}

function prepending(): ScenarioCase[] {
  return [
    ...DICT_KINDS.map((kind) =>
      caseOf(
        `prepended-${slugOf(kind)}`,
        ['HKS-4'],
        [],
        [
          ...begin(kind),
          logging(kind, 'first'),
          logging(kind, 'before', { options: { prepend: true } }),
          logging(kind, 'last'),
          logging(kind, 'foremost', { options: { prepend: true } }),
          trigger(kind),
          unhook('before'),
          trigger(kind),
        ],
      ),
    ),
    ...STEP_KINDS.map((kind) =>
      caseOf(
        `prepended-${slugOf(kind)}`,
        ['HKS-4'],
        ['errors', 'messages'],
        [optimizer(), logging(kind, 'first'), logging(kind, 'refused', { options: { prepend: true } }), train(1)],
      ),
    ),
  ];
}

function uncallable(): ScenarioCase[] {
  const values = { number: 5, text: 'hook', none: null } as const;
  return KINDS.flatMap((kind, i) =>
    Object.entries(values)
      // Every kind with a number, the first with the others too.
      .filter(([name]) => name === 'number' || i === 0)
      .map(([name, value]) =>
        caseOf(
          `${name}-as-${slugOf(kind)}`,
          ['HKS-14'],
          ['errors', 'messages'],
          [
            ...begin(kind),
            logging(kind, 'first'),
            hook(kind, value, { as: 'no_function' }),
            logging(kind, 'last'),
            trigger(kind),
            unhook('no_function'),
            trigger(kind, 1),
          ],
        ),
      ),
  );
}
