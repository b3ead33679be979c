/**
 * What a state dict is: whose, of which PyTorch, how large.
 */
import { numelOf } from '../state-dict/node.ts';
import type { Reference } from '../tensor/aten.ts';
import { stepOf } from './suspicion.ts';
import { dryRun, type Outcome } from './dry-run.ts';
import type { Located } from './layouts.ts';
import { type Model } from './model.ts';
import { optimizerOf } from './optimizers.ts';
import type { ValidateOptions } from './options.ts';

/** What was found in a file. */
export interface Found {
  /** JSON pointer of the optimizer. */
  readonly pointer: string;
  readonly layout: string;
  /** Whose state it is: RMSprop, Adam or AdamW. */
  readonly optimizer: string;
  /** Which PyTorch wrote it, where it tells: RMSprop's with a group. */
  readonly kind: string | undefined;
  readonly parameters: number;
  readonly groups: number;
  /** Elements of all buffers. */
  readonly numbers: number;
  /** The least and the greatest step count. */
  readonly steps: readonly [number, number] | undefined;
  /** What each version did with the whole. */
  readonly outcomes: readonly Outcome[];
}

/** What a state dict is, and what each version did with it. */
export function describe(
  model: Model,
  one: Located,
  references: readonly Reference[],
  { shapes }: ValidateOptions,
): Found {
  const { groups, entries, tree } = model;
  const steps = entries.flatMap(({ values }) => stepOf(values.get('step')) ?? []);
  const optimizer = optimizerOf(model)?.name ?? 'RMSprop';
  const numbers = entries.flatMap(({ buffers }) => buffers).reduce((sum, [, { shape }]) => sum + numelOf(shape), 0);
  return {
    ...{
      pointer: one.pointer,
      layout: one.layout,
      optimizer,
      kind: optimizer === 'RMSprop' && groups.length > 0 ? kindOf(model, one.form) : undefined,
    },
    ...{ parameters: groups.reduce((sum, { ids }) => sum + ids.length, 0), groups: groups.length, numbers },
    steps: steps.length === 0 ? undefined : [Math.min(...steps), Math.max(...steps)],
    outcomes: dryRun(tree, references, { shapes }),
  };
}

function kindOf({ groups, entries }: Model, form: string): string {
  const kinds = new Set(entries.flatMap(({ values }) => values.get('step')?.kind ?? []));
  const has = (option: string): boolean => groups.some(({ options }) => options.has(option));
  if (form === 'plain' && has('param_names')) return 'PyTorch 2.6 or later, with names';
  if (kinds.has('tensor') || has('capturable')) return 'PyTorch 2.4 or later';
  if (!has('maximize')) return 'PyTorch before 1.12';
  return 'PyTorch before 2.4';
}
