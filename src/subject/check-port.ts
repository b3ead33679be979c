/**
 * Whether a module's export is a port that can be judged: its members are there, and what it claims can be tried.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import { NEEDS, type Need } from '../scenario/needs.ts';
import type { Port } from '../scenario/port.ts';

const METHODS = ['tensor', 'read', 'setGrad', 'optimizer', 'step'] as const;

/** Members that a claim needs. */
const CLAIMED: Readonly<Partial<Record<Need, keyof Port>>> = {
  state: 'state',
  'lr-change': 'setOption',
  'set-state': 'setState',
  fill: 'fill',
  messages: 'takeWarnings',
};

/** Claims that need the member `objects`. */
const OF_OBJECTS: readonly Need[] = [
  'names',
  'iterables',
  'sparse-gradients',
  'zero_grad',
  'closure',
  'state_dict',
  'deepcopy',
  'repr',
  'hooks',
  'global-hooks',
  'attributes',
  'subclasses',
  'default-dtype',
];

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
  if (!['function', 'undefined'].includes(typeof candidate.grad))
    refuse(`expected the port's grad to be a function, got ${kind(candidate.grad)}`);
  if (typeof candidate.name !== 'string')
    refuse(`expected the port's name to be a string, got ${kind(candidate.name)}`);
  const { supports } = candidate;
  if (!Array.isArray(supports))
    return refuse(`expected the port's supports to be an array of needs, got ${kind(supports)}`);
  const strange: unknown = supports.find((need) => !(NEEDS as readonly unknown[]).includes(need));
  if (strange !== undefined)
    refuse(`supports has ${JSON.stringify(strange)}, which is no need; the needs are ${NEEDS.join(', ')}`);
  if (!supports.includes('numbers')) refuse('supports lacks "numbers", which every case needs');
  if (!supports.includes('float32') && !supports.includes('float64'))
    refuse('supports has neither "float32" nor "float64"');
  const ofObjects = OF_OBJECTS.find((need) => supports.includes(need));
  if (ofObjects !== undefined && typeof candidate.objects !== 'object')
    refuse(`the port claims "${ofObjects}", so it must have a member objects, got ${kind(candidate.objects)}`);
  for (const [need, member] of Object.entries(CLAIMED))
    if (supports.includes(need) && typeof candidate[member] !== 'function')
      refuse(`the port claims "${need}", so it must have a function ${member}, got ${kind(candidate[member])}`);
}

function kind(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
