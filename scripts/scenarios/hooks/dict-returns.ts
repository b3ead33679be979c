/**
 * What hooks of state dicts return: used, ignored, or refused.
 */
import type { Behaviour, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, groupOf, hook, load, logging, look, optimizer, save, state, train } from '../tiny.ts';

const THROWS = ['errors', 'messages'] as const;

/** Group `returns-of-dicts`. */
export function dictReturns(): Group {
  return groupOf(['hooks', 'returns-of-dicts', 'what hooks of state dicts return'], cases());
}

function cases(): ScenarioCase[] {
  const values: Readonly<Record<string, Value>> = {
    ...{ number: 5, false: false, text: 'state', list: [1], 'empty-dict': dict(), dict: dict({ other: 1 }) },
    none: null,
  };
  const post = (id: string, ...does: readonly (readonly Behaviour[])[]): ScenarioCase =>
    caseOf(
      id,
      ['HKS-10'],
      [],
      [
        optimizer(),
        train(1),
        ...does.map((own, i) => hook('state_dict_post', own, { as: `hook${i}` })),
        save(),
        save('opt', 'again'),
      ],
    );
  const pre = (id: string, throws: boolean, ...does: readonly (readonly Behaviour[])[]): ScenarioCase =>
    caseOf(id, ['HKS-11'], throws ? THROWS : [], [
      optimizer(),
      train(1),
      save(),
      ...does.map((own, i) => hook('load_state_dict_pre', own, { as: `hook${i}` })),
      logging('load_state_dict_post'),
      load(),
      look('opt', 'param_groups'),
      state(),
      look('saved'),
    ]);
  const groups = [dict({ params: ['a', 'b'], lr: 0.25 })];
  return [
    ...Object.entries(values).map(([name, value]) =>
      post(`state-dict-post-${name}`, [{ return: value }], [{ log: 'next' }]),
    ),
    post('state-dict-post-copy', [{ return_copy: { lr: 0.5, note: 'x' } }], [{ log: 'next' }]),
    post('state-dict-post-replaced-twice', [{ return: dict({ first: 1 }) }], [{ edit: { at: ['second'], value: 2 } }]),
    ...['number', 'dict'].map((name) =>
      caseOf(
        `state-dict-pre-${name}`,
        ['HKS-10'],
        [],
        [
          optimizer(),
          hook('state_dict_pre', [{ return: values[name]! }], { as: 'first' }),
          logging('state_dict_pre', 'next'),
          save(),
        ],
      ),
    ),
    ...Object.entries(values).map(([name, value]) =>
      pre(`load-pre-${name}`, name !== 'none', [{ return: value }], [{ log: 'next' }]),
    ),
    pre('load-pre-whole-file', false, [{ return: dict({ state: dict(), param_groups: groups }) }], [{ log: 'next' }]),
    pre('load-pre-copy', false, [{ return_copy: { lr: 0.5 } }], [{ log: 'next' }]),
    pre('load-pre-copy-then-none', false, [{ return_copy: { lr: 0.5 } }], [{ return: null }]),
    pre('load-pre-copied-twice', false, [{ return_copy: { lr: 0.5, eps: 0.5 } }], [{ return_copy: { lr: 0.25 } }]),
    caseOf(
      'load-post-number',
      ['HKS-12'],
      [],
      [
        optimizer(),
        save(),
        hook('load_state_dict_post', [{ return: 5 }], { as: 'first' }),
        logging('load_state_dict_post', 'next'),
        load(),
      ],
    ),
  ];
}
