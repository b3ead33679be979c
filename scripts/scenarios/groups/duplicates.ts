/**
 * A tensor that stands in its group twice: a warning, two updates, and one id in a state dict.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { add, caseOf, dict, groupOf, GROUPS, look, optimizer, type Options, STATE, train } from '../small.ts';

/** Group `duplicates`. */
export function duplicates(): Group {
  const flags: readonly Options[] = [{}, { momentum: 0.9 }, { centered: true, weight_decay: 0.1 }];
  return groupOf(
    ['groups', 'duplicates', 'a tensor that stands in its group twice'],
    [
      ...warnings(),
      ...flags.flatMap((own) => [false, true].map((foreach) => twice({ ...own, foreach }, ['$w', '$w']))),
      ...[false, true].map((foreach) => twice({ foreach }, ['$w', '$b', '$w'])),
      ...ids(),
    ],
  );
}

function warnings(): readonly ScenarioCase[] {
  const groups = [dict({ params: ['$w'] }), dict({ params: ['$b', '$c', '$b'] })];
  const both = ['errors', 'messages'] as const;
  return [
    caseOf('warning', ['GRP-8'], ['messages'], [optimizer({}, ['$w', '$w']), GROUPS]),
    caseOf('warning-of-group', ['GRP-8'], ['messages'], [optimizer({}, groups), GROUPS]),
    caseOf('warning-of-added', ['GRP-8'], ['messages'], [optimizer(), add({ params: ['$c', '$c'] }), look('group')]),
    caseOf('warning-before-error', ['GRP-8', 'GRP-2'], both, [optimizer(), add({ params: ['$w', '$w'] }), GROUPS]),
  ];
}

function twice(options: Options, params: readonly string[]): ScenarioCase {
  const names = Object.entries(options).flatMap(([name, value]) => (value ? [name] : []));
  const id = [params.length > 2 ? 'around' : 'twice', ...names].join('+');
  return caseOf(id, ['GRP-8', 'RMS-12', 'RMS-3'], ['state'], [optimizer(options, params), train(2), STATE]);
}

function ids(): readonly ScenarioCase[] {
  const params: Options = {
    two: ['$w', '$w'],
    around: ['$w', '$b', '$w'],
    groups: [dict({ params: ['$w', '$w'] }), dict({ params: ['$b'] })],
  };
  return Object.entries(params).map(([id, own]) =>
    caseOf(`ids-${id}`, ['SDT-4'], [], [optimizer({}, own), train(1), { op: 'state_dict' }]),
  );
}
