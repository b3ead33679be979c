/**
 * Weight decay: integral, huge, too small for the dtype, and what only a group that was changed later can hold.
 */
import type { DType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { bothPaths, caseOf, group, type Options, set, slug, STATE, train } from './case.ts';
import { KIND_STEPS, kindGradients, kinds } from './kinds.ts';

const NAMES = ['steady', 'powers', 'broken', 'values'];
const FLAGS: readonly Options[] = [{}, { momentum: 0.9, centered: true, maximize: true }];

/** Group `weight-decay`. */
export function weightDecay(dtype: DType): Group {
  const { steady, powers, broken, values } = kinds(dtype);
  const gradients = kindGradients(dtype).map(({ subnormal: _, ...rest }) => rest);
  return group(dtype, 'weight-decay', 'values of weight_decay, integral, huge, and negative later', {
    tensors: { steady: steady!, powers: powers!, broken: broken!, values: values! },
    gradients: { kinds: gradients },
    cases: [
      ...[1, 1e-50, 1e30].flatMap((weight_decay) =>
        FLAGS.flatMap((own) => bothPaths({ weight_decay, ...own })).map((options) => constant(dtype, options)),
      ),
      ...[-0.1, -1].flatMap((value) =>
        FLAGS.flatMap((own) => bothPaths({ weight_decay: 0.1, ...own })).map((options) => later(dtype, value, options)),
      ),
    ],
  });
}

function constant(dtype: DType, options: Options): ScenarioCase {
  const ops = [train('kinds', KIND_STEPS, { params_at: [2, KIND_STEPS] }), STATE];
  return caseOf(dtype, NAMES, options, ops, { catches: catchesOf(options) });
}

function later(dtype: DType, value: number, options: Options): ScenarioCase {
  const { weight_decay: _, ...own } = options;
  return caseOf(
    dtype,
    NAMES,
    options,
    [
      train('kinds', 2, { params_at: [2] }),
      set('weight_decay', value),
      train('kinds', KIND_STEPS - 2, { after: 2, params_at: [KIND_STEPS] }),
      STATE,
    ],
    {
      id: slug(own, `later=${value}`),
      clauses: ['RMS-10', 'OPT-3'],
      needs: ['lr-change'],
      catches: catchesOf(options),
    },
  );
}

function catchesOf(options: Options): string[] {
  return ['decoupled-weight-decay', ...(options.momentum ? ['stale-mean'] : [])];
}
