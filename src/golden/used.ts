/**
 * What of a golden file's tensors and gradients a program uses: the cases of a file share them, and each is complete in itself.
 */
import { takesObjects } from '../scenario/needs-of.ts';
import type { Gradients, Op, TensorSpec } from '../scenario/types.ts';
import type { GoldenFile } from './types.ts';

/** Tensors and sequences of gradients by name, as a file and a scenario have them. */
export type Named = Pick<GoldenFile, 'tensors' | 'gradients'>;

/**
 * The sequences of gradients that a program names, and the tensors that it or they name, in the order of the file. A text of the
 * program that happens to be a name counts as one: what is handed over in vain does no harm, what is missing would. The first tensor
 * is that of the file where closures or hooks may log it (spec/scenario.md), and all are where gradients flow back, which observes
 * those of every tensor.
 */
export function usedBy(program: readonly Op[], { tensors, gradients }: Named): Named {
  const words = new Set(wordsOf(program));
  const sequences = Object.entries(gradients).filter(([name]) => words.has(name));
  const trained = new Set(sequences.flatMap(([, steps]) => steps.flatMap((step) => Object.keys(step))));
  const logged = takesObjects(program) ? Object.keys(tensors)[0] : undefined;
  const goesBack = program.some(({ op }) => op === 'backward');
  const isUsed = (name: string): boolean =>
    goesBack || name === logged || trained.has(name) || words.has(name) || words.has(`$${name}`);
  return {
    tensors: Object.fromEntries<TensorSpec>(Object.entries(tensors).filter(([name]) => isUsed(name))),
    gradients: Object.fromEntries<readonly Gradients[]>(sequences),
  };
}

/** Every text in a value, and every key. */
function* wordsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* wordsOf(item);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* wordsOf(item);
    }
}
