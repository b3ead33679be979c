/**
 * Named parameters: pairs of a name and a tensor, and the key `param_names`.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, generator, groupOf, GROUPS, look, optimizer, type Options, setOf } from '../small.ts';
import { STATE, train, tuple } from '../small.ts';

const W = tuple('weight', '$w');
const B = tuple('bias', '$b');

/** Group `names`. */
export function names(): Group {
  return groupOf(['groups', 'names', 'named parameters'], [...accepted(), ...refused(), ...added()]);
}

function accepted(): readonly ScenarioCase[] {
  const params: Options = {
    list: [W, B],
    tuple: tuple(W, B),
    generator: generator(W, B),
    set: setOf(W),
    groups: [dict({ params: [W], lr: 0.1 }), dict({ momentum: 0.9, params: [B] })],
    'group-of-generator': [dict({ params: generator(W, B) })],
    repeated: [tuple('same', '$w'), tuple('same', '$b')],
    'no-text': [tuple(5, '$w'), tuple(null, '$b')],
    'more-items': [tuple('weight', '$w', 'x', 5), B],
    'over-key': [dict({ param_names: ['x'], params: [W, B] })],
    'key-alone': [dict({ params: ['$w', '$b'], param_names: ['weight', 'bias'] })],
    'key-unchecked': [dict({ params: ['$w', '$b'], param_names: 'x' })],
  };
  return [
    ...Object.entries(params).map(([id, own]) =>
      caseOf(id, ['OPT-7'], ['names'], [optimizer({}, own), GROUPS, train(2), STATE]),
    ),
    caseOf('saved', ['OPT-7'], [], [optimizer({}, [W, B]), train(1), { op: 'state_dict' }]),
  ];
}

function refused(): readonly ScenarioCase[] {
  const params: Options = {
    'first-only': [W, '$b'],
    'last-only': ['$w', B],
    'in-second-group': [dict({ params: ['$w'] }), dict({ params: [B] })],
    'not-in-second-group': [dict({ params: [W] }), dict({ params: ['$b'] })],
    'not-in-empty-group': [dict({ params: [W] }), dict({ params: [] })],
    'key-in-second-group': [dict({ params: ['$w'] }), dict({ params: ['$b'], param_names: ['bias'] })],
    'one-item': [tuple('weight')],
    'no-item': [tuple()],
    'one-item-and-partly': ['$b', tuple('weight')],
    swapped: [tuple('$w', 'weight')],
    'list-for-tuple': [['weight', '$w']],
    'no-tensor': [tuple('weight', 5)],
    'no-tensor-and-partly': [tuple('weight', 5), '$b'],
    'not-in-second-and-overlap': [dict({ params: [W] }), dict({ params: ['$w'] })],
    'not-in-second-and-duplicate': [dict({ params: [W] }), dict({ params: ['$b', '$b'] })],
    overlap: [dict({ params: [W] }), dict({ params: [tuple('other', '$w')] })],
  };
  return Object.entries(params).map(([id, own]) =>
    caseOf(id, ['OPT-7', 'GRP-2'], ['errors', 'names'], [optimizer({}, own)]),
  );
}

function added(): readonly ScenarioCase[] {
  const training = [optimizer({}, [W]), train(1), add({ params: [B], lr: 0.1 }), GROUPS, train(1, { after: 1 }), STATE];
  const looks = [look('group'), GROUPS];
  const clauses = ['OPT-7', 'GRP-7'];
  return [
    caseOf('added', ['OPT-7', 'GRP-3'], ['names'], training),
    caseOf('added-without', clauses, ['errors', 'names'], [optimizer({}, [W]), add({ params: ['$b'] }), ...looks]),
    caseOf(
      'added-one-item',
      clauses,
      ['errors', 'names'],
      [optimizer({}, ['$w']), add({ params: tuple(tuple('weight')) }), ...looks],
    ),
    caseOf('added-with', clauses, ['errors', 'names'], [optimizer({}, ['$w']), add({ params: [B] }), ...looks]),
    caseOf(
      'added-partly',
      clauses,
      ['errors', 'names'],
      [optimizer({}, [W]), add({ params: tuple(B, '$c') }), ...looks],
    ),
  ];
}
