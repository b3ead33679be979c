/**
 * Claims that fix an option, such as `eps=1e-8`: it cannot be set, and is always that. A port that claims it is tried on the programs in
 * which the option has that value (spec/needs.md).
 */
import type { Op, Scenario, Value } from './types.ts';
import { isDict } from './values.ts';

/** PyTorch's defaults of the options of the formula, which a claim can fix and a checkpoint has (clause OPT-1). */
export const DEFAULTS = {
  lr: 0.01,
  alpha: 0.99,
  eps: 1e-8,
  weight_decay: 0,
  momentum: 0,
  centered: false,
  maximize: false,
} as const;

/** An option that a claim can fix. */
export type FixableOption = keyof typeof DEFAULTS;

/** A claim that fixes an option. */
export type Fixed = `${FixableOption}=${number | boolean}`;

/** Options that cannot be set, and what they are. */
export type FixedOptions = ReadonlyMap<FixableOption, number | boolean>;

/** Whether a word is a claim that fixes an option: a number not below 0, or true or false where the option is. */
export function isFixed(word: unknown): word is Fixed {
  if (typeof word !== 'string') return false;
  const [, option, value] = /^(\w+)=(\S+)$/.exec(word) ?? [];
  if (option === undefined || !Object.hasOwn(DEFAULTS, option)) return false;
  if (typeof DEFAULTS[option as FixableOption] === 'boolean') return value === 'true' || value === 'false';
  return Number(value) >= 0 && Number.isFinite(Number(value));
}

/** The words that fix options, each written in one way: small numbers with an exponent. */
export function fixedWords(fixed: FixedOptions): readonly Fixed[] {
  return [...fixed].map(([option, value]): Fixed => `${option}=${numberWord(value)}` as Fixed);
}

/** Numbers below this have an exponent. */
const SMALL = 1e-3;

function numberWord(value: number | boolean): string {
  return typeof value === 'number' && value > 0 && value < SMALL ? value.toExponential() : String(value);
}

/** What claims fix; the last word of an option counts. */
export function fixedOptions(claims: readonly string[]): FixedOptions {
  return new Map(
    claims.filter(isFixed).map((claim) => {
      const [option, value] = claim.split('=') as [FixableOption, string];
      return [option, value === 'true' ? true : value === 'false' ? false : Number(value)];
    }),
  );
}

/** The claims that a program goes against: it makes an optimizer or a group with another value, or sets one. */
export function goesAgainst(program: readonly Op[], fixed: FixedOptions): readonly Fixed[] {
  const against = [...fixed].filter(([option, value]) =>
    program.some((op) => valuesIn(op, option).some((own) => own !== value)),
  );
  return fixedWords(new Map(against));
}

/** What an operation makes an option to be. */
function valuesIn(op: Op, option: FixableOption): readonly Value[] {
  if (op.op === 'optimizer') {
    const own = op.options[option] ?? DEFAULTS[option];
    const groups = groupsOf(op.params).map((group) => group.get(option) ?? own);
    return groups.length > 0 ? groups : [own];
  }
  if (op.op === 'add_param_group') return groupsOf([op.group]).flatMap((group) => group.get(option) ?? []);
  if (op.op === 'set') return op.option === option ? [op.value] : [];
  if (op.op === 'load') return (op.value?.groups ?? []).map(({ options }) => options[option] ?? DEFAULTS[option]);
  if (op.op === 'hook' && Array.isArray(op.does))
    return op.does.flatMap((does: object) => {
      const [name, value] = 'set_option' in does ? (does.set_option as readonly [string, Value]) : [];
      return name === option ? [value!] : [];
    });
  return [];
}

function groupsOf(params: Value | undefined): ReadonlyMap<Value, Value>[] {
  const items = Array.isArray(params) ? (params as readonly Value[]) : [];
  return items.filter(isDict).map(({ $dict }) => new Map($dict));
}

/** A scenario in which fixed options are what they are fixed to, and are never set. */
export function withFixed(scenario: Scenario, fixed: FixedOptions): Scenario {
  if (fixed.size === 0) return scenario;
  const isFree = ([key]: readonly [Value, Value]): boolean => !fixed.has(key as FixableOption);
  const free = (value: Value): Value => (isDict(value) ? { $dict: value.$dict.filter(isFree) } : value);
  const program = scenario.program.flatMap((op): Op[] => {
    if (op.op === 'set' && fixed.has(op.option as FixableOption)) return [];
    if (op.op === 'add_param_group') return [{ ...op, group: free(op.group) }];
    if (op.op !== 'optimizer') return [op];
    const params = Array.isArray(op.params) ? { params: (op.params as readonly Value[]).map(free) } : {};
    return [{ ...op, ...params, options: { ...op.options, ...Object.fromEntries(fixed) } }];
  });
  return { ...scenario, program };
}
