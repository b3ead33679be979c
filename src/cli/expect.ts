/**
 * `rmsproof.expectations.json`: where it is found, and what is read from it and written to it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { changes, updated } from '../conformance/update.ts';
import { type Expectations, judge } from '../conformance/expectations.ts';
import type { Conformance } from '../conformance/verdicts.ts';
import { format } from '../golden/format.ts';
import { parse } from '../golden/text.ts';
import { writeText } from '../golden/write.ts';
import { fixedOptions, fixedWords } from '../scenario/fixed.ts';
import { InputError } from '../scenario/input-error.ts';
import { type Claim, claimed, isClaim, type Profile, PROFILES } from '../scenario/needs.ts';
import { packageVersion } from '../scenario/package-version.ts';
import { validate } from '../scenario/schema.ts';
import { isCommand } from './subjects.ts';
import { UsageError } from './usage-error.ts';

/** The name of the file. */
export const EXPECTATIONS = 'rmsproof.expectations.json';

/** The options that are about what is expected. */
export interface ExpectOptions {
  /** A file; false where none is wanted; where it is found when absent. */
  readonly expect?: string | false;
  readonly update?: boolean;
  readonly require?: readonly string[];
}

/** What is expected of a port, and where that is written. */
export interface Expected {
  /** Undefined where there is no file and none is to be written. */
  readonly path?: string;
  /** Undefined where there is no file yet. */
  readonly expectations?: Expectations;
  readonly require: readonly Profile[];
}

/**
 * Reads what is expected of a port: from a file that is named, else from one that lies beside the module, or, for a command, in the
 * working directory.
 *
 * @throws UsageError for a profile that there is not, a file without a port, or one that is named and not there, unless it is to be
 * written; InputError for a file that its schema does not admit
 */
export function expectedOf(
  port: string | undefined,
  { expect, update = false, require = [] }: ExpectOptions,
): Expected {
  const strange = require.find((word) => !(PROFILES as readonly string[]).includes(word));
  if (strange !== undefined)
    throw new UsageError(`--require: there is no profile ${strange}; the profiles are ${PROFILES.join(', ')}`);
  const profiles = require as readonly Profile[];
  if (port === undefined) {
    for (const [option, given] of [
      ['expect', typeof expect === 'string'],
      ['update', update],
      ['require', require.length > 0],
    ])
      if (given === true) throw new UsageError(`--${option as string} is for ports`);
    return { require: [] };
  }
  if (expect === false) {
    if (update) throw new UsageError('--update does not go with --no-expect');
    return { require: profiles };
  }
  const path = expect ?? relative('', join(isCommand(port) ? '.' : dirname(port), EXPECTATIONS));
  if (existsSync(path)) return { path, expectations: readExpectations(path), require: profiles };
  if (expect !== undefined && !update) throw new UsageError(`--expect: there is no ${path}; --update writes it`);
  return update ? { path, require: profiles } : { require: profiles };
}

function readExpectations(path: string): Expectations {
  const value = parse(path, readFileSync(path, 'utf8'));
  validate('expectations', value, path);
  const expectations = value as Expectations;
  const strange = expectations.claims.findIndex((word) => !isClaim(word));
  if (strange >= 0)
    throw new InputError(
      path,
      `/claims/${strange}`,
      `expected a word of spec/needs.md, got ${expectations.claims[strange]}`,
    );
  return expectations;
}

/** The result with what is to be said of it by what was expected; as it is where nothing was. */
export function judged(result: Conformance, { expectations, require }: Expected, partial: boolean): Conformance {
  if (expectations === undefined && require.length === 0) return result;
  const today = new Date().toISOString().slice(0, 10);
  const given = { require, partial, today, ...(expectations === undefined ? {} : { expectations }) };
  return { ...result, judgement: judge(result, given) };
}

/**
 * Writes what a result would have expected.
 *
 * @returns what changed, as lines
 */
export function writeExpectations(result: Conformance, { path, expectations }: Expected): readonly string[] {
  const claims = new Set<Claim>(result.runs.flatMap((run) => [...run.claims, ...(run.fixed ?? [])]));
  const today = new Date().toISOString().slice(0, 10);
  const before = judge(result, { today, ...(expectations === undefined ? {} : { expectations }) });
  const words =
    expectations !== undefined && sameClaims(expectations.claims, [...claims]) ? expectations.claims : claims;
  const after = updated(result, before, [...words], packageVersion());
  const changed = changes(expectations, after);
  validate('expectations', after, path!);
  if (changed.length > 0) writeText(path!, format(after));
  return changed.length === 0 ? [`${path} is as it should be`] : [`${path}:`, ...changed.map((line) => `  ${line}`)];
}

/** Profiles are kept as long as they stand for what is claimed. */
function sameClaims(words: readonly Claim[], now: readonly Claim[]): boolean {
  const spelled = (list: readonly Claim[]): string => [...claimed(list), ...fixedWords(fixedOptions(list))].join();
  return spelled(words) === spelled(now);
}
