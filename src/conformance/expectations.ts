/**
 * What is expected of a port, kept in its own repository: what it promised, which deviations are accepted, and what it was held against.
 * A result is held against them both ways: what fails unexpectedly fails, and so does what passes unexpectedly (spec/conformance.md).
 */
import type { ReferenceName } from '../golden/types.ts';
import { byVersion } from '../golden/by-version.ts';
import { sinceOf } from '../golden/since.ts';
import { type Fixed, fixedOptions, fixedWords } from '../scenario/fixed.ts';
import { matches } from '../scenario/glob.ts';
import { type Claim, claimed, type Need, needsOfProfile, type Profile } from '../scenario/needs.ts';
import { namesOfRules, type Standing, standing, valuesMore } from './accepted-rules.ts';
import { causeOf } from './diagnosis/causes.ts';
import type { CaseResult, Conformance, Run } from './verdicts.ts';

/** Which cases a deviation is of: by id or glob, of those if it says so the ones that fail in one way; or those that a rule explains. */
export type Deviating = { readonly cases: string; readonly cause?: string } | { readonly rule: string };

/** A known deviation. */
export type Accepted = Deviating & {
  /** How many cases fail because of it, of all pinned references together. */
  readonly count: number;
  readonly reason: string;
  readonly link?: string;
  /** The last day on which it is accepted, such as 2027-01-31. */
  readonly expires?: string;
};

/** The contents of `rmsproof.expectations.json`. */
export interface Expectations {
  readonly format: 1;
  /** The version of rmsproof that wrote it. */
  readonly rmsproof: string;
  readonly references: readonly ReferenceName[];
  /** What the port promised; nothing yet where there are none. */
  readonly claims: readonly Claim[];
  readonly accepted: readonly Accepted[];
}

/** A case that failed, of one reference. */
export interface Failure {
  readonly reference: ReferenceName;
  readonly id: string;
}

/** An accepted deviation, and what there is of it. */
export interface Used {
  readonly entry: Accepted;
  readonly found: number;
  /** Of a rule: the one that the port computes, where it is wrong in fewer ways. */
  readonly now?: string;
}

/** What holding a result against expectations says. */
export interface Judgement {
  /** How many failures each accepted deviation accepts. */
  readonly accepted: readonly Used[];
  /** Failures that none accepts. */
  readonly unexpected: readonly Failure[];
  /** Promises that were not kept, as sentences. */
  readonly broken: readonly string[];
  /** In what the port is worse than what is accepted, or wrong in another way, as sentences. */
  readonly worse: readonly string[];
  /** Fewer fail in all, and an accepted rule lost faults: failures that it hid are not unexpected, though no entry accepts them. */
  readonly better?: true;
  /** What is no longer as it is written, as sentences. */
  readonly stale: readonly string[];
  /** Cases that the pinned version of rmsproof did not have. */
  readonly fresh: readonly string[];
  /** The pinned version. */
  readonly pinned?: string;
  /** Fresh programs were not tried, because deviations are accepted. */
  readonly untried?: true;
  /** No claims are promised yet. */
  readonly unpromised?: true;
}

/** How a result is judged. */
export interface JudgeOptions {
  readonly expectations?: Expectations;
  /** Profiles that the port has to claim as wholes. */
  readonly require?: readonly Profile[];
  /** Whether only some cases were wanted: counts then say nothing. */
  readonly partial?: boolean;
  /** Today, such as 2026-11-29. */
  readonly today: string;
  /** When cases came to be; the package's by default. */
  readonly since?: Readonly<Record<string, string>>;
}

