/**
 * Flags that area `grads` goes through, each with both paths.
 */
import type { Options } from '../small.ts';

const FLAGS: readonly (readonly [id: string, options: Options])[] = [
  ['plain', {}],
  ['maximize', { maximize: true }],
  ['weight_decay', { weight_decay: 0.1 }],
  ['maximize+weight_decay', { maximize: true, weight_decay: 0.1 }],
  ['momentum', { momentum: 0.9 }],
  ['centered', { centered: true }],
  ['everything', { maximize: true, weight_decay: 0.1, momentum: 0.9, centered: true }],
];

/** Every combination, for-loop and foreach. */
export const BOTH_PATHS: readonly (readonly [id: string, options: Options])[] = FLAGS.flatMap(([id, options]) => [
  [id, { ...options, foreach: false }] as const,
  [`${id}+foreach`, { ...options, foreach: true }] as const,
]);
