/**
 * Verifying a golden file: its cases against their file, its contents against their digests (spec/golden.md).
 */
import { checkScenario } from '../scenario/check.ts';
import { InputError } from '../scenario/input-error.ts';
import { digest, inputsDigest } from './digest.ts';
import type { CaseEntry, GoldenFile, References } from './types.ts';

/**
 * Verifies a file that its schema admits.
 *
 * @param name "area/name" by its path
 * @throws InputError for the first thing that refers to what is not there, is there twice, or has a wrong digest
 */
export function verify(file: GoldenFile, name: string, path: string, references: References): void {
  const own = `${file.area}/${file.name}`;
  if (own !== name) throw new InputError(path, '/name', `expected the area and name of its path, ${name}, got ${own}`);
  const ids = new Set<string>();
  for (const [index, entry] of file.cases.entries()) {
    verifyCase(entry, `/cases/${index}`, file, path, references);
    if (ids.has(entry.id)) throw new InputError(path, '/cases', `the id ${entry.id} is used twice`);
    ids.add(entry.id);
  }
  verifyInputs(file, path, references);
  verifyObservations(file, path, references);
}

function verifyCase(entry: CaseEntry, at: string, file: GoldenFile, path: string, references: References): void {
  const { id, program, observed } = entry;
  if (!id.startsWith(`${file.area}/${file.name}/`))
    throw new InputError(path, `${at}/id`, `expected an id that begins with ${file.area}/${file.name}/, got ${id}`);
  const { tensors, gradients } = file;
  const problem = checkScenario({ id, tensors, gradients, program });
  if (problem) throw new InputError(path, problem.place.replace(/^\/program/, `${at}/program`), problem.message);
  for (const [reference, indices] of Object.entries(observed)) {
    const place = `${at}/observed/${reference.replace('/', '~1')}`;
    if (!(reference in references.references))
      throw new InputError(path, place, `the reference ${reference} is not in references.json`);
    if (indices.length !== program.length)
      throw new InputError(
        path,
        place,
        `expected ${program.length} observations, one an operation, got ${indices.length}`,
      );
    const missing = indices.find((i) => i >= file.observations.length);
    if (missing !== undefined) throw new InputError(path, place, `there is no observation ${missing}`);
  }
}

const BY_HAND = 'golden files are written by generators and the recorder, never by hand';

function verifyInputs(file: GoldenFile, path: string, { inputs }: References): void {
  const [known, actual] = [inputs[`${file.area}/${file.name}`], inputsDigest(file)];
  if (actual !== known)
    throw new InputError(
      path,
      '',
      `its tensors, gradients and programs have the digest ${actual}, references.json says ${known ?? 'nothing'}; ${BY_HAND}`,
    );
}

function verifyObservations(file: GoldenFile, path: string, { references }: References): void {
  const { observations, cases } = file;
  // References share most observations, and many observed the same of a whole file.
  const texts = new Map(observations.map((observation) => [observation, JSON.stringify(observation)]));
  const digests = new Map<string, string>();
  for (const [reference, { observed }] of Object.entries(references)) {
    const own = cases.flatMap(({ id, observed: { [reference]: indices } }) =>
      indices === undefined ? [] : [[id, indices] as const],
    );
    const known = observed[`${file.area}/${file.name}`];
    if (own.length === 0 && known === undefined) continue;
    const same = JSON.stringify(own);
    const actual =
      digests.get(same) ??
      digest(
        own.map(([id, indices]) => [id, indices.map((index) => observations[index]!)] as const),
        (observation) => texts.get(observation)!,
      );
    digests.set(same, actual);
    if (actual !== known)
      throw new InputError(
        path,
        '/observations',
        `what ${reference} observed has the digest ${actual}, references.json says ${known ?? 'nothing'}; ${BY_HAND}`,
      );
  }
}
