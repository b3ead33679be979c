/**
 * Which version of rmsproof first had a case, so that a report can say which are new to who has pinned an older one.
 */

/**
 * Versions by case, or by golden file for all of its cases; what is not here was there in the first one, 0.1.0. Written by scripts/since.ts.
 */
export const SINCE: Readonly<Record<string, string>> = {};

/** The version that first had a case. */
export function sinceOf(id: string, table: Readonly<Record<string, string>> = SINCE): string {
  return table[id] ?? table[id.split('/').slice(0, 2).join('/')] ?? '0.1.0';
}
