/**
 * Going on from a checkpoint whose numbers are given: every combination of the options, and element types.
 */
import type { OpmathDType } from '../../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from '../group.ts';
import type { Options } from '../tiny.ts';
import { caseOf, checkpoint, FLAGS, groupOf, load, optimizer, OTHER, save, train } from './shared.ts';

/** Group `loaded` for one element type: a new optimizer loads, says what it has, trains on, and says it again. */
export function loaded(dtype: OpmathDType): Group {
  return groupOf(`loaded-${dtype}`, `a checkpoint loaded, saved, trained on and saved, ${dtype}`, dtype, [
    ...combinations().map(([id, options]) => goesOn(id, options, options, dtype)),
    ...Object.entries(FLAGS).map(([id, options]) => goesOn(`${id}+made-otherwise`, options, OTHER, dtype)),
  ]);
}

/** Groups in which the checkpoint is of another element type than the parameters. */
export function cast(from: OpmathDType, to: OpmathDType): Group {
  const { everything: _, ...flags } = FLAGS;
  return groupOf(`${from}-into-${to}`, `a checkpoint of ${from} loaded for ${to} parameters`, to, [
    ...Object.entries(flags).map(([id, options]) =>
      caseOf(id, ['LSD-13'], to, [optimizer(options), load(checkpoint(options, from)), save(), train(4, 3), save()]),
    ),
  ]);
}

function goesOn(id: string, options: Options, made: Options, dtype: OpmathDType): ScenarioCase {
  return caseOf(id, ['LSD-2', 'SDT-1'], dtype, [
    optimizer(made),
    load(checkpoint(options, dtype)),
    save(),
    train(4, 3),
    save(),
  ]);
}

function combinations(): (readonly [id: string, options: Options])[] {
  const flags: readonly Options[] = [{ momentum: 0.9 }, { centered: true }, { weight_decay: 0.1 }, { maximize: true }];
  return Array.from({ length: 2 ** flags.length }, (_, bits) => {
    const options = Object.assign({}, ...flags.filter((_, i) => bits & (1 << i))) as Options;
    return [Object.keys(options).join('+') || 'plain', options] as const;
  });
}
