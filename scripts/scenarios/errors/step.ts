/**
 * What a step refuses: options that do not go together, and state that someone else has filled.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  clone,
  dict,
  edit,
  grad,
  groupOf,
  groups,
  look,
  optimizer,
  type Options,
  plain,
  read,
} from '../small.ts';
import { remove, STATE, step as stepOnce, train } from '../small.ts';

/** Group `step`. */
export function step(): Group {
  const state = {
    count: plain([], [4]),
    squares: plain([2], [1, 2]),
    buffer: plain([2], [0, 1]),
    one: plain([1], [1]),
    mean: plain([2], [0, 0.5]),
  };
  return groupOf(
    ['errors', 'step', 'options that a step refuses, and state that someone else has filled'],
    [...combinations(), ...prefilled(), ...countNoTensor()],
    { ...state, clone: clone([3]) },
  );
}

const LOOKS: readonly Op[] = [read('w', 'b'), STATE];

function combinations(): readonly ScenarioCase[] {
  const cases: readonly (readonly [id: string, options: Options, ...clauses: string[]])[] = [
    ['foreach+differentiable', { foreach: true, differentiable: true }, 'RMS-14'],
    [
      'foreach+differentiable+capturable',
      { foreach: true, differentiable: true, capturable: true },
      'RMS-14',
      'RMS-15',
    ],
    ['capturable', { capturable: true }, 'RMS-15'],
    ['capturable+foreach', { capturable: true, foreach: true }, 'RMS-15'],
    ['capturable+differentiable', { capturable: true, differentiable: true }, 'RMS-15', 'GRD-2'],
    ['differentiable', { differentiable: true }, 'GRD-2'],
  ];
  return cases.map(([id, options, ...clauses]) =>
    caseOf(
      id,
      [...clauses, 'ERR-1'],
      ['errors', 'state'],
      [
        // Twice: the refused step leaves state behind.
        ...[optimizer(options), train(1), ...LOOKS, train(1, { after: 1 }), ...LOOKS],
      ],
    ),
  );
}

/** State that is not empty is not completed. */
function prefilled(): readonly ScenarioCase[] {
  const all: Readonly<Record<string, Value>> = {
    ...{ step: '$count', square_avg: '$squares', momentum_buffer: '$buffer', grad_avg: '$mean' },
  };
  const flags: Options = { momentum: 0.9, centered: true };
  const but = (...names: readonly string[]): Options =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  const cases: readonly (readonly [id: string, options: Options, state: Options])[] = [
    ['other-key', {}, { note: 1 }],
    ['all-but-square_avg', flags, but('square_avg')],
    ['all-but-step', flags, but('step')],
    ['all-but-momentum_buffer', flags, but('momentum_buffer')],
    ['all-but-grad_avg', flags, but('grad_avg')],
    ['only-square_avg', flags, { square_avg: '$squares' }],
    ['only-step', flags, { step: '$count' }],
    ['without-buffers', flags, { step: '$count', square_avg: '$squares' }],
    ['only-what-is-used', {}, { step: '$count', square_avg: '$squares' }],
    ['more-than-is-used', {}, { ...all, note: 'x' }],
    ['another-order', flags, Object.fromEntries(Object.entries(all).reverse())],
    ['empty', flags, {}],
  ];
  return [
    ...cases.map(([id, options, state]) =>
      caseOf(
        `state-${id}`,
        ['ERR-5', 'STA-1'],
        ['errors', 'state'],
        [
          ...[optimizer(options, ['$b', '$w']), edit(['opt', 'state', '$w'], dict(state)), train(1)],
          ...[read('w', 'b', 'count', 'squares'), look('opt', 'state')],
        ],
      ),
    ),
    caseOf(
      'state-entry-removed',
      ['ERR-5'],
      ['errors', 'state'],
      [optimizer(), train(1), remove('opt', 'state', '$w', 'square_avg'), train(1, { after: 1 }), ...LOOKS],
    ),
    caseOf(
      'state-removed',
      ['ERR-5', 'STA-1'],
      ['state'],
      [optimizer(), train(2), remove('opt', 'state', '$w'), look('opt', 'state'), train(1, { after: 2 }), ...LOOKS],
    ),
    caseOf(
      'state-emptied',
      ['ERR-5', 'STA-1'],
      ['state'],
      [optimizer(), train(2), edit(['opt', 'state', '$w'], dict({})), train(1, { after: 2 }), ...LOOKS],
    ),
  ];
}

/** 2.13 wants a tensor, 2.1 a number. */
function countNoTensor(): readonly ScenarioCase[] {
  const number: Op = edit(['opt', 'state', '$w', 'step'], 7);
  const fill = edit(['opt', 'state', '$w'], dict({ step: '$count', square_avg: '$squares' }));
  const fillClone = edit(['opt', 'state', '$clone'], dict({ step: '$count', square_avg: '$one' }));
  const recorded = [
    ...[optimizer({ differentiable: true }, ['$clone']), fillClone, grad('clone', [0.5])],
    ...[stepOnce(), read('clone', 'count'), look('opt', 'state')],
  ];
  const own = optimizer({}, groups({ differentiable: true }));
  return [
    ...[false, true].map((foreach) =>
      caseOf(
        `count-number${foreach ? '+foreach' : ''}`,
        ['ERR-6'],
        ['errors', 'state'],
        [optimizer({ foreach }), train(1), number, train(1, { after: 1 }), ...LOOKS],
      ),
    ),
    caseOf(
      'count-number-without-gradient',
      ['ERR-6', 'RMS-1'],
      ['none-gradients'],
      [optimizer(), train(1), number, grad('w', null), stepOnce(), ...LOOKS],
    ),
    caseOf('count-tensor', ['ERR-6'], ['state'], [optimizer(), fill, train(2), read('count'), look('opt', 'state')]),
    // In 2.1 the group decides, not the defaults.
    caseOf('count-tensor+differentiable', ['ERR-6'], ['errors', 'state'], recorded),
    caseOf(
      'count-tensor+own-differentiable',
      ['ERR-6'],
      ['errors', 'state'],
      [own, fill, train(1), read('count'), look('opt', 'state')],
    ),
  ];
}
