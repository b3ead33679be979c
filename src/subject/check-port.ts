/**
 * Whether a module's export is a port that can be judged: its members are there, and what it claims can be tried.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import { type Claim, claimed, isClaim, membersFor, type Need, NEEDS, PROFILES, profilesOf } from '../scenario/needs.ts';
import type { PortObjects } from '../scenario/object-port.ts';
import type { Port } from '../scenario/port.ts';

const METHODS: readonly (keyof Port)[] = ['tensor', 'read', 'setGrad', 'optimizer', 'step'];

/** Functions that a port may have whatever it claims. */
const OPTIONAL: readonly (keyof Port)[] = ['grad', 'describe', 'stateOrder'];

/** What optimizers that are objects have themselves. */
const OWN: readonly string[] = ['state', 'load', 'save'];

/** Functions that `objects` must have whatever the port claims. */
const OBJECT_METHODS: readonly (keyof PortObjects)[] = [
  ...(['construct', 'gradient', 'describe', 'deepcopy', 'is_grad_enabled', 'reset'] as const),
  ...(['register_optimizer_step_pre_hook', 'register_optimizer_step_post_hook'] as const),
];

/** Members that are no functions. */
const VALUES: readonly string[] = ['objects', 'objects.base'];

/**
 * Checks what a module exports.
 *
 * @param path named in the error
 * @throws AdapterError for the first thing that is missing, of the wrong type, or claimed in vain
 */
export function checkPort(port: unknown, path: string): asserts port is Port {
  const refuse = (message: string): never => {
    throw new AdapterError(`${path}: ${message}`);
  };
  if (typeof port !== 'object' || port === null) refuse(`expected a default export that is a port, got ${kind(port)}`);
  const candidate = port as Partial<Record<keyof Port, unknown>>;
  for (const method of METHODS)
    if (typeof candidate[method] !== 'function')
      refuse(`expected the port to have a function ${method}, got ${kind(candidate[method])}`);
  for (const method of OPTIONAL)
    if (!['function', 'undefined'].includes(typeof candidate[method]))
      refuse(`expected the port's ${method} to be a function, got ${kind(candidate[method])}`);
  if (typeof candidate.name !== 'string')
    refuse(`expected the port's name to be a string, got ${kind(candidate.name)}`);
  if (!Array.isArray(candidate.supports))
    return refuse(`expected the port's supports to be an array of needs, got ${kind(candidate.supports)}`);
  const supports: readonly unknown[] = candidate.supports;
  checkClaims(supports, path, 'supports');
  const needs = claimed(supports);
  if (candidate.objects !== undefined) checkObjects(candidate.objects, refuse);
  for (const need of needs)
    for (const member of membersFor(need)) {
      const found = memberOf(candidate, member);
      const type = VALUES.includes(member) ? 'object' : 'function';
      if (OWN.includes(member) && found === undefined && candidate.objects !== undefined) continue;
      if (typeof found !== type || found === null)
        refuse(
          `the port claims ${claimOf(need, supports)}, so it must have a ${type === 'object' ? 'member' : 'function'} ${member}, got ${kind(found)}`,
        );
    }
}

/**
 * Checks what a port claims.
 *
 * @param path named in the error
 * @param list what the list of claims is called
 * @throws AdapterError for a word that there is not, and without `numbers`
 */
export function checkClaims(
  claims: readonly unknown[],
  path: string,
  list: string = 'claims',
): asserts claims is readonly Claim[] {
  const strange = claims.find((word) => !isClaim(word));
  if (strange !== undefined)
    throw new AdapterError(
      `${path}: ${list} has ${JSON.stringify(strange)}, which is no need; the needs are ${NEEDS.join(', ')}; the profiles ${PROFILES.join(', ')}`,
    );
  if (!claimed(claims as readonly Claim[]).includes('numbers'))
    throw new AdapterError(`${path}: ${list} lacks "numbers", which every case needs`);
}

/** A need as it was claimed: by its own word, or by that of a profile. */
function claimOf(need: Need, supports: readonly Claim[]): string {
  if (supports.includes(need)) return `"${need}"`;
  const profile = profilesOf(need).find((word) => supports.includes(word));
  return `"${profile}", which stands for "${need}"`;
}

function checkObjects(objects: unknown, refuse: (message: string) => never): void {
  if (typeof objects !== 'object' || objects === null)
    return refuse(`expected the port's objects to be an object, got ${kind(objects)}`);
  for (const method of OBJECT_METHODS) {
    const found = (objects as Record<string, unknown>)[method];
    if (typeof found !== 'function')
      refuse(`expected the port's objects to have a function ${method}, got ${kind(found)}`);
  }
}

/** What is at a path; undefined where the way to it is missing too. */
function memberOf(port: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], port);
}

function kind(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
