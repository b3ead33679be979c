/**
 * The diagnosis in the report for people: two or three lines that say what is wrong, and what they leave open.
 */
import type { Cause } from '../conformance/diagnosis/causes.ts';
import type { Diagnosis, NamedRule } from '../conformance/diagnosis/diagnose.ts';
import type { Style } from './difference.ts';
import { grouped } from './summary.ts';
import { wrap } from './wrap.ts';

/** Clauses shown that are to blame. */
const CLAUSES_SHOWN = 3;

/** Causes that are named beside a rule. */
const CAUSES_SHOWN = 3;

/** Rules that are named where no program tells them apart. */
const RULES_SHOWN = 4;

/** The diagnosis as lines of 80 columns, a blank one first; none where nothing is known. */
export function diagnosisLines(
  diagnosis: Diagnosis | undefined,
  named: (clause: string) => string,
  style: Style,
): string[] {
  return diagnosisText(diagnosis, named).flatMap((text) => [
    '',
    ...wrap(`  ${text}`, '  ').map((line) => style('yellow', line)),
  ]);
}

/** The diagnosis as sentences; none where nothing is known. */
export function diagnosisText(diagnosis: Diagnosis | undefined, named: (clause: string) => string): string[] {
  if (diagnosis === undefined) return [];
  const { sanity, rules, unknown, clauses } = diagnosis;
  return [
    ...sanity.map((finding) => `the port is not sane: ${finding}`),
    ...(rules.length > 0 ? [ruleText(diagnosis)] : unknown ? [unknownText(diagnosis)] : []),
    ...clauses
      .slice(0, CLAUSES_SHOWN)
      .map(({ clause, failed, tried }) => `${failed} of ${tried} cases of ${named(clause)} fail, and others pass`),
  ];
}

function unknownText({ told }: Diagnosis): string {
  const unknown = 'no known rule explains the numbers that differ';
  return told.length === 0 ? unknown : `${unknown}; beside it, the port ${told.join(', ')}`;
}

function ruleText({ rules, open: unread, looked, explained, held, failed, causes }: Diagnosis): string {
  const what = failed === 1 ? looked.slice(0, -1) : looked;
  const rest = failed - explained;
  const open =
    rest > 0 && causes.length > 0
      ? `; the other ${grouped(rest)}: ${causes.slice(0, CAUSES_SHOWN).map(causeText).join(', ')}`
      : '';
  const of =
    held < failed
      ? `${grouped(held)} of the ${grouped(failed)} failing ${what} that it can run`
      : `${grouped(failed)} failing ${what}`;
  const but = unread.length === 0 ? '' : `; what it does ${unread.join(', ')} is no rule that is known`;
  return `the port ${rulesWords(rules)}${but}: explains ${grouped(explained)} of ${of}${open}`;
}

/** What all rules share stands once. */
function rulesWords(rules: readonly NamedRule[]): string {
  const [first] = rules;
  if (rules.some(({ path }) => path !== undefined))
    return rules.map((rule) => `with ${rule.path} ${ruleWords(rule)}`).join('; ');
  if (rules.length === 1) return ruleWords(first!) || "computes PyTorch's rule otherwise";
  const has = ({ axes }: NamedRule, { axis, value }: Axis): boolean =>
    axes.some((other) => other.axis === axis && other.value === value);
  const shared = first!.axes.filter((axis) => rules.every((rule) => has(rule, axis)));
  const either = rules.slice(0, RULES_SHOWN).map((rule) => {
    const own = rule.axes.filter((axis) => !has({ axes: shared, dialects: [] }, axis));
    return ruleWords({ axes: own, dialects: rule.dialects });
  });
  return [
    ...shared.map(({ says }) => says),
    `${shared.length > 0 ? 'either ' : ''}${either.join(', or ')} (what was tried within its claims cannot tell which)`,
  ].join(', ');
}

type Axis = NamedRule['axes'][number];

/** Of whom a rule is, is said after what it does in a step; defaults come after. */
function ruleWords({ axes, dialects }: NamedRule): string {
  const isDefault = ({ axis }: Axis): boolean => axis.startsWith('default_');
  const words = (own: readonly Axis[]): string => own.map(({ says }) => says).join(', ');
  const [steps, defaults] = [axes.filter((axis) => !isDefault(axis)), axes.filter(isDefault)];
  const whose = dialects.length === 0 ? '' : ` (as ${dialects.join(', ')} ${dialects.length === 1 ? 'does' : 'do'})`;
  return [words(steps) + whose, words(defaults)].filter((text) => text !== '').join(', ');
}

function causeText({ says, cases, plainest }: Cause): string {
  return cases === 1 ? `${says} (${plainest})` : `${says} (${cases}, such as ${plainest})`;
}
