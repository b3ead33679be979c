/**
 * The closed vocabulary of what a case may need and a port may claim, in one table, and the seven profiles that stand for several
 * words of it (spec/needs.md).
 */

import { type FixableOption, type Fixed, fixedOptions, isFixed } from './fixed.ts';

/** What a port can claim as a whole, in the order in which ports come by it. */
export const PROFILES = ['numbers', 'training', 'state_dict', 'hooks', 'dtypes', 'python', 'autograd'] as const;

/** A word that stands for several needs. */
export type Profile = (typeof PROFILES)[number];

/** What the table says of a need. */
interface Row {
  /** A part of an observation, an element type, an option of RMSprop, or a feature of optimizers. */
  readonly kind: 'facet' | 'dtype' | 'option' | 'feature';
  /** The profile that it belongs to. */
  readonly profile: Profile;
  /** Further profiles, of a part of observations that their cases look at, or of an option that they are about. */
  readonly also?: readonly Profile[];
  /** Members of `Port` and, as paths, of its `objects` that a port must have to claim it. */
  readonly members?: readonly string[];
}

const TABLE = {
  numbers: { kind: 'facet', profile: 'numbers' },
  state: { kind: 'facet', profile: 'numbers', members: ['state'] as const },
  bookkeeping: {
    kind: 'facet',
    profile: 'training',
    also: ['state_dict', 'hooks'] as const,
    members: ['state'] as const,
  },
  errors: { kind: 'facet', profile: 'training', also: ['state_dict', 'hooks', 'python'] as const },
  messages: { kind: 'facet', profile: 'python', members: ['takeWarnings'] as const },
  float32: { kind: 'dtype', profile: 'numbers' },
  float64: { kind: 'dtype', profile: 'numbers' },
  float16: { kind: 'dtype', profile: 'dtypes' },
  bfloat16: { kind: 'dtype', profile: 'dtypes' },
  complex: { kind: 'dtype', profile: 'dtypes' },
  int64: { kind: 'dtype', profile: 'python' },
  momentum: { kind: 'option', profile: 'numbers' },
  centered: { kind: 'option', profile: 'numbers' },
  weight_decay: { kind: 'option', profile: 'numbers' },
  maximize: { kind: 'option', profile: 'numbers' },
  foreach: { kind: 'option', profile: 'training' },
  differentiable: { kind: 'option', profile: 'training', also: ['autograd'] as const },
  capturable: { kind: 'option', profile: 'training' },
  'none-gradients': { kind: 'feature', profile: 'numbers' },
  'lr-change': { kind: 'feature', profile: 'numbers', members: ['setOption'] as const },
  'set-state': { kind: 'feature', profile: 'training', members: ['setState'] as const },
  layouts: { kind: 'feature', profile: 'training' },
  'empty-tensors': { kind: 'feature', profile: 'numbers' },
  'int-zero': { kind: 'feature', profile: 'training' },
  blocks: { kind: 'feature', profile: 'training' },
  'tensor-lr': { kind: 'feature', profile: 'training' },
  fill: { kind: 'feature', profile: 'training', members: ['fill'] as const },
  groups: { kind: 'feature', profile: 'training' },
  resume: { kind: 'feature', profile: 'state_dict', members: ['load', 'save'] as const },
  names: { kind: 'feature', profile: 'state_dict', members: ['objects'] as const },
  iterables: { kind: 'feature', profile: 'python', members: ['objects'] as const },
  'sparse-gradients': { kind: 'feature', profile: 'training', members: ['objects'] as const },
  zero_grad: { kind: 'feature', profile: 'training', members: ['objects'] as const },
  backward: { kind: 'feature', profile: 'autograd', members: ['objects.backward'] as const },
  closure: { kind: 'feature', profile: 'training', members: ['objects.no_grad'] as const },
  state_dict: { kind: 'feature', profile: 'state_dict', members: ['objects'] as const },
  deepcopy: { kind: 'feature', profile: 'state_dict', members: ['objects'] as const },
  repr: { kind: 'feature', profile: 'python', members: ['objects'] as const },
  hooks: { kind: 'feature', profile: 'hooks', members: ['objects'] as const },
  'global-hooks': { kind: 'feature', profile: 'hooks', members: ['objects'] as const },
  'odd-options': { kind: 'feature', profile: 'python' },
  attributes: { kind: 'feature', profile: 'python', members: ['objects.copy'] as const },
  subclasses: { kind: 'feature', profile: 'python', members: ['objects.subclass', 'objects.base'] as const },
  'default-dtype': { kind: 'feature', profile: 'python', members: ['objects.set_default_dtype'] as const },
} as const;

