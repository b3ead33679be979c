/**
 * Gradients of zeros, which are gradients all the same, and gradients that are not finite.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, grad, groupOf, optimizer, type Options, read, STATE, step, train } from '../small.ts';
import { BOTH_PATHS } from './flags.ts';

const ZEROS: readonly Op[] = [grad('w', [0, -0]), grad('b', [0])];
const LOOKS: readonly Op[] = [read('w', 'b'), STATE];

/** Group `zero`. */
export function zero(): Group {
  return groupOf(
    ['grads', 'zero', 'gradients of zeros, and gradients that are not finite'],
    [
      ...BOTH_PATHS.flatMap((row) => zeros(...row)),
      ...[{}, { foreach: true }, { momentum: 0.9 }, { centered: true }, { weight_decay: 0.1 }].map(withoutEps),
      ...[NaN, Infinity, -Infinity].flatMap(notFinite),
    ],
  );
}

function zeros(id: string, options: Options): readonly ScenarioCase[] {
  const clauses = ['RMS-1', 'GAD-1'];
  return [
    caseOf(`first-${id}`, clauses, ['state'], [optimizer(options), ...ZEROS, step(), ...LOOKS]),
    caseOf(`later-${id}`, clauses, ['state'], [optimizer(options), train(2), ...ZEROS, step(), step(), ...LOOKS]),
  ];
}

/** 0 / 0. */
function withoutEps(options: Options): ScenarioCase {
  const id = ['eps=0', ...Object.keys(options)].join('+');
  const program = [optimizer({ eps: 0, ...options }), ...ZEROS, step(), ...LOOKS, train(1), STATE];
  return caseOf(id, ['GAD-1', 'RMS-7'], ['state'], program);
}

function notFinite(number: number): readonly ScenarioCase[] {
  const name = String(number).replace('Infinity', 'inf').toLowerCase();
  return [{}, { momentum: 0.9 }].map((options) =>
    caseOf(
      [name, ...Object.keys(options)].join('+'),
      ['GAD-2'],
      ['state'],
      [optimizer(options), train(1), grad('w', [number, 1]), step(), ...LOOKS, train(1), ...LOOKS],
    ),
  );
}
