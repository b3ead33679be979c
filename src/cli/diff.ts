/**
 * `rmsproof diff A B`: observations of two subjects compared, on golden scenarios or on a file.
 */
import { readFileSync } from 'node:fs';
import { differenceOf } from '../conformance/fuzz/fuzz.ts';
import { print } from '../report/wrap.ts';
import { checkScenario } from '../scenario/check.ts';
import { InputError } from '../scenario/input-error.ts';
import { validate } from '../scenario/schema.ts';
import type { Scenario } from '../scenario/types.ts';
import type { Subject } from '../subject/subject.ts';
import { EXIT } from './exit-codes.ts';
import { progress } from './progress.ts';
import { readSelected } from './select.ts';
import { refuseUnheeded, subjectOf, type SubjectOptions } from './subjects.ts';
import { targetFor, type TargetOptions } from './target.ts';
import { isStateDictFile } from './state-dict-name.ts';
import { UsageError } from './usage-error.ts';

/** Options of the command. */
export interface DiffOptions extends SubjectOptions, TargetOptions {
  readonly golden?: string;
  readonly only?: string;
  readonly file?: string;
  readonly key?: string;
}

/** Differences shown in full. */
const SHOWN = 5;

/**
 * Runs the command: B is held against A.
 *
 * @returns the exit code: 0 when they observe the same, 1 when not
 */
export async function diff(a: string, b: string, options: DiffOptions): Promise<number> {
  if (isStateDictFile(a) && isStateDictFile(b)) return (await import('./look.ts')).diffStateDicts(a, b, options.key);
  const alone = [a, b].find((one) => /\.(pt|pth|bin|ckpt)$/.test(one));
  if (alone !== undefined) throw new UsageError(`${alone}: a state dict is compared with another, in .pt or .json`);
  if (options.key !== undefined) throw new UsageError('--key is for files of state dicts');
  for (const option of ['only', 'golden'] as const)
    if (options.file !== undefined && options[option] !== undefined)
      throw new UsageError(`--${option} is for golden scenarios; --file compares on its own`);
  refuseUnheeded([a, b], options);
  const scenarios = options.file === undefined ? goldenScenarios(options) : [readScenario(options.file)];
  const [first, second] = [await subjectOf(a, options), await subjectOf(b, options)];
  const target = targetFor([first, second], options);
  const [expected, actual] = [await first.open(target), await second.open(target)];
  const bar = progress();
  try {
    let [differing, compared] = [0, 0];
    for (const { scenario, needs } of scenarios) {
      if (!claims(expected, needs) || !claims(actual, needs)) continue;
      compared += 1;
      const difference = await differenceOf(scenario, expected, actual);
      bar.advance('scenarios', compared, scenarios.length);
      if (difference === undefined) continue;
      differing += 1;
      if (differing > SHOWN) continue;
      console.log(scenario.id);
      print(`  operation ${difference.op} (${difference.operation}), ${difference.where}`);
      print(`    ${a}  ${difference.expected}`);
      print(`    ${b}  ${difference.actual}`);
      console.log('');
    }
    bar.end();
    const left = scenarios.length - compared;
    console.log(`${compared} scenarios compared, ${differing} differ${left ? `, ${left} not claimed by both` : ''}`);
    return differing > 0 ? EXIT.differs : EXIT.ok;
  } finally {
    await Promise.all([expected.close(), actual.close()]);
    await Promise.all([first.close?.(), second.close?.()]);
  }
}

interface Needing {
  readonly scenario: Scenario;
  readonly needs: readonly string[];
}

function goldenScenarios(options: DiffOptions): readonly Needing[] {
  return readSelected(options.golden, options.only).cases;
}

function claims(subject: Subject, needs: readonly string[]): boolean {
  return needs.every((need) => (subject.supports as readonly string[]).includes(need));
}

/** @throws InputError when a file is no scenario */
export function readScenario(path: string): Needing {
  let scenario: Scenario;
  try {
    scenario = JSON.parse(readFileSync(path, 'utf8')) as Scenario;
  } catch (error) {
    throw new InputError(path, '', `is no readable JSON: ${(error as Error).message}`);
  }
  validate('scenario', scenario, path);
  const problem = checkScenario(scenario);
  if (problem) throw new InputError(path, problem.place, problem.message);
  return { scenario, needs: [] };
}
