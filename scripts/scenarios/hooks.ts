/**
 * Area `hooks`: hooks before and after steps, state dicts and loading.
 */
import type { Group } from './group.ts';
import { changes } from './hooks/changes.ts';
import { dictReturns } from './hooks/dict-returns.ts';
import { dicts } from './hooks/dicts.ts';
import { exceptions } from './hooks/exceptions.ts';
import { handles } from './hooks/handles.ts';
import { kinds } from './hooks/kinds.ts';
import { optimizers } from './hooks/optimizers.ts';
import { stepReturns } from './hooks/step-returns.ts';
import { upstream } from './hooks/upstream.ts';
import { subclasses } from './hooks/subclasses.ts';
import { nested } from './hooks/nested.ts';
import { argumentsOfSteps } from './hooks/arguments.ts';
import { keptHandles } from './hooks/kept-handles.ts';
import { keywords } from './hooks/keywords.ts';
import { within } from './hooks/within.ts';

/** The groups of area `hooks`. */
export function hooksGroups(): Group[] {
  return [
    ...[kinds(), handles(), stepReturns(), dictReturns(), exceptions()],
    ...[changes(), dicts(), optimizers(), upstream()],
    ...[subclasses(), nested(), argumentsOfSteps()],
    ...[keywords(), keptHandles(), within()],
  ];
}
