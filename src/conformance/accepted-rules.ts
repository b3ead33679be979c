/**
 * Rules that a port computes, held against an accepted one: each is a set of wrong values, so that fewer are better, and any other is not
 * what was accepted.
 */
import type { Diagnosis, NamedRule } from './diagnosis/diagnose.ts';

/** How a rule stands to the accepted one: it is that; it is wrong in fewer ways, and in no other; or it is another. */
export type Standing = 'same' | 'better' | 'other';

/** The options that choose one of the paths of a port. */
const PATH = 'foreach=';

/** All wrong values of a rule, such as "eps=inside, momentum=lr-inside", and of which path it is, if it is of one. */
export function nameOfRule({ axes, path }: NamedRule): string {
  const values = axes.map(({ axis, value }) => `${axis}=${value}`);
  return [...values, ...(path === undefined ? [] : [path])].sort().join(', ');
}

/** The names of the rules any of which a port may compute; of a port that has one for each path, one of both: "A, foreach=False; B, foreach=True". */
export function namesOfRules({ rules: all }: Pick<Diagnosis, 'rules'>): readonly string[] {
  // One that is wrong nowhere stands beside what is known of nobody.
  const rules = all.filter(({ axes }) => axes.length > 0);
  const names = rules.map(nameOfRule);
  return rules.some(({ path }) => path !== undefined) ? [names.join('; ')] : names;
}

/** How the rule that a port computes stands to an accepted one, both by name. */
export function standing(accepted: string, now: string): Standing {
  const [before, after] = [valuesOf(accepted), valuesOf(now)];
  if (!after.every((value) => isAmong(value, before))) return 'other';
  return before.every((value) => after.includes(value)) ? 'same' : 'better';
}

/** Wrong values of a rule that the accepted one has not. */
export function valuesMore(accepted: string, now: string): readonly string[] {
  const before = valuesOf(accepted);
  return valuesOf(now).filter((value) => !isAmong(value, before));
}

/** Each wrong value, with the path that it is in, if it is in one alone. */
function valuesOf(name: string): readonly string[] {
  return name.split(';').flatMap((rule) => {
    const words = rule.split(',').map((word) => word.trim());
    const path = words.find((word) => word.startsWith(PATH));
    const values = words.filter((word) => word !== path);
    return path === undefined ? values : values.map((value) => `${value} with ${path}`);
  });
}

/** What is wrong in both paths is wrong in each. */
function isAmong(value: string, values: readonly string[]): boolean {
  return values.includes(value) || values.includes(value.split(' with ')[0]!);
}
