/**
 * Values of momentum over numbers of every kind.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group } from '../group.ts';
import { bothPaths, caseOf, group, set, STATE, train } from './case.ts';
import { catchesOf, KIND_NAMES, KIND_STEPS, kindGradients, kinds } from './kinds.ts';

/** The last is positive as a double, and 0 once it is rounded to float32. */
const VALUES = [0.5, 0.99, 1, 1e-50];

/** Group `momentum`: an lr that changes under it, and a negative one set later. */
export function momentum(dtype: FloatingDType): Group {
  const flags = VALUES.flatMap((value) => [
    { momentum: value },
    { momentum: value, centered: true, weight_decay: 0.1 },
  ]);
  return group(dtype, 'momentum', 'values of momentum, under an lr that changes', {
    ...{ tensors: kinds(dtype), gradients: { kinds: kindGradients(dtype) } },
    cases: [
      ...flags.flatMap(bothPaths).map((options) =>
        caseOf(dtype, KIND_NAMES, options, halves(set('lr', 0.5)), {
          clauses: ['RMS-10'],
          needs: ['lr-change'],
          catches: catchesOf(options, true),
        }),
      ),
      ...bothPaths({ momentum: 0.9 }).map((options) =>
        caseOf(dtype, KIND_NAMES, options, halves(set('momentum', -0.9)), {
          id: options.foreach ? 'negative-later+foreach' : 'negative-later',
          clauses: ['RMS-10', 'OPT-3'],
          needs: ['lr-change'],
        }),
      ),
    ],
  });
}

function halves(change: Op): readonly Op[] {
  const half = KIND_STEPS / 2;
  return [
    train('kinds', half, { params_at: [half] }),
    change,
    train('kinds', KIND_STEPS - half, { after: half, params_at: [half + 1, KIND_STEPS] }),
    STATE,
  ];
}
