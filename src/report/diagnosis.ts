/**
 * The diagnosis in the report for people: two or three lines that say what is wrong, and what they leave open.
 */
import type { Cause } from '../conformance/diagnosis/causes.ts';
import type { Diagnosis, NamedRule } from '../conformance/diagnosis/diagnose.ts';
import type { Style } from './difference.ts';
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
  const { sanity, rules, clauses } = diagnosis;
  return [
    ...sanity.map((finding) => `the port is not sane: ${finding}`),
    ...(rules.length > 0 ? [ruleText(diagnosis)] : []),
    ...clauses
      .slice(0, CLAUSES_SHOWN)
      .map(({ clause, failed, tried }) => `${failed} of ${tried} cases of ${named(clause)} fail, and others pass`),
  ];
}

function ruleText({ rules, explained, looked, causes }: Diagnosis): string {
  const cases = looked === 1 ? 'failing case' : 'failing cases';
  const rest = looked - explained;
  const open =
    rest > 0 && causes.length > 0
      ? `; the other ${rest}: ${causes.slice(0, CAUSES_SHOWN).map(causeText).join(', ')}`
      : '';
  const either = rules.slice(0, RULES_SHOWN).map(ruleWords).join(', or ');
  const alike = rules.length > 1 ? ' (what the port claims cannot tell which)' : '';
  return `the port ${either}${alike}: explains ${explained} of ${looked} ${cases}${open}`;
}

function ruleWords({ axes, dialects }: NamedRule): string {
  const words = axes.map(({ says }) => says).join(', ');
  if (dialects.length === 0) return words;
  return `${words} (as ${dialects.join(', ')} ${dialects.length === 1 ? 'does' : 'do'})`;
}

function causeText({ says, cases, plainest }: Cause): string {
  return cases === 1 ? `${says} (${plainest})` : `${says} (${cases}, such as ${plainest})`;
}
