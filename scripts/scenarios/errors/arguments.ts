/**
 * Arguments of the constructor that do not fit its signature.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { caseOf, groupOf, GROUPS, optimizer, type Options } from '../small.ts';

const W: Value = ['$w'];

/** With parameters in front. */
const KEYWORDS: Readonly<Record<string, Options>> = {
  params: { params: W },
  self: { self: 1 },
  'params-before-unknown': { params: W, foo: 1 },
  'unknown-before-params': { foo: 1, params: W },
  'self-before-params': { self: 1, params: W },
  'unknown-before-self': { foo: 1, self: 1 },
  'unknown-before-another': { bar: 1, foo: 1 },
  'params-before-values': { lr: -1, params: W },
  'before-no-parameters': { self: 1, lr: -1 },
};

/** Without. */
const ALONE: Readonly<Record<string, Options>> = {
  nothing: {},
  'missing-before-values': { lr: -1 },
  'unknown-before-missing': { lr: -1, foo: 1 },
  'self-before-missing': { self: 1 },
  'params-by-name': { params: W },
  'params-by-name-among-options': { lr: 0.5, params: W, momentum: 0.9 },
  'none-by-name': { params: null },
};

/** Group `arguments`. */
export function argumentsOf(): Group {
  const without = (options: Options, rest: Pick<Op & { op: 'optimizer' }, 'class'> = {}): Op => ({
    op: 'optimizer',
    options,
    ...rest,
  });
  const needs = ['errors', 'messages', 'bookkeeping'] as const;
  return groupOf(
    ['errors', 'arguments', 'arguments of the constructor that do not fit its signature'],
    [
      ...Object.entries(KEYWORDS).map(([id, options]) =>
        caseOf(`keyword-${id}`, ['OPT-2'], needs, [optimizer(options, id === 'before-no-parameters' ? null : W)]),
      ),
      ...Object.entries(ALONE).map(([id, options]) => caseOf(id, ['OPT-2'], needs, [without(options), GROUPS])),
      caseOf('nothing-for-subclass', ['OPT-2'], needs, [without({}, { class: { name: 'Mine' } })]),
      caseOf('nothing-for-base', ['OPT-2', 'GRP-13'], needs, [
        without({}, { class: 'Optimizer' }),
        without({ lr: 0.1 }, { class: 'Optimizer' }),
      ]),
    ],
  );
}