/** Holds a result against what is expected of it. */
export function judge({ runs }: Conformance, options: JudgeOptions): Judgement {
  const { expectations, require = [], partial = false, today, since } = options;
  const entries = expectations?.accepted ?? [];
  const found: string[][] = entries.map(() => []);
  const unexpected: Failure[] = [];
  for (const run of runs)
    for (const result of run.cases) {
      if (result.verdict !== 'failed') continue;
      const at = entries.findIndex((entry) => accepts(entry, run, result));
      if (at < 0) unexpected.push({ reference: run.reference, id: result.id });
      else found[at]!.push(result.id);
    }
  const accepted = entries.map((entry, i) => usedOf(entry, found[i]!.length, runs));
  const unpromised = expectations?.claims.length === 0;
  const claims = promisesOf(runs, unpromised ? undefined : expectations?.claims);
  const pinned = expectations?.rmsproof;
  const isNew = (id: string): boolean => pinned !== undefined && byVersion(pinned, sinceOf(id, since)) < 0;
  // Who claims more, or has new cases, fails in more of them without being worse.
  const known = found.map((own) => (claims.more.length > 0 ? 0 : own.filter((id) => !isNew(id)).length));
  const overfull = partial ? [] : accepted.filter(({ entry, now }, i) => now === undefined && known[i]! > entry.count);
  const isSettled = !partial && claims.more.length === 0 && !unexpected.some(({ id }) => isNew(id));
  const better = isSettled ? mended(accepted, runs, unexpected.length) : undefined;
  const grown = better === undefined ? overfull : [];
  const others = better === undefined ? runs.flatMap((run) => otherRules(entries, run, unexpected)) : [];
  const replaced = others.length > 0 ? accepted.filter(({ entry, found: own }) => 'rule' in entry && own === 0) : [];
  const unlike = partial
    ? []
    : accepted.filter((own) => !grown.includes(own) && !replaced.includes(own)).flatMap(staleOf);
  const stale = [...(better === undefined ? [] : [better]), ...unlike];
  const expired = entries.filter(({ expires }) => expires !== undefined && expires < today);
  const ids = [...new Set(runs.flatMap(({ cases }) => cases.map(({ id }) => id)))];
  return {
    ...{ accepted, unexpected },
    worse: [...new Set([...others, ...grown.flatMap(staleOf).map((text) => `the port got worse: ${text}`)])],
    ...(better === undefined ? {} : { better: true as const }),
    broken: [...claims.fewer, ...require.flatMap((profile) => requirement(profile, runs))],
    stale: [...claims.more, ...stale, ...expired.map((entry) => `${nameOf(entry)}: accepted until ${entry.expires}`)],
    fresh: ids.filter(isNew),
    ...(pinned === undefined ? {} : { pinned }),
    ...(entries.length > 0 && runs.some(({ freshless }) => freshless) ? { untried: true as const } : {}),
    ...(unpromised ? { unpromised } : {}),
  };
}

/** What an accepted deviation is of. */
export function nameOf(entry: Deviating): string {
  if ('rule' in entry) return `rule ${entry.rule}`;
  return entry.cause === undefined ? entry.cases : `${entry.cases} (${entry.cause})`;
}

function accepts(entry: Accepted, { diagnosis }: Run, result: CaseResult): boolean {
  const { id } = result;
  if ('cases' in entry)
    return matches(entry.cases, id) && (entry.cause === undefined || entry.cause === causeOf(result));
  // A port with one more fault has another rule, whose failures nobody has accepted.
  return ruleBy(entry.rule, diagnosis) !== undefined && !diagnosis!.unexplained.includes(id);
}

/** The rule that a port computes, as far as an accepted one accepts it: that one, or one that is wrong in fewer ways. */
function ruleBy(rule: string, diagnosis: Run['diagnosis']): string | undefined {
  const names = diagnosis === undefined ? [] : namesOfRules(diagnosis);
  const stands = (one: Standing): string | undefined => names.find((name) => standing(rule, name) === one);
  return stands('same') ?? stands('better');
}

function usedOf(entry: Accepted, found: number, runs: readonly Run[]): Used {
  if (!('rule' in entry) || found === 0) return { entry, found };
  const names = new Set(runs.flatMap(({ diagnosis }) => ruleBy(entry.rule, diagnosis) ?? []));
  const [now] = names;
  const better = names.size === 1 && standing(entry.rule, now!) === 'better';
  return better ? { entry, found, now: now! } : { entry, found };
}

/**
 * Says that a port got better, where an accepted rule lost faults, or all of them, and fewer cases fail in all. Cases that a mended fault
 * hid may then fail in other ways: no more of them than left the rules.
 *
 * @param unexpected failures that no entry accepts
 */
