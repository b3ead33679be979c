/**
 * `rmsproof show FILE` and `rmsproof diff A B` of state dicts.
 */
import { stateDictDifferences, stateDictText } from '../report/state-dict.ts';
import { wrap } from '../report/wrap.ts';
import { InputError } from '../scenario/input-error.ts';
import { type Model, modelOf } from '../validation/model.ts';
import { EXIT } from './exit-codes.ts';
import { optimizerIn, readNode } from './state-dict-file.ts';

/** Differences shown. */
const SHOWN = 20;

/** Shows a state dict as a table. @throws InputError for files, UsageError where no optimizer can be chosen */
export function showStateDict(path: string, key: string | undefined): number {
  console.log(stateDictText(modelIn(path, key)));
  return EXIT.ok;
}

/** Says where two state dicts differ. @returns 0 when they are the same, bit for bit, 1 when not */
export function diffStateDicts(a: string, b: string, key: string | undefined): number {
  const differences = stateDictDifferences(modelIn(a, key), modelIn(b, key));
  for (const line of differences.slice(0, SHOWN)) console.log(wrap(line).join('\n'));
  if (differences.length > SHOWN) console.log(`and ${differences.length - SHOWN} more`);
  console.log(
    differences.length === 0
      ? 'the same, bit for bit'
      : `${differences.length} difference${differences.length === 1 ? '' : 's'}`,
  );
  return differences.length === 0 ? EXIT.ok : EXIT.differs;
}

function modelIn(path: string, key: string | undefined): Model {
  const model = modelOf(optimizerIn(readNode(path), path, key));
  if (!('groups' in model)) throw new InputError(path, model.pointer, model.message);
  return model;
}
