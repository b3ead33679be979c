/**
 * `rmsproof show FILE` and `rmsproof diff A B` of state dicts.
 */
import { stateDictDifferences, stateDictText } from '../report/state-dict.ts';
import { print, wrap } from '../report/wrap.ts';
import { InputError } from '../scenario/input-error.ts';
import { type Located, plainForm } from '../validation/layouts.ts';
import { type Model, modelOf } from '../validation/model.ts';
import { optimizerOf } from '../validation/optimizers.ts';
import { EXIT } from './exit-codes.ts';
import { locatedIn, readNode } from './state-dict-file.ts';

/** Differences shown. */
const SHOWN = 20;

/** Shows a state dict as a table. @throws InputError for files, UsageError where no optimizer can be chosen */
export function showStateDict(path: string, key: string | undefined): number {
  const { located, model } = found(path, key);
  const name = optimizerOf(model)?.name ?? 'RMSprop';
  const at = located.pointer.slice(1);
  if (at !== '' || name !== 'RMSprop') print(`${name}${at === '' ? '' : `, at ${at}`}`);
  console.log(stateDictText(model));
  return EXIT.ok;
}

/** Says where two state dicts differ. @returns 0 when they are the same, bit for bit, 1 when not */
export function diffStateDicts(a: string, b: string, key: string | undefined): number {
  const differences = stateDictDifferences(found(a, key).model, found(b, key).model);
  for (const line of differences.slice(0, SHOWN)) console.log(wrap(line).join('\n'));
  if (differences.length > SHOWN) console.log(`and ${differences.length - SHOWN} more`);
  console.log(
    differences.length === 0
      ? 'the same, bit for bit'
      : `${differences.length} difference${differences.length === 1 ? '' : 's'}`,
  );
  return differences.length === 0 ? EXIT.ok : EXIT.differs;
}

function found(path: string, key: string | undefined): { readonly located: Located; readonly model: Model } {
  const located = locatedIn(readNode(path), path, key);
  const model = modelOf(plainForm(located).tree);
  if (!('groups' in model)) throw new InputError(path, model.pointer, model.message);
  return { located, model };
}
