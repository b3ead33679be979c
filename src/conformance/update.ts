/**
 * Expectations as a result would have them: `--update`.
 */
import type { Claim } from '../scenario/needs.ts';
import {
  type Accepted,
  type Deviating,
  type Expectations,
  type Failure,
  type Judgement,
  nameOf,
} from './expectations.ts';
import type { Conformance, Run } from './verdicts.ts';
import { matches } from '../scenario/glob.ts';
import { namesOfRules } from './accepted-rules.ts';
import { covering } from './covering.ts';
import { causeOf } from './diagnosis/causes.ts';

/** What stands in the place of a reason until somebody gives one. */
const UNEXPLAINED = 'to be explained';

/**
 * Expectations that a result meets: accepted deviations keep their reasons, get the counts that there are now, and go where nothing is
 * left of them; further failures are accepted by the rule that explains them, else by area and by the way in which they fail.
 *
 * @param claims of the port, in its own words
 * @param rmsproof version of this package
 */
export function updated(
  { runs }: Conformance,
  { accepted, unexpected }: Judgement,
  claims: readonly Claim[],
  rmsproof: string,
): Expectations {
  const kept = accepted
    .filter(({ found }) => found > 0)
    .map(({ entry, found, now }) => ({ ...entry, ...(now === undefined ? {} : { rule: now }), count: found }));
  return {
    format: 1,
    rmsproof,
    references: runs.map(({ reference }) => reference).sort(),
    claims: [...claims].sort(),
    // Of several entries the first counts: new ones, which may be wider, take nothing from those that are there.
    accepted: [...kept, ...further(runs, unexpected)],
  };
}

/** What changes from one to the other, as sentences; none where nothing does. */
export function changes(before: Expectations | undefined, after: Expectations): readonly string[] {
  const old = new Map(before?.accepted.map((entry) => [nameOf(entry), entry]));
  const now = new Map(after.accepted.map((entry) => [nameOf(entry), entry]));
  const lists = (['claims', 'references'] as const).flatMap((key) => [
    ...without(after[key], before?.[key] ?? []).map((word) => `+ ${key}: ${word}`),
    ...without(before?.[key] ?? [], after[key]).map((word) => `- ${key}: ${word}`),
  ]);
  return [
    ...(before?.rmsproof === after.rmsproof ? [] : [`+ rmsproof: ${after.rmsproof}`]),
    ...lists,
    ...[...now].flatMap(([name, { count }]) => {
      const was = old.get(name)?.count;
      return was === count
        ? []
        : [`${was === undefined ? '+' : '~'} accepted: ${name}, ${was === undefined ? '' : `${was}, now `}${count}`];
    }),
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `- accepted: ${name}`),
  ];
}

function without(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((one) => !some.includes(one));
}

/** An entry a rule; for the rest a few for each area and way of failing. */
function further(runs: readonly Run[], unexpected: readonly Failure[]): Accepted[] {
  const counts = new Map<string, number>();
  const alike = new Map<string, { readonly area: string; readonly cause: string; readonly ids: string[] }>();
  for (const { reference, id } of unexpected) {
    const run = runs.find((own) => own.reference === reference)!;
    const [rule] = run.diagnosis === undefined ? [] : namesOfRules(run.diagnosis);
    if (rule !== undefined && !run.diagnosis!.unexplained.includes(id)) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      continue;
    }
    const result = run.cases.find((own) => own.id === id)!;
    const cause = causeOf(result);
    const key = JSON.stringify([result.area, cause]);
    const known = alike.get(key) ?? { area: result.area, cause, ids: [] };
    known.ids.push(id);
    alike.set(key, known);
  }
  const sorted = <T extends Deviating>(entries: T[]): T[] => entries.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const byRule = [...counts].map(([rule, count]) => ({ rule, count, reason: UNEXPLAINED }));
  const byCause = [...alike.values()].flatMap(({ area, cause, ids }) => entriesFor(ids, cause, triedIn(runs, area)));
  return [...sorted(byRule), ...sorted(byCause)];
}

/**
 * @param ids of failures, one an id and reference
 * @param tried of the same area
 */
function entriesFor(ids: readonly string[], cause: string, tried: ReadonlySet<string>): Accepted[] {
  const distinct = [...new Set(ids)];
  const globs = covering(
    distinct,
    [...tried].filter((id) => !distinct.includes(id)),
  );
  // A case that several match is accepted by the first.
  const of = (id: string): string => globs.find((glob) => matches(glob, id))!;
  return globs
    .map((cases) => ({ cases, cause, count: ids.filter((id) => of(id) === cases).length, reason: UNEXPLAINED }))
    .filter(({ count }) => count > 0);
}

function triedIn(runs: readonly Run[], area: string): ReadonlySet<string> {
  const cases = runs.flatMap((run) => run.cases);
  return new Set(cases.flatMap((own) => (own.area === area && own.verdict !== 'unsupported' ? [own.id] : [])));
}