function mended(accepted: readonly Used[], runs: readonly Run[], unexpected: number): string | undefined {
  const isGone = runs.every(({ diagnosis }) => diagnosis === undefined || namesOfRules(diagnosis).length === 0);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const rules = accepted.filter(({ entry, now }) => 'rule' in entry && (now !== undefined || isGone));
  const left = sum(rules.map(({ entry, found }) => entry.count - found));
  const come = unexpected + sum(accepted.map(({ entry, found }) => Math.max(0, found - entry.count)));
  const before = sum(accepted.map(({ entry }) => entry.count));
  const now = unexpected + sum(accepted.map(({ found }) => found));
  if (rules.length === 0 || come === 0 || come > left || now >= before) return undefined;
  return `better than promised: ${before} failures are accepted in all, there ${now === 1 ? 'is' : 'are'} ${now}; run --update`;
}

/** What a run computes in place of the rules that are accepted, where it fails as none of them does. */
function otherRules(
  entries: readonly Accepted[],
  { reference, diagnosis }: Run,
  unexpected: readonly Failure[],
): readonly string[] {
  const rules = entries.flatMap((entry) => ('rule' in entry ? [entry.rule] : []));
  const accepted = rules.some((rule) => ruleBy(rule, diagnosis) !== undefined);
  if (diagnosis === undefined || accepted || !unexpected.some((own) => own.reference === reference)) return [];
  const [now] = namesOfRules(diagnosis);
  return rules.map((rule) => {
    if (now === undefined) return `the port computes no known rule, where rule ${rule} is accepted`;
    if (standing(now, rule) === 'other') return `the port computes ${now}, where rule ${rule} is accepted`;
    return `the port got worse: beside rule ${rule}, which is accepted, it has ${valuesMore(rule, now).join(', ')}`;
  });
}

function staleOf({ entry, found, now }: Used): string[] {
  if (now !== undefined)
    return [
      `better than promised: ${nameOf(entry)} is accepted (${entry.count}), and the port computes ${now} alone (${found})`,
    ];
  if (found === entry.count) return [];
  const was = `${entry.count} ${entry.count === 1 ? 'failure is' : 'failures are'} accepted`;
  return [`${nameOf(entry)}: ${was}, ${found === 0 ? 'none is left' : `there ${found === 1 ? 'is' : 'are'} ${found}`}`];
}

/** Where claims are fewer or more than promised; an option that is fixed claims less than one that can be set. */
function promisesOf(
  runs: readonly Run[],
  promised: readonly Claim[] | undefined,
): { readonly fewer: readonly string[]; readonly more: readonly string[] } {
  if (promised === undefined) return { fewer: [], more: [] };
  const [needs, fixed] = [claimed(promised), fixedWords(fixedOptions(promised))];
  const [own, ownFixed] = [
    new Set<Need>(runs.flatMap(({ claims }) => claims)),
    new Set<Fixed>(runs.flatMap((run) => run.fixed ?? [])),
  ];
  const without = <T>(all: Iterable<T>, some: Iterable<T>): T[] => [...all].filter((one) => ![...some].includes(one));
  const optionOf = (word: Fixed): string => word.split('=')[0]!;
  const promise = (word: Fixed): Fixed | undefined => fixed.find((other) => optionOf(other) === optionOf(word));
  return {
    fewer: [
      ...without(needs, own).map((need) => `the port promised "${need}", and does not claim it`),
      ...without(ownFixed, fixed).map((claim) => {
        const promised = promise(claim);
        const before = promised === undefined ? `to take any ${optionOf(claim)}` : `"${promised}"`;
        return `the port promised ${before}, and claims "${claim}"`;
      }),
    ],
    more: [
      ...without(own, needs).map((need) => `the port claims "${need}", which it did not promise`),
      ...fixed
        .filter((word) => ![...ownFixed].some((own) => optionOf(own) === optionOf(word)))
        .map((word) => `the port promised "${word}", and claims to take others`),
    ],
  };
}

function requirement(profile: Profile, runs: readonly Run[]): string[] {
  const claims = new Set(runs.flatMap((run) => run.claims));
  const missing = needsOfProfile(profile).filter((need) => !claims.has(need));
  const fixed = new Set(runs.flatMap((run) => run.fixed ?? []));
  if (missing.length > 0)
    return [`the profile ${profile} is required, and the port does not claim ${missing.join(', ')}`];
  return fixed.size > 0 ? [`the profile ${profile} is required, and the port fixes ${[...fixed].join(', ')}`] : [];
}