const ROWS: Readonly<Record<Need, Row>> = TABLE;

/** Anything that a case may need. */
export type Need = keyof typeof TABLE;

/** A part of an observation. */
export type Facet = { [N in Need]: (typeof TABLE)[N]['kind'] extends 'facet' ? N : never }[Need];

/** An option of RMSprop that a port may do without. */
export type OptionNeed = { [N in Need]: (typeof TABLE)[N]['kind'] extends 'option' ? N : never }[Need];

/** A word of a port's `supports`: a need, a profile for the needs that it stands for, or an option that is fixed. */
export type Claim = Need | Profile | Fixed;

/** Every need, facets first. */
export const NEEDS: readonly Need[] = Object.keys(TABLE) as Need[];

/** Parts of an observation; each is compared if the port claims it. */
export const FACETS: readonly Facet[] = NEEDS.filter((need): need is Facet => ROWS[need].kind === 'facet');

/** Options of RMSprop; at their defaults they are no needs. */
export const OPTIONS: readonly OptionNeed[] = NEEDS.filter((need): need is OptionNeed => ROWS[need].kind === 'option');

/** The profiles that a need belongs to, its own first. */
export function profilesOf(need: Need): readonly Profile[] {
  const { profile, also = [] } = ROWS[need];
  return [profile, ...also];
}

/** The needs that a profile stands for. */
export function needsOfProfile(profile: Profile): readonly Need[] {
  return NEEDS.filter((need) => profilesOf(need).includes(profile));
}

/** The profile of a case: the last one that one of its needs is of. */
export function profileOf(needs: readonly Need[]): Profile {
  return PROFILES.findLast((profile) => needs.some((need) => ROWS[need].profile === profile)) ?? 'numbers';
}

/** Members that a port must have to claim a need, such as `state` or `objects.no_grad`. */
export function membersFor(need: Need): readonly string[] {
  return ROWS[need].members ?? [];
}

/** The need that a member of `objects` is for. */
export function needFor(member: string): Need {
  return NEEDS.find((need) => membersFor(need).includes(`objects.${member}`))!;
}

/**
 * The needs that a port claims; an option that is fixed and on is one. `numbers`, `state_dict` and `hooks` are needs as well as profiles: beside an element type they are
 * the needs, for a port that names its element types names single words; else they are the profiles.
 */
export function claimed(supports: readonly Claim[]): readonly Need[] {
  const single = supports.some((word) => isNeed(word) && ROWS[word].kind === 'dtype');
  const all = new Set(
    supports.flatMap((word): readonly Need[] => {
      if (isFixed(word)) return OPTIONS.filter((option) => Boolean(fixedOptions([word]).get(option as FixableOption)));
      if (isNeed(word) && (single || !isProfile(word))) return [word];
      return needsOfProfile(word as Profile);
    }),
  );
  return NEEDS.filter((need) => all.has(need));
}

function isNeed(word: string): word is Need {
  return Object.hasOwn(TABLE, word);
}

function isProfile(word: string): word is Profile {
  return (PROFILES as readonly string[]).includes(word);
}

/** Whether a word can stand in `supports`. */
export function isClaim(word: unknown): word is Claim {
  return typeof word === 'string' && (isNeed(word) || isProfile(word) || isFixed(word));
}
