/**
 * Groups that lack a key at the step.
 */
import type { Need } from '../../../src/scenario/needs.ts';
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, dict, groupOf, groups, optimizer, read, remove, set, STATE, step, train } from '../small.ts';

const DEFAULTS = {
  ...{ lr: 0.01, momentum: 0, alpha: 0.99, eps: 1e-8, centered: false, weight_decay: 0 },
  ...{ capturable: false, foreach: null, maximize: false, differentiable: false },
};
const KEYS = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];
const LOOKS: readonly Op[] = [read('w', 'b'), STATE];

/** Group `keys`. */
export function keys(): Group {
  return groupOf(
    ['errors', 'keys', 'groups that lack a key at the step'],
    [
      ...[...KEYS, 'params'].map((key) =>
        caseOf(
          `without-${key}`,
          clausesOf(key),
          ['errors', 'state', ...featuresOf(key)],
          [optimizer({}, groups({}, {})), remove('opt', 'param_groups', 1, key), train(1), ...LOOKS],
        ),
      ),
      // With a gradient in no tensor most keys are read all the same.
      ...[...KEYS, 'params'].map((key) =>
        caseOf(
          `without-${key}-or-gradients`,
          clausesOf(key),
          ['errors', 'none-gradients', ...featuresOf(key)],
          [optimizer(), remove('opt', 'param_groups', 0, key), step(), STATE],
        ),
      ),
      ...KEYS.map((key) =>
        caseOf(
          `without-${key}-later`,
          clausesOf(key),
          ['errors', 'state', ...featuresOf(key)],
          [
            ...[optimizer({ momentum: 0.9, centered: true }), train(1), remove('opt', 'param_groups', 0, key)],
            ...[train(1, { after: 1 }), ...LOOKS],
          ],
        ),
      ),
      caseOf(
        'momentum-given-back',
        ['ERR-4', 'ERR-5', 'STA-4'],
        ['errors', 'state'],
        [
          ...[optimizer(), remove('opt', 'param_groups', 0, 'momentum'), train(1), STATE],
          ...[set('momentum', 0.9), train(1), STATE, set('momentum', 0), train(1), STATE],
        ],
      ),
      caseOf(
        'without-lr-in-empty-group',
        ['ERR-4', 'GRP-5'],
        ['errors'],
        [optimizer({}, [...groups({}), dict({ params: [] })]), remove('opt', 'param_groups', 1, 'lr'), train(1), STATE],
      ),
      ...Object.entries(ORDERS).map(([id, keys]) => order(id, keys.split(' ') as (keyof typeof DEFAULTS)[])),
    ],
  );
}

/** Orders in which the keys are given back, each the one that was missed last, in one of the versions. */
const ORDERS: Readonly<Record<string, string>> = {
  'order-2.1': 'capturable momentum centered differentiable lr alpha eps weight_decay foreach maximize',
  'order-2.13': 'capturable momentum centered lr alpha eps weight_decay foreach maximize differentiable',
  'order-without-gradients': 'lr alpha eps weight_decay momentum centered foreach maximize differentiable capturable',
};

/** Without any key, then given back one after the other. */
function order(id: string, keys: readonly (keyof typeof DEFAULTS)[]): ScenarioCase {
  const gradients = id === 'order-without-gradients';
  const once = gradients ? step() : train(1);
  return caseOf(
    id,
    ['ERR-4'],
    ['errors', 'messages', ...(gradients ? (['none-gradients'] as const) : [])],
    [
      optimizer(),
      ...KEYS.map((key) => remove('opt', 'param_groups', 0, key)),
      ...[once, ...keys.flatMap((key): readonly Op[] => [set(key, DEFAULTS[key]), once]), STATE],
    ],
  );
}

function featuresOf(key: string): readonly Need[] {
  return key === 'capturable' ? ['capturable'] : [];
}

function clausesOf(key: string): readonly string[] {
  return ['ERR-4', ...(key === 'capturable' ? ['OPT-1'] : []), ...(key === 'params' ? [] : ['RMS-10'])];
}
