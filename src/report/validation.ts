/**
 * Validations of state dicts for people, and as annotations of GitHub's.
 */
import { entry, type Node } from '../state-dict/node.ts';
import type { Outcome } from '../validation/dry-run.ts';
import type { Finding } from '../validation/finding.ts';
import type { Found } from '../validation/found.ts';
import type { Validation } from '../validation/tree.ts';
import { commandMessage, commandProperty } from './escape.ts';
import { valueText } from './value.ts';
import { wrap } from './wrap.ts';

/** A file, or standard input, and what is said of it. */
export interface ValidatedFile {
  readonly file: string;
  readonly validation: Validation;
  /** Whether it passes. */
  readonly passes: boolean;
}

/** The lines of one file. */
export function validationText({ file, validation, passes }: ValidatedFile): string[] {
  const { found, findings, tree } = validation;
  const lines = [file];
  const add = (line: string, hang?: string): void => void lines.push(...wrap(line, hang));
  if (found !== undefined) {
    add(`  ${found.optimizer}${found.kind === undefined ? '' : ` of ${found.kind}`}: ${counts(found)}`);
    add(`  ${found.layout}${named(file)}${found.pointer === '' ? '' : `, at ${found.pointer.slice(1)}`}`);
    if (found.optimizer === 'RMSprop' && tree !== undefined)
      for (const line of optionsOf(tree)) add(`  ${line}`, '      ');
    const isFlat = findings.some(({ code }) => code === 'flattened');
    add(`  ${isFlat ? 'in the plain form, ' : ''}${outcomesText(found.outcomes)}`);
  }
  for (const [i, finding] of findings.entries()) {
    add(
      `  ${finding.severity.toUpperCase()}  ${finding.code}${finding.pointer === '' ? '' : ` at ${shortened(finding.pointer)}`}`,
    );
    add(`    ${finding.message}`, '    ');
    const happened = finding.outcomes && outcomesText(finding.outcomes);
    const before = findings[i - 1];
    const isSaid = before?.code === finding.code && before.outcomes && outcomesText(before.outcomes) === happened;
    if (happened !== undefined && !isSaid) add(`    ${happened}`, '    ');
  }
  const isWrong = findings.some(({ severity }) => severity === 'will train on wrongly');
  lines.push(passes ? (isWrong ? '  LOADS, BUT TRAINS ON WRONGLY' : '  VALID') : '  NOT VALID', '');
  return lines;
}

/** A pointer that fits into a line. */
function shortened(pointer: string): string {
  return pointer.length > 72 ? `${pointer.slice(0, 36)}...${pointer.slice(-33)}` : pointer;
}

function counts({ parameters, groups, numbers, steps }: Found): string {
  const count = (n: number, what: string): string => `${n.toLocaleString('en-US')} ${what}${n === 1 ? '' : 's'}`;
  const stepped =
    steps === undefined
      ? numbers === 0
        ? 'no steps'
        : 'no step counts'
      : steps[0] === steps[1]
        ? count(steps[0], 'step')
        : `${steps[0].toLocaleString('en-US')} to ${count(steps[1], 'step')}`;
  return [count(parameters, 'parameter'), count(groups, 'group'), count(numbers, 'number'), stepped].join(', ');
}

/** Files that a library names alike. */
function named(file: string): string {
  if (/(^|\/)optimizer\.pt$/.test(file)) return ", named as Hugging Face's Trainer does";
  return /(^|\/)optimizer(_\d+)?\.bin$/.test(file) ? ', named as accelerate does' : '';
}

/** The options of each group, which replace those of the constructor. */
function optionsOf(tree: Node): string[] {
  const groups = entry(tree, 'param_groups');
  if (groups === undefined || !('items' in groups)) return [];
  return groups.items.slice(0, 4).map((group, i) => {
    const options = ['lr', 'alpha', 'eps', 'momentum', 'centered', 'weight_decay'].flatMap((name) => {
      const value = entry(group, name);
      return value === undefined ? [] : [`${name} ${valueText(value)}`];
    });
    return `options${groups.items.length > 1 ? ` of group ${i}` : ''}, replacing the constructor's: ${options.join(', ')}`;
  });
}

/** What each version did, those that did the same together. */
export function outcomesText(outcomes: readonly Outcome[]): string {
  const told = new Map<string, string[]>();
  for (const reference of new Set(outcomes.map((outcome) => outcome.reference))) {
    const own = outcomes.filter((outcome) => outcome.reference === reference);
    const texts = own.map(({ raised }) =>
      raised === undefined
        ? 'loads and steps'
        : `${raised.by} raises ${raised.type}: ${raised.message.split('\n')[0]!}`,
    );
    const dtypesOf = (text: string): string =>
      own.flatMap(({ dtype }, i) => (texts[i] === text ? [dtype] : [])).join(', ');
    const different = [...new Set(texts)];
    const text = different.length === 1 ? texts[0]! : different.map((one) => `${one} (${dtypesOf(one)})`).join(', ');
    told.set(text, [...(told.get(text) ?? []), reference]);
  }
  return [...told].map(([text, references]) => `PyTorch ${andText(references)}: ${text}`).join('; ');
}

function andText(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)!].filter((text) => text !== '').join(' and ');
}

/** A line for each finding in the form that GitHub shows beside a pull request. */
export function githubLines({ file, validation }: ValidatedFile): string[] {
  return validation.findings.map((finding) => {
    const title = `${finding.severity}: ${finding.code}`;
    const at = finding.pointer === '' ? '' : `${finding.pointer}: `;
    return `::${level(finding)} file=${commandProperty(file)},title=${commandProperty(title)}::${commandMessage(at + finding.message)}`;
  });
}

function level({ severity }: Finding): 'error' | 'warning' | 'notice' {
  if (severity === 'note') return 'notice';
  return severity === 'will train on wrongly' ? 'warning' : 'error';
}
