/**
 * Area `groups`: parameter groups, their options and the defaults, what may stand as parameters, duplicates, names.
 */
import type { Group } from './group.ts';
import { adding } from './groups/adding.ts';
import { base } from './groups/base.ts';
import { changes } from './groups/changes.ts';
import { checks } from './groups/checks.ts';
import { dtypes } from './groups/dtypes.ts';
import { duplicates } from './groups/duplicates.ts';
import { iterables } from './groups/iterables.ts';
import { names } from './groups/names.ts';
import { options } from './groups/options.ts';
import { params } from './groups/params.ts';
import { anyKeys } from './groups/any-keys.ts';

/** The groups of area `groups`. */
export function groupsGroups(): Group[] {
  return [
    options(),
    adding(),
    params(),
    dtypes(),
    duplicates(),
    names(),
    changes(),
    anyKeys(),
    iterables(),
    checks(),
    base(),
  ];
}
