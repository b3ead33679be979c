/**
 * Learning rates that are tensors: of one element, of several, negative ones.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  clone,
  grad,
  groupOf,
  GROUPS,
  groups,
  look,
  optimizer,
  type Options,
  plain,
  read,
  same,
} from '../small.ts';
import { set, STATE, step, train } from '../small.ts';

/** Group `lr-tensor`. */
export function lrTensor(): Group {
  const rates = {
    ...{ zero_d: plain([], [0.1]), one: plain([1], [0.1]), one_one: plain([1, 1], [0.1]) },
    ...{ two: plain([2], [0.1, 0.2]) },
    ...{ negative: plain([], [-0.1]), negative_one: plain([1], [-0.1]), negative_one_one: plain([1, 1], [-0.1]) },
    ...{ negative_two: plain([2], [-0.1, 0.2]), minus: plain([], [-1]) },
    ...{ nan: plain([], [NaN]), zero: plain([], [-0]), inf: plain([], [Infinity]) },
    ...{ clone: clone([3]) },
    rate: { ...plain([], [0.1]), parameter: true as const },
  };
  return groupOf(
    ['errors', 'lr-tensor', 'learning rates that are tensors'],
    [...constructed(), ...stepped(), ...changing(), ...recorded()],
    rates,
  );
}

function constructed(): readonly ScenarioCase[] {
  const refused = ['negative', 'negative_one', 'negative_one_one', 'negative_two', 'minus', 'nan', 'two'];
  const accepted = ['zero_d', 'one', 'one_one', 'zero', 'inf', 'rate'];
  return [
    ...refused.map((name) =>
      caseOf(`refused-${slug(name)}`, ['OPT-4', 'OPT-3'], ['errors'], [optimizer({ lr: `$${name}` })]),
    ),
    caseOf('refused-two-before-eps', ['OPT-4', 'OPT-3'], ['errors', 'messages'], [optimizer({ lr: '$two', eps: -1 })]),
    ...accepted.map((name) =>
      caseOf(
        `accepted-${slug(name)}`,
        ['OPT-4'],
        [],
        [optimizer({ lr: `$${name}` }), GROUPS, same(['opt', 'defaults', 'lr'], [`$${name}`])],
      ),
    ),
  ];
}

/** In 2.1 a tensor with dimensions is refused by the update. */
function stepped(): readonly ScenarioCase[] {
  const momentum = { momentum: 0.9 };
  const cases: readonly (readonly [name: string, options: Options])[] = [
    ...['zero_d', 'one'].flatMap((name) =>
      [{}, momentum].flatMap((own) => [false, true].map((foreach) => [name, { ...own, foreach }] as const)),
    ),
    ['one_one', { foreach: false }],
    ['one_one', { ...momentum, foreach: true }],
  ];
  return cases.map(([name, options]) => {
    const flags = Object.entries(options).flatMap(([option, value]) => (value ? [option] : []));
    const program = [optimizer({ lr: `$${name}`, ...options }), train(2), read('w', 'b', name), STATE];
    return caseOf(['step', slug(name), ...flags].join('+'), ['OPT-4', 'RMS-9'], ['errors', 'state'], program);
  });
}

/** The number is read at each step: here another optimizer writes it. */
function changing(): readonly ScenarioCase[] {
  const other = { op: 'optimizer', as: 'other', params: ['$rate'], options: { lr: 0.01 } } as const;
  const move: Op = { op: 'step', optimizer: 'other' };
  const program = [optimizer({ lr: '$rate' }), other, train(1), grad('rate', [1]), move, read('rate')];
  const place = look('opt', 'param_groups', 0, 'lr');
  const two = [train(1), set('lr', '$two'), train(1, { after: 1 }), read('w', 'b'), STATE];
  return [
    caseOf('read-at-each-step', ['OPT-4', 'RMS-10'], [], [...program, train(1, { after: 1 })]),
    caseOf('in-group', ['OPT-4', 'GRP-4'], [], [optimizer({}, groups({ lr: '$zero_d' }, {})), train(2), place]),
    caseOf('in-group-negative', ['OPT-4', 'GRP-4'], [], [optimizer({}, groups({ lr: '$negative' })), train(2)]),
    caseOf('set-two', ['OPT-4', 'GRP-4', 'ERR-7'], ['errors', 'state'], [optimizer(), ...two]),
    caseOf(
      'set-two+momentum',
      ['OPT-4', 'GRP-4', 'ERR-7'],
      ['errors', 'state'],
      [optimizer({ momentum: 0.9 }), ...two],
    ),
  ];
}

/** With grad mode on the number of a tensor that requires grad is not read. */
function recorded(): readonly ScenarioCase[] {
  const flags: readonly Options[] = [{}, { momentum: 0.9 }];
  return flags.flatMap((own) =>
    ['rate', 'zero_d'].map((name) =>
      caseOf(
        ['differentiable', slug(name), ...Object.keys(own)].join('+'),
        ['OPT-4', 'GRD-1'],
        ['errors'],
        [
          optimizer({ lr: `$${name}`, differentiable: true, ...own }, ['$clone']),
          ...[grad('clone', [0.5]), step(), read('clone'), STATE],
        ],
      ),
    ),
  );
}

function slug(name: string): string {
  return name.replaceAll('_', '-');
}
