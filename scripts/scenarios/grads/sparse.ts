/**
 * Sparse gradients, which the step refuses.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import {
  caseOf,
  grad,
  gradOf,
  groupOf,
  groups,
  optimizer,
  type Options,
  read,
  sparse as sparseGrad,
} from '../small.ts';
import { STATE, step, train } from '../small.ts';

const W = sparseGrad('w', [0.5, 0]);
const B = sparseGrad('b', [0.5]);
const LOOKS: readonly Op[] = [read('w', 'b', 'c'), STATE];

/** Group `sparse`. */
export function sparse(): Group {
  const flags: readonly Options[] = [{}, { foreach: true }, { momentum: 0.9, centered: true }];
  return groupOf(
    ['grads', 'sparse', 'sparse gradients, which the step refuses'],
    [...flags.flatMap(refused), ...zeroed()],
  );
}

function refused(options: Options): readonly ScenarioCase[] {
  const id = (name: string): string => [name, ...Object.keys(options)].join('+');
  const three = optimizer(options, groups({}, {}, {}));
  const all: readonly Op[] = [grad('w', [0.5, -1]), B, grad('c', [1])];
  const needs = ['errors', 'state'] as const;
  return [
    caseOf(id('alone'), ['GAD-3'], needs, [optimizer(options, ['$w']), W, step(), ...LOOKS]),
    caseOf(id('after-dense'), ['GAD-3', 'STA-1'], needs, [
      optimizer(options, ['$w', '$b', '$c']),
      ...all,
      step(),
      ...LOOKS,
    ]),
    caseOf(id('with-state'), ['GAD-3', 'RMS-3'], needs, [
      optimizer(options, ['$w', '$b', '$c']),
      train(1),
      B,
      step(),
      ...LOOKS,
      train(1, { after: 1 }),
      STATE,
    ]),
    caseOf(id('in-second-group'), ['GAD-3', 'RMS-16'], needs, [three, ...all, step(), ...LOOKS]),
    caseOf(id('after-none'), ['GAD-3', 'RMS-1'], [...needs, 'none-gradients'], [optimizer(options), B, step(), STATE]),
  ];
}

function zeroed(): readonly ScenarioCase[] {
  const zeroGrad = (set_to_none: boolean): Op => ({ op: 'zero_grad', set_to_none });
  const clear = [optimizer(), W, zeroGrad(true), gradOf('w'), step(), STATE];
  const zero = [optimizer(), W, zeroGrad(false), step(), STATE];
  const zeroForeach = [optimizer({ foreach: true }), grad('b', [0.5]), W, zeroGrad(false), gradOf('b'), step(), STATE];
  return [
    caseOf('cleared', ['GAD-4', 'GAD-3'], [], clear),
    caseOf('zeroed', ['GAD-5', 'GAD-3'], ['errors'], zero),
    caseOf('zeroed+foreach', ['GAD-6', 'GAD-3'], ['errors'], zeroForeach),
  ];
}
