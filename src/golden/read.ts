/**
 * Reading golden files: each against its schema and its digests, or, where they are packed, as it was verified then.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../scenario/input-error.ts';
import { validate } from '../scenario/schema.ts';
import { casesOf } from './cases.ts';
import { goldenFolder, goldenPaths, nameOf } from './folder.ts';
import { type CaseLine, type Index, readIndex, readPacked } from './packed.ts';
import { parse, readText } from './text.ts';
import type { Case, Golden, GoldenFile, References } from './types.ts';
import { verify } from './verify.ts';

/** Whether the file "area/name" is asked for. */
export type Wanted = (name: string) => boolean;

/** A folder of golden files of which none but references.json was opened. */
export interface Folder {
  readonly references: References;
  /** "area/name" of each file, in their order. */
  readonly names: readonly string[];
  /**
   * The cases of a file.
   *
   * @throws InputError when it breaks its schema, refers to what is not there, or has a wrong digest
   */
  readonly cases: (name: string) => readonly Case[];
}

/**
 * A folder of golden files, each to be read when its cases are asked for.
 *
 * @throws InputError for references.json, and when there is no golden file
 */
export function openGolden(folder: string = goldenFolder): Folder {
  const index = readIndex(folder);
  const references = readReferences(folder, index);
  const paths = new Map(goldenPaths(folder).map((path) => [nameOf(folder, path), path]));
  if (paths.size === 0) throw new InputError(folder, '', 'there is no golden file in it, only references.json');
  for (const [reference, { observed }] of Object.entries(references.references))
    for (const name of Object.keys(observed))
      if (!paths.has(name))
        throw new InputError(join(folder, `${name}.json`), '', `${reference} observed it, but it is not there`);
  const cases = (name: string): readonly Case[] => {
    const path = paths.get(name)!;
    if (index !== undefined) return casesOf(readPacked(path, name, index) as GoldenFile);
    const file = readGoldenFile(path);
    verify(file, name, path, references);
    return casesOf(file);
  };
  return { references, names: [...paths.keys()], cases };
}

/**
 * The golden files of a folder, all or those that are wanted; no other is opened.
 *
 * @throws InputError for the first file that breaks its schema, refers to what is not there, or has a wrong digest
 */
export function readGolden(folder: string = goldenFolder, wanted: Wanted = () => true): Golden {
  const { references, names, cases } = openGolden(folder);
  return { references, cases: names.filter(wanted).flatMap(cases) };
}

/**
 * What the cases of a folder are called, cite and need; from the index, where there is one, or from the files that are wanted.
 * Nothing else in them is looked at.
 *
 * @throws InputError for a file that does not say it
 */
export function readCaseLines(folder: string, wanted: Wanted = () => true): readonly CaseLine[] {
  refuseOther(folder);
  const index = readIndex(folder);
  if (index !== undefined) return index.cases;
  const paths = goldenPaths(folder).filter((path) => wanted(nameOf(folder, path)));
  return paths.flatMap((path): readonly CaseLine[] => {
    const file = parse(path, readText(path));
    const { cases } = Object(file) as { readonly cases?: unknown };
    if (Array.isArray(cases) && cases.every(isCaseLine)) return cases;
    validate('golden', file, path);
    return (file as GoldenFile).cases;
  });
}

function isCaseLine(value: unknown): value is CaseLine {
  const { id, clauses, needs } = Object(value) as Partial<CaseLine>;
  return typeof id === 'string' && Array.isArray(clauses) && Array.isArray(needs);
}

/** @throws InputError for a folder without references.json */
function refuseOther(folder: string): void {
  if (!existsSync(join(folder, 'references.json')))
    throw new InputError(folder, '', 'is no folder of golden files: there is no references.json in it');
}

/** @throws InputError when the file is no JSON or breaks the schema */
export function readGoldenFile(path: string): GoldenFile {
  const file = parse(path, readText(path));
  validate('golden', file, path);
  return file as GoldenFile;
}

/** @throws InputError when references.json is not there, no JSON or breaks its schema */
export function readReferences(folder: string, index: Index | undefined = readIndex(folder)): References {
  refuseOther(folder);
  const path = join(folder, 'references.json');
  if (index !== undefined) return readPacked(path, 'references', index) as References;
  const references = parse(path, readText(path));
  validate('references', references, path);
  return references as References;
}
