/**
 * Reading golden/: every file against its schema, its references against each other, its observations against their digests.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from '../scenario/types.ts';
import { checkScenario } from '../scenario/check.ts';
import { digest, inputsDigest } from './digest.ts';
import { InputError } from '../scenario/input-error.ts';
import { root } from '../scenario/root.ts';
import { validate } from '../scenario/schema.ts';
import type { Case, CaseEntry, Golden, GoldenFile, ReferenceName, References } from './types.ts';

/** The golden files of this package. */
export const goldenFolder: string = fileURLToPath(new URL('golden/', root));

/**
 * All golden files of a folder.
 *
 * @throws InputError for the first file that breaks its schema, refers to what is not there, or has a wrong digest
 */
export function readGolden(folder: string = goldenFolder): Golden {
  const references = readReferences(folder);
  const cases: Case[] = [];
  const ids = new Set<string>();
  const paths = goldenPaths(folder);
  if (paths.length === 0) throw new InputError(folder, '', 'there is no golden file in it, only references.json');
  for (const path of paths) {
    const file = readGoldenFile(path);
    const own = casesOf(file, path, references);
    for (const { id } of own) {
      if (ids.has(id)) throw new InputError(path, '/cases', `the id ${id} is used twice`);
      ids.add(id);
    }
    verifyInputs(file, path, references);
    verifyDigests(file, own, path, references);
    cases.push(...own);
  }
  const files = new Set(cases.map((c) => c.file));
  for (const [name, { observed }] of Object.entries(references.references))
    for (const file of Object.keys(observed))
      if (!files.has(file))
        throw new InputError(join(folder, `${file}.json`), '', `${name} observed it, but it is not there`);
  return { references, cases };
}

/** Paths of the golden files of a folder, sorted. */
export function goldenPaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== 'references.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @throws InputError when the file is no JSON or breaks the schema */
export function readGoldenFile(path: string): GoldenFile {
  const file = readJson(path);
  validate('golden', file, path);
  return file as GoldenFile;
}

/** @throws InputError when golden/references.json is not there, no JSON or breaks its schema */
export function readReferences(folder: string): References {
  const path = join(folder, 'references.json');
  if (!existsSync(path))
    throw new InputError(folder, '', 'is no folder of golden files: there is no references.json in it');
  const references = readJson(path);
  validate('references', references, path);
  return references as References;
}

/** The scenario of a case: the tensors and gradients of its file, and its program. */
export function scenarioOf(
  file: Pick<GoldenFile, 'tensors' | 'gradients'>,
  entry: Pick<CaseEntry, 'id' | 'program'>,
): Scenario {
  const { tensors, gradients } = file;
  return { id: entry.id, tensors, gradients, program: entry.program };
}

function casesOf(file: GoldenFile, path: string, references: References): Case[] {
  return file.cases.map((entry, index) => {
    const at = `/cases/${index}`;
    const { id, clauses, needs, catches = [] } = entry;
    if (!id.startsWith(`${file.area}/${file.name}/`))
      throw new InputError(path, `${at}/id`, `expected an id that begins with ${file.area}/${file.name}/, got ${id}`);
    const scenario = scenarioOf(file, entry);
    const problem = checkScenario(scenario);
    if (problem) throw new InputError(path, problem.place.replace(/^\/program/, `${at}/program`), problem.message);
    const observed = new Map<ReferenceName, Case['observed'] extends ReadonlyMap<string, infer V> ? V : never>();
    for (const [reference, indices] of Object.entries(entry.observed)) {
      const place = `${at}/observed/${reference.replace('/', '~1')}`;
      if (!(reference in references.references))
        throw new InputError(path, place, `the reference ${reference} is not in references.json`);
      if (indices.length !== entry.program.length)
        throw new InputError(
          path,
          place,
          `expected ${entry.program.length} observations, one an operation, got ${indices.length}`,
        );
      const missing = indices.find((i) => i >= file.observations.length);
      if (missing !== undefined) throw new InputError(path, place, `there is no observation ${missing}`);
      observed.set(
        reference,
        indices.map((i) => file.observations[i]!),
      );
    }
    return { id, area: file.area, file: `${file.area}/${file.name}`, clauses, needs, catches, scenario, observed };
  });
}

function verifyInputs(file: GoldenFile, path: string, { inputs }: References): void {
  const [known, actual] = [inputs[`${file.area}/${file.name}`], inputsDigest(file)];
  if (actual !== known)
    throw new InputError(
      path,
      '',
      `its tensors, gradients and programs have the digest ${actual}, references.json says ${known ?? 'nothing'}; ` +
        'golden files are written by generators and the recorder, never by hand',
    );
}

function verifyDigests(file: GoldenFile, cases: readonly Case[], path: string, references: References): void {
  const name = `${file.area}/${file.name}`;
  // References share most observations.
  const texts = new Map(file.observations.map((observation) => [observation, JSON.stringify(observation)]));
  for (const [reference, { observed }] of Object.entries(references.references)) {
    const own = cases.filter((c) => c.observed.has(reference)).map((c) => [c.id, c.observed.get(reference)!] as const);
    if (own.length === 0 && observed[name] === undefined) continue;
    const actual = digest(own, (observation) => texts.get(observation)!);
    if (actual !== observed[name])
      throw new InputError(
        path,
        '/observations',
        `what ${reference} observed has the digest ${actual}, references.json says ${observed[name] ?? 'nothing'}; ` +
          'golden files are written by generators and the recorder, never by hand',
      );
  }
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(path, '', `cannot be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(path, '', `is no JSON: ${(error as Error).message}`);
  }
}
