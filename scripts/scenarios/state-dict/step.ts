/**
 * What loading makes of `step`.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Need } from '../../../src/scenario/needs.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, edit, fresh, groupOf, load, look, optimizer, plain, read } from '../tiny.ts';
import { save, state, train, train2 } from '../tiny.ts';
import { edited } from './edited.ts';

/** Group `step`. */
export function step(): Group {
  const tensors = { step64: plain([], [2], 'float64'), step32: plain([], [2]), one: plain([1], [2]) };
  return groupOf(['state_dict', 'step', 'files with a step of every kind'], cases(), { tensors });
}

/** Loads `value` as the step of the first parameter, trains, and looks where nothing unsteady is to be seen. */
function stepOf(id: string, value: Value, needs: readonly Need[] = [], edits: readonly Op[] = []): ScenarioCase {
  const text = typeof value === 'string' && !value.startsWith('$');
  // A text becomes that of a generator, with an address in it.
  const looks = text ? [look('fresh', 'state', '$b2')] : [look('fresh', 'state')];
  const clauses = edits.length ? ['LSD-14'] : ['LSD-15', 'LSD-14'];
  return caseOf(id, clauses, needs, [
    ...edited(edit(['saved', 'state', 0, 'step'], value), ...edits),
    ...looks,
    train2(1, { after: 1 }),
    ...looks,
    read('w2', 'b2', ...(typeof value === 'string' && !text ? [value.slice(1)] : [])),
  ]);
}

function cases(): ScenarioCase[] {
  const throws = ['errors', 'messages'] as const;
  const option = (name: string, value: Value): Op => edit(['saved', 'param_groups', 0, name], value);
  const capturable = ['capturable', ...throws] as const;
  return [
    stepOf('int', 3),
    stepOf('fraction', 3.7),
    stepOf('true', true),
    stepOf('negative', -1),
    stepOf('nan', { $float: 'nan' }),
    stepOf('huge', 2 ** 24 + 1),
    stepOf('none', null, throws),
    stepOf('text', 'three', throws),
    stepOf('text-of-a-number', '3', throws),
    stepOf('list', [3], throws),
    stepOf('float64-tensor', '$step64', ['float32', 'float64']),
    stepOf('tensor-of-one-element', '$one'),
    stepOf('capturable', '$step64', ['float32', 'float64', ...capturable], [option('capturable', true)]),
    stepOf('capturable-float32', '$step32', capturable, [option('capturable', true)]),
    stepOf('capturable-int', 3, capturable, [option('capturable', true)]),
    stepOf('capturable-truthy', '$step64', ['float32', 'float64', ...capturable], [option('capturable', 'yes')]),
    stepOf('capturable-falsy', '$step64', ['float32', 'float64', 'capturable'], [option('capturable', 0)]),
    stepOf('fused', '$step64', ['float32', 'float64'], [option('fused', true)]),
    stepOf('fused-false', '$step64', ['float32', 'float64'], [option('fused', false)]),
    caseOf(
      'capturable-of-the-loading-optimizer',
      ['LSD-14', 'LSD-2'],
      ['float32', 'float64', 'capturable'],
      [
        optimizer(),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'step'], '$step64'),
        fresh({ capturable: true }),
        load('fresh'),
        look('fresh', 'state'),
        look('fresh', 'param_groups', 0, 'capturable'),
      ],
    ),
    caseOf(
      'capturable-of-another-group',
      ['LSD-14'],
      ['float32', 'float64', 'capturable'],
      [
        optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'step'], '$step64'),
        edit(['saved', 'state', 1, 'step'], '$step64'),
        edit(['saved', 'param_groups', 1, 'capturable'], true),
        fresh({}, [dict({ params: ['$w2'] }), dict({ params: ['$b2'] })]),
        load('fresh'),
        look('fresh', 'state'),
      ],
    ),
    caseOf(
      'capturable-of-the-first-group-with-the-id',
      ['LSD-14'],
      ['float32', 'float64', 'capturable'],
      [
        optimizer({}, [dict({ params: ['$w'] }), dict({ params: ['$b'] })]),
        train(1),
        save(),
        edit(['saved', 'state', 0, 'step'], '$step64'),
        edit(['saved', 'param_groups', 1, 'params'], [0]),
        edit(['saved', 'param_groups', 1, 'capturable'], true),
        fresh({}, [dict({ params: ['$b2'] }), dict({ params: ['$w2'] })]),
        load('fresh'),
        look('fresh', 'state'),
      ],
    ),
    caseOf(
      'steps-replaced-by-numbers',
      ['LSD-15', 'LSD-1'],
      ['state'],
      [
        ...edited(edit(['saved', 'state', 0, 'step'], 1), edit(['saved', 'state', 1, 'step'], 1)),
        state('fresh'),
        train2(2, { after: 1 }),
        state('fresh'),
      ],
    ),
    caseOf(
      'file-not-migrated',
      ['LSD-15', 'LSD-10'],
      [],
      [...edited(edit(['saved', 'state', 0, 'step'], 3)), train2(1, { after: 1 }), look('saved', 'state', 0, 'step')],
    ),
  ];
}
