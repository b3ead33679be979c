/**
 * Whole numbers on the command line.
 */
import { UsageError } from './usage-error.ts';

/**
 * The value of an option that takes a whole number.
 *
 * @throws UsageError for what is none, or less than `least`
 */
export function whole(option: string, value: string, least: number = 1): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isInteger(number) || number < least)
    throw new UsageError(`${option}: expected a whole number from ${least}, got ${value}`);
  return number;
}
