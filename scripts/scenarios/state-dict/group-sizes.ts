/**
 * Files of several groups, one of which has another number of parameters, and a file with negative squares.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, edit, fresh, groupOf, load, look, optimizer, parameter, plain, read } from '../tiny.ts';
import { type Options, save, state, train, train2 } from '../tiny.ts';

/** Groups `group-sizes` and `negative-squares`. */
export function groupSizes(): Group[] {
  const more = Object.fromEntries(['c', 'd', 'e', 'c2', 'd2', 'e2'].map((name) => [name, parameter([0.25])]));
  return [
    groupOf(
      ['state_dict', 'group-sizes', 'several groups, one of another number of parameters than its own of the file'],
      [
        sized('second-larger-in-the-file', [['w2'], ['b2', 'c2']], [['w'], ['b']]),
        sized('second-smaller-in-the-file', [['w2'], ['b2']], [['w'], ['b', 'c']]),
        sized('first-of-two', [['w2', 'c2'], ['b2']], [['w'], ['b']]),
        sized('middle-of-three', [['w2'], ['b2', 'c2'], ['d2']], [['w'], ['b'], ['d']]),
        sized('last-of-three', [['w2'], ['b2'], ['c2', 'd2']], [['w'], ['b'], ['c']]),
        sized('last-two-exchanged', [['w2'], ['b2'], ['c2', 'd2']], [['w'], ['b', 'c'], ['d']]),
        sized('none-in-the-second', [['w2'], ['b2']], [['w'], []]),
      ],
      { tensors: more },
    ),
    groupOf(
      ['state_dict', 'negative-squares', 'a file whose squares are negative'],
      [{}, { momentum: 0.9 }].flatMap((own) => [
        negative({ ...own, centered: true }),
        negative({ ...own, centered: true, foreach: true }),
        negative(own),
      ]),
      { tensors: { negative: plain([2], [-64, -0.5]) } },
    ),
  ];
}

/** Trains and saves groups, loads them into others, and goes on with what the refusal left. */
function sized(id: string, from: readonly (readonly string[])[], to: readonly (readonly string[])[]): ScenarioCase {
  const groups = (lists: readonly (readonly string[])[]): Value =>
    lists.map((names) => dict({ params: names.map((name) => `$${name}`) }));
  return caseOf(
    id,
    ['LSD-3', 'LSD-17'],
    ['errors', 'messages'],
    [
      ...[fresh({}, groups(from)), train2(1), save('fresh'), optimizer({ lr: 0.5 }, groups(to)), train(1), load()],
      ...[look('opt', 'param_groups'), look('opt', 'state'), train(1, { after: 1 })],
    ],
  );
}

/** No NaN comes of loading; the next step makes it. */
function negative(options: Options): ScenarioCase {
  const ops: Op[] = [
    ...[optimizer(options), train(2), save(), edit(['saved', 'state', 0, 'square_avg'], '$negative')],
    ...[fresh(options), load('fresh'), state('fresh'), train2(2, { after: 2 }), read('w2', 'b2'), state('fresh')],
  ];
  return caseOf(Object.keys(options).join('+') || 'plain', ['LSD-1', 'LSD-18', 'RMS-17'], ['state'], ops);
}
