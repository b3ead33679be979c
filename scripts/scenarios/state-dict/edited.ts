/**
 * The commonest beginning of the cases of loading: a file that was edited.
 */
import type { Op } from '../../../src/scenario/types.ts';
import { fresh, load, optimizer, save, train } from '../tiny.ts';

/** Saves after one step, edits what was saved, loads it into `fresh`. */
export function edited(...edits: readonly Op[]): Op[] {
  return [optimizer(), train(1), save(), ...edits, fresh(), load('fresh')];
}
