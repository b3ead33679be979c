/**
 * Weight decay: integral, huge, too small for the dtype, and what only a group that was changed later can hold.
 */
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bothPaths, caseOf, group, type Options, set, slug, STATE, train } from './case.ts';
import { catchesOf, KIND_NAMES, KIND_STEPS, kindGradients, kinds } from './kinds.ts';

const FLAGS: readonly Options[] = [{}, { momentum: 0.9, centered: true, maximize: true }];

/** Group `weight-decay`. */
export function weightDecay(dtype: FloatingDType): Group {
  const flags = FLAGS.flatMap(bothPaths);
  return group(dtype, 'weight-decay', 'values of weight_decay, integral, huge, and negative later', {
    ...{ tensors: kinds(dtype), gradients: { kinds: kindGradients(dtype) } },
    cases: [
      ...[1, 1e-50, 1e30].flatMap((value) => flags.map((own) => constant(dtype, value, own))),
      ...[-0.1, -1].flatMap((value) => flags.map((own) => later(dtype, value, own))),
    ],
  });
}

function constant(dtype: FloatingDType, weight_decay: number, own: Options): ScenarioCase {
  const options = { weight_decay, ...own };
  const ops = [train('kinds', KIND_STEPS, { params_at: [2, KIND_STEPS] }), STATE];
  return caseOf(dtype, KIND_NAMES, options, ops, { catches: catchesOf(options, true) });
}

function later(dtype: FloatingDType, value: number, own: Options): ScenarioCase {
  const options = { weight_decay: 0.1, ...own };
  const ops = [
    train('kinds', 2, { params_at: [2] }),
    set('weight_decay', value),
    train('kinds', KIND_STEPS - 2, { after: 2, params_at: [KIND_STEPS] }),
  ];
  return caseOf(dtype, KIND_NAMES, options, ops, {
    id: slug(own, `later=${value}`),
    clauses: ['RMS-10', 'OPT-3'],
    needs: ['lr-change'],
    catches: catchesOf(options, false),
  });
}
