/**
 * What a check finds, and words that the messages of several checks share.
 */
import type { Node } from '../state-dict/node.ts';
import { nameOf } from '../state-dict/pickle/globals.ts';
import type { Code } from './finding.ts';
import { elementsOf } from './numbers.ts';

/** A finding before it is tried. */
export interface Suspicion {
  readonly code: Code;
  readonly pointer: string;
  readonly message: string;
  /** A state dict that shows it; absent where the whole does. */
  readonly shown?: Node | undefined;
}
/** A value as messages show it. */
export function saidOf(value: Node): string {
  if (value.kind === 'tensor') return `a tensor of shape [${value.shape.join(', ')}]`;
  return value.kind === 'str' ? JSON.stringify(value.value.slice(0, 40)) : nameOf(value);
}

/** The number of steps that a value stands for. */
export function stepOf(step: Node | undefined): number | undefined {
  if (step?.kind === 'int' || step?.kind === 'float') return Number(step.value);
  if (step?.kind !== 'tensor' || step.shape.length > 0) return undefined;
  const { numbers } = step.storage;
  if (numbers === undefined) return elementsOf(step)[0];
  return step.dtype === 'float32' ? Math.fround(numbers[0]!) : numbers[0];
}

/** Some names, and how many more there are. */
export function listed(names: readonly string[], most: number = 8): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
