/**
 * The defaults, options that a group has of its own, and which of them a step uses.
 */
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, DEFAULTS, dict, float, groupOf, GROUPS, groups, optimizer, read, STATE, train } from '../small.ts';
import type { Options } from '../small.ts';
import { OWN } from './own.ts';

/** An optimizer's options, and those of a group that turn them off. */
const OFF: readonly (readonly [id: string, common: Options, own: Options, ...clauses: string[]])[] = [
  ['weight_decay', { weight_decay: 0.1 }, { weight_decay: 0 }, 'RMS-4'],
  ['momentum', { momentum: 0.9 }, { momentum: 0 }, 'RMS-8', 'STA-4'],
  ['centered', { centered: true }, { centered: false }, 'RMS-6', 'STA-4'],
  ['maximize', { maximize: true }, { maximize: false }, 'RMS-2'],
  ['foreach', { foreach: true }, { foreach: null }, 'RMS-12'],
];

/** Group `options`. */
export function options(): Group {
  return groupOf(
    ['groups', 'options', 'defaults, options of a group, and which of them a step uses'],
    [...looks(), ...OWN.map((row) => own(...row)), ...OFF.map((row) => off(...row)), ...refused()],
  );
}

function looks(): readonly ScenarioCase[] {
  const everything = {
    ...{ maximize: true, foreach: false, weight_decay: 0.1, centered: true },
    ...{ eps: 1e-6, alpha: 0.9, momentum: 0.5, lr: 0.1 },
  };
  const orders = [dict({ eps: 0.5, lr: 0.1, params: ['$w'] }), dict({ maximize: true, params: ['$b'], alpha: 0.5 })];
  const unknown = [dict({ name: 'first', params: ['$w'], scale: [1, null] }), dict({ params: ['$b'] })];
  const odd = { lr: -0.1, momentum: -0.5, alpha: float('nan'), eps: null, weight_decay: '0.1' };
  return [
    caseOf('defaults', ['OPT-1', 'GRP-3'], [], [optimizer(), DEFAULTS, GROUPS]),
    caseOf('all-given', ['OPT-1', 'GRP-3'], [], [optimizer(everything), DEFAULTS, GROUPS]),
    caseOf('override', ['GRP-4', 'GRP-6'], [], [optimizer({ lr: 0.2 }, groups({ lr: 0.1 }, {})), DEFAULTS, GROUPS]),
    caseOf('own-order', ['GRP-3'], [], [optimizer({}, orders), GROUPS]),
    caseOf('unknown-keys', ['GRP-3'], [], [optimizer({}, unknown), GROUPS, train(1), GROUPS]),
    caseOf('not-validated', ['GRP-4'], [], [optimizer({}, groups(odd, {})), GROUPS]),
  ];
}

function own(id: string, entries: Options, ...clauses: readonly string[]): ScenarioCase {
  const program = [optimizer({}, groups(entries, {})), train(3), STATE];
  return caseOf(`own-${id}`, ['GRP-4', ...clauses], ['state'], program);
}

function off(id: string, common: Options, entries: Options, ...clauses: readonly string[]): ScenarioCase {
  const program = [optimizer(common, groups({}, entries)), train(3), STATE];
  return caseOf(`not-${id}`, ['GRP-4', ...clauses], ['state'], program);
}

/** Options of a group that only a step refuses: the first of the groups is updated by then. */
function refused(): readonly ScenarioCase[] {
  const cases: readonly (readonly [id: string, common: Options, first: Options, last: Options, ...string[]])[] = [
    // The grad mode comes from the defaults, so a leaf is refused whatever its group says.
    ['not-differentiable', { differentiable: true }, { differentiable: false }, {}, 'GRD-1', 'GRD-2'],
    ['own-foreach+differentiable', {}, {}, { foreach: true, differentiable: true }, 'RMS-14', 'RMS-16'],
    ['own-capturable', {}, {}, { capturable: true }, 'RMS-15', 'RMS-16', 'GRP-3'],
  ];
  return cases.map(([id, common, first, last, ...clauses]) =>
    caseOf(id, clauses, ['errors'], [optimizer(common, groups(first, last)), train(1), read('w', 'b'), STATE]),
  );
}
