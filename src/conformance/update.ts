/**
 * Expectations as a result would have them: `--update`.
 */
import type { Claim } from '../scenario/needs.ts';
import { type Accepted, type Expectations, type Failure, type Judgement, nameOf } from './expectations.ts';
import type { Conformance, Run } from './verdicts.ts';

/** What stands in the place of a reason until somebody gives one. */
const UNEXPLAINED = 'to be explained';

/**
 * Expectations that a result meets: accepted deviations keep their reasons, get the counts that there are now, and go where nothing is
 * left of them; further failures are accepted by the rule that explains them, else by golden file or by case.
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
  const kept = accepted.filter(({ found }) => found > 0).map(({ entry, found }) => ({ ...entry, count: found }));
  return {
    format: 1,
    rmsproof,
    references: runs.map(({ reference }) => reference).sort(),
    claims: [...claims].sort(),
    accepted: [...kept, ...further(runs, unexpected)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
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

function further(runs: readonly Run[], unexpected: readonly Failure[]): Accepted[] {
  const counts = new Map<
    string,
    { readonly entry: { readonly cases: string } | { readonly rule: string }; count: number }
  >();
  for (const { reference, id } of unexpected) {
    const run = runs.find((own) => own.reference === reference)!;
    const entry = entryFor(run, id);
    const name = JSON.stringify(entry);
    counts.set(name, { entry, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map(({ entry, count }) => ({ ...entry, count, reason: UNEXPLAINED }));
}

function entryFor({ cases, diagnosis }: Run, id: string): { readonly cases: string } | { readonly rule: string } {
  const [axis] = diagnosis?.rules[0]?.axes ?? [];
  if (axis !== undefined && !diagnosis!.unexplained.includes(id)) return { rule: `${axis.axis}=${axis.value}` };
  const file = `${id.split('/').slice(0, 2).join('/')}/`;
  const all = cases.filter((own) => own.id.startsWith(file)).every(({ verdict }) => verdict === 'failed');
  return { cases: all ? `${file}*` : id };
}
