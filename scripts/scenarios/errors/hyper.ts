/**
 * Hyper-parameters that the constructor refuses or accepts, in which order, and how it prints them.
 */
import type { Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, float, groupOf, GROUPS, optimizer, type Options, train } from '../small.ts';

/** In the order in which they are looked at. */
const CHECKED = ['lr', 'eps', 'momentum', 'weight_decay', 'alpha'] as const;

const REFUSED: Options = {
  '-1': -1,
  '-0.5': -0.5,
  nan: float('nan'),
  none: null,
  text: '0.1',
};

/** How numbers are printed; the same for every option. */
const PRINTED: Options = {
  '-inf': float('-inf'),
  '-2': -2,
  '-0.1': -0.1,
  '-1e-8': -1e-8,
  '-1.5e-7': -1.5e-7,
  '-0.0001': -0.0001,
  '-0.00001': -0.00001,
  '-123456.75': -123456.75,
  '-1e15': -1e15,
  '-1e16': -1e16,
  '-5e-324': -5e-324,
};

const ACCEPTED: Options = {
  '0': 0,
  '-0.0': float('-0.0'),
  inf: float('inf'),
  '2': 2,
  '1e10': 1e10,
};

/** Python's booleans are numbers, though not to every operation of a step. */
const BOOLEANS: Options = { true: true, false: false };

/** Group `hyper`. */
export function hyper(): Group {
  return groupOf(
    ['errors', 'hyper', 'hyper-parameters that the constructor refuses or accepts'],
    [
      ...CHECKED.flatMap((option) => entries(REFUSED).map(([id, value]) => refused(option, id, value))),
      ...entries(PRINTED).map(([id, value]) => refused('lr', id, value)),
      ...CHECKED.flatMap((option) => entries(ACCEPTED).map(([id, value]) => accepted(option, id, value))),
      ...CHECKED.flatMap((option) => entries(BOOLEANS).map(([id, value]) => boolean(option, id, value))),
      ...order(),
      ...keywords(),
    ],
  );
}

function entries(values: Options): readonly (readonly [id: string, value: Value])[] {
  // JavaScript puts keys that are integers first.
  return Object.entries(values);
}

function refused(option: string, id: string, value: Value): ScenarioCase {
  const compared = typeof value === 'number' || (typeof value === 'object' && value !== null && '$float' in value);
  return caseOf(
    `${option}=${id}`,
    ['OPT-3', compared ? 'ERR-2' : 'ERR-3'],
    ['errors'],
    [optimizer({ [option]: value })],
  );
}

function accepted(option: string, id: string, value: Value): ScenarioCase {
  return caseOf(`accepted-${option}=${id}`, ['OPT-3'], [], [optimizer({ [option]: value }), GROUPS, train(1)]);
}

function boolean(option: string, id: string, value: Value): ScenarioCase {
  return caseOf(`accepted-${option}=${id}`, ['OPT-3'], [], [optimizer({ [option]: value }), GROUPS]);
}

/** Several wrong values at once: the first in the order of the checks is refused. */
function order(): readonly ScenarioCase[] {
  const wrong = Object.fromEntries(CHECKED.map((option, i) => [option, -1 - i]));
  const from = (option: string): Options =>
    Object.fromEntries(Object.entries(wrong).slice(CHECKED.findIndex((other) => other === option)));
  // Written down the other way round: the order of the keywords has no part in it.
  const reversed = (options: Options): Options => Object.fromEntries(Object.entries(options).reverse());
  const cases: readonly (readonly [id: string, options: Options, params?: Value])[] = [
    ...CHECKED.map((option) => [`first-${option}`, reversed(from(option))] as const),
    ['none-before-negative', { momentum: null, alpha: -1 }],
    ['negative-before-none', { momentum: -1, alpha: null }],
    ['before-params-none', { momentum: -1 }, null],
    ['before-params-empty', { alpha: -1 }, []],
    ['before-params-no-tensor', { weight_decay: float('nan') }, [5]],
    ['before-params-tensor', { eps: -0.5 }, '$w'],
  ];
  return cases.map(([id, options, params]) =>
    caseOf(`order-${id}`, ['OPT-3'], ['errors', 'messages'], [optimizer(options, params)]),
  );
}

function keywords(): readonly ScenarioCase[] {
  const cases: readonly (readonly [id: string, options: Options, params?: Value])[] = [
    ['unknown', { foo: 1 }],
    ['unknown-none', { foo: null }],
    ['unknown-two', { foo: 1, bar: 2 }],
    ['unknown-before-values', { lr: -1, foo: 1 }],
    ['unknown-before-params', { foo: 1 }, null],
    ['unknown-fused', { fused: true }],
    ['capturable', { capturable: true }],
    ['capturable-false', { capturable: false }],
    ['capturable-before-values', { lr: -1, capturable: true }],
  ];
  return cases.map(([id, options, params]) =>
    caseOf(`keyword-${id}`, ['OPT-2'], id.startsWith('capt') ? [] : ['errors'], [optimizer(options, params)]),
  );
}
