/**
 * Negative arguments of the square root that are certain in any arithmetic: an alpha above 1, and squares that were set below zero.
 */
import type { Op } from '../../../src/scenario/types.ts';
import type { FloatingDType } from '../../../src/tensor/dtype.ts';
import type { Group } from '../group.ts';
import { bothPaths, caseOf, group, type Options, parameter, sequence, slug, STATE, train } from './case.ts';

const FLAGS: readonly Options[] = [
  {},
  { momentum: 0.9 },
  { weight_decay: 0.1 },
  { momentum: 0.9, weight_decay: 0.1, maximize: true },
];

const CLAUSES = ['RMS-17', 'NUM-6'];

function catching({ centered }: Options): { readonly catches?: readonly string[] } {
  return centered ? { catches: ['clamped-variance'] } : {};
}

/** Group `negative-variance`: NaN from the root, whatever the rounding. An element without gradients stays a number. */
export function negativeVariance(dtype: FloatingDType): Group {
  const gradients = [
    [0.5, -2, 0],
    [-0.25, 1, 0],
    [1.5, -0.125, 0],
    [0.75, 3, 0],
  ] as const;
  return group(dtype, 'negative-variance', 'roots of what is negative in any arithmetic', {
    tensors: { w: parameter(dtype, [3], [1, -0.5, 2]) },
    gradients: { steep: sequence(dtype, gradients.length, (step) => ({ w: gradients[step - 1]! })) },
    cases: [...[true, false].flatMap(steep), ...[true, false].flatMap(filled)],
  });

  /** 1 - alpha is below zero, so squares of gradients are taken away from nothing. */
  function steep(centered: boolean): Group['cases'] {
    const own = FLAGS.map((flags): Options => ({ alpha: 1.5, ...(centered ? { centered } : {}), ...flags }));
    return own.flatMap(bothPaths).map((options) =>
      caseOf(dtype, ['w'], options, [train('steep', gradients.length), STATE], {
        clauses: CLAUSES,
        ...catching(options),
      }),
    );
  }

  /** The running mean of squares as nobody would compute it. */
  function filled(centered: boolean): Group['cases'] {
    const fill: Op = { op: 'set_state', tensor: 'w', key: 'square_avg', value: -64 };
    const program = [train('steep', 2), fill, train('steep', 2, { after: 2 }), STATE];
    return FLAGS.slice(0, 2)
      .map((flags): Options => ({ ...(centered ? { centered } : {}), ...flags }))
      .flatMap(bothPaths)
      .map((options) =>
        caseOf(dtype, ['w'], options, program, {
          id: slug(options, 'set'),
          clauses: CLAUSES,
          ...catching(options),
          needs: ['set-state'],
        }),
      );
  }
}
