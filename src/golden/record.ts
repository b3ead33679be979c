/**
 * Recording: running real PyTorch over the scenarios and keeping what it observed, or holding it against what was kept.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Observation } from '../scenario/types.ts';
import { openTorch, type Provenance, type Recordable, type TorchOptions, torchPrograms } from '../subject/torch.ts';
import { assemble, type Recorded, recordedOf } from './assemble.ts';
import { scenarioOf } from './cases.ts';
import { digest, inputsDigests } from './digest.ts';
import { format } from './format.ts';
import { isHalf } from '../tensor/dtype.ts';
import { goldenPaths } from './folder.ts';
import { locked } from './lock.ts';
import { readGoldenFile, readReferences } from './read.ts';
import type { GoldenFile, Reference, ReferenceName, References } from './types.ts';
import { writeTexts } from './write.ts';

/** What to record, and how. */
export interface RecordOptions extends TorchOptions {
  readonly folder: string;
  /** Compare with what was kept, and write nothing. */
  readonly verify: boolean;
  /** Allow a PyTorch version that references.json does not have yet. */
  readonly add: boolean;
  /** Record compiled steps (clause NUM-8), of the areas that have numbers. */
  readonly compiled?: boolean;
  /** Which files, "area/name", to record or verify; the others stay as they are. */
  readonly only?: (name: string) => boolean;
  readonly onProgress?: (reference: string, done: number, of: number) => void;
}

/** What recording did. */
export interface RecordResult {
  readonly reference: ReferenceName;
  readonly cases: number;
  /** Ids of the cases in which the observations differ from those kept; all of them are written unless verifying. */
  readonly changed: readonly string[];
  /** Whether what was kept was recorded by other programs than those that ran now; an import was, and is not counted. */
  readonly otherRecorder: boolean;
}

interface Loaded {
  readonly path: string;
  /** Replaced by one with more observations as arithmetic after arithmetic is recorded. */
  file: GoldenFile;
}

/**
 * Records every case in every arithmetic that the device has, each twice in fresh processes, the second time in reverse order.
 * The cases of imported files are recorded on a GPU only.
 *
 * @throws AdapterError when PyTorch cannot be run, is of a version that is not a reference, or is not deterministic
 * @throws InputError when a golden file is broken or cannot be written, or another process is writing the folder
 */
export async function record(options: RecordOptions): Promise<RecordResult[]> {
  return options.verify ? recordFolder(options) : locked(options.folder, () => recordFolder(options));
}

async function recordFolder(options: RecordOptions): Promise<RecordResult[]> {
  const { folder, verify } = options;
  const references = readReferences(folder);
  const files = goldenPaths(folder)
    .map((path): Loaded => ({ path, file: readGoldenFile(path) }))
    // On a CPU the cases of imported files would only say again what those of the other files do.
    .filter(({ file }) => file.imported === undefined || options.device === 'cuda')
    .filter(({ file }) => !options.compiled || COMPILED_AREAS.includes(file.area))
    .filter(({ file }) => options.only?.(`${file.area}/${file.name}`) ?? true)
    .filter(({ file }) => !(verify && options.compiled) || compiledHolds(references, file));
  if (files.length === 0) throw new AdapterError('there is no file to record');
  const arithmetics = arithmeticsOf(options);
  const results: RecordResult[] = [];
  const added: Record<ReferenceName, Reference> = {};
  for (const arithmetic of arithmetics) {
    const observable = files.filter(({ file }) => arithmetic !== 'fused' || !hasHalves(file));
    if (observable.length === 0) continue;
    const { name, provenance, observed } = await observeTwice(arithmetic, observable, references, options);
    const imported = observable.some(({ file }) => file.imported === name);
    const known = references.references[name];
    const kept = known?.recorder;
    const own = digests(observable, observed);
    const others = Object.entries(known?.observed ?? {}).filter(([file]) => !(file in own));
    if (
      !verify &&
      others.length > 0 &&
      identity(known!) !== identity({ provenance, recorder: recorderDigest(arithmetic) })
    )
      throw new AdapterError(`${name} was recorded by another PyTorch or other programs: record all of its files anew`);
    results.push({
      reference: name,
      cases: observed.size,
      changed: changedCases(observable, name, observed),
      otherRecorder: !imported && kept !== undefined && kept !== recorderDigest(arithmetic),
    });
    for (const loaded of observable) keep(loaded, name, observed);
    const all = [...others, ...Object.entries(own)].sort(([a], [b]) => (a < b ? -1 : 1));
    added[name] = { provenance, recorder: recorderDigest(arithmetic), observed: Object.fromEntries(all) };
  }
  if (!verify) {
    const all = Object.entries({ ...references.references, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
    const inputs = inputsDigests(
      references.inputs,
      files.map(({ file }) => file),
    );
    const made: References = { format: 1, inputs, references: Object.fromEntries(all) };
    writeTexts([
      ...files.map(({ path, file }) => [path, format(file)] as const),
      [join(folder, 'references.json'), format(made)],
    ]);
  }
  return results;
}

/** Whether a file has tensors of a half type, whose answers in `fused` depend on their place in memory (clause NUM-9). */
function hasHalves({ tensors }: GoldenFile): boolean {
  return Object.values(tensors).some(({ dtype }) => isHalf(dtype));
}

/** Areas whose cases are compiled: what has no numbers is the same compiled, or nothing that compiling is about. */
const COMPILED_AREAS = ['step', 'numerics', 'cuda'];

/** Whether any version recorded compiled steps of a file: one that none did is not missing. */
function compiledHolds({ references }: References, { area, name }: GoldenFile): boolean {
  return Object.entries(references).some(
    ([reference, { observed }]) => /\/compiled/.test(reference) && `${area}/${name}` in observed,
  );
}

function arithmeticsOf({ device, compiled = false }: RecordOptions): readonly Recordable[] {
  if (compiled) return [device === 'cuda' ? 'compiled-cuda' : 'compiled'];
  return device === 'cuda' ? ['cuda'] : ['separate', 'fused'];
}

type Observed = ReadonlyMap<string, readonly Observation[]>;

interface Twice {
  readonly name: ReferenceName;
  readonly provenance: Provenance;
  readonly observed: Observed;
}

async function observeTwice(
  arithmetic: Recordable,
  files: readonly Loaded[],
  references: References,
  options: RecordOptions,
): Promise<Twice> {
  const [first, second] = await Promise.all([openTorch(arithmetic, options), openTorch(arithmetic, options)]);
  try {
    const name = `torch-${first.version}/${arithmetic}`;
    if (!/^\d+\.\d+\.\d+$/.test(first.version))
      throw new AdapterError(
        `${options.python}: expected a released torch, of a version such as 2.15.0, got ${first.version}`,
      );
    if (name in references.references && options.add)
      throw new AdapterError(`${options.python}: ${name} is a recorded reference; without --add it is recorded anew`);
    if (!(name in references.references) && (options.verify || !options.add))
      throw new AdapterError(
        `${options.python}: ${name} is not a recorded reference; those are ${Object.keys(references.references).join(', ')}`,
      );
    const scenarios = files.flatMap(({ file }) => file.cases.map((entry) => scenarioOf(file, entry)));
    let done = 0;
    const pass = async (subject: typeof first, order: typeof scenarios): Promise<Observed> => {
      const observed = new Map<string, readonly Observation[]>();
      for (const scenario of order) {
        observed.set(scenario.id, await subject.run(scenario));
        options.onProgress?.(name, ++done, 2 * scenarios.length);
      }
      return observed;
    };
    const [once, twice] = await Promise.all([pass(first, scenarios), pass(second, scenarios.toReversed())]);
    const unsteady = [...once.keys()].filter((id) => JSON.stringify(once.get(id)) !== JSON.stringify(twice.get(id)));
    if (unsteady.length > 0)
      throw new AdapterError(`${name} observed something else the second time: ${unsteady.slice(0, 5).join(', ')}`);
    return { name, provenance: first.provenance, observed: once };
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

function changedCases(files: readonly Loaded[], name: ReferenceName, observed: Observed): string[] {
  return files.flatMap(({ file }) =>
    file.cases.flatMap(({ id, observed: kept }) => {
      const before = kept[name]?.map((i) => file.observations[i]);
      return JSON.stringify(before) === JSON.stringify(observed.get(id)) ? [] : [id];
    }),
  );
}

function keep(loaded: Loaded, name: ReferenceName, observed: Observed): void {
  const recorded: Recorded = recordedOf(loaded.file);
  for (const [id, own] of recorded) own.set(name, observed.get(id)!);
  loaded.file = assemble(loaded.file, recorded);
}

function digests(files: readonly Loaded[], observed: Observed): Record<string, string> {
  return Object.fromEntries(
    files.map(({ file }) => [
      `${file.area}/${file.name}`,
      digest(file.cases.map(({ id }) => [id, observed.get(id)!] as const)),
    ]),
  );
}

/** What all that one reference observed has in common. */
function identity({ provenance, recorder }: Pick<Reference, 'provenance' | 'recorder'>): string {
  return JSON.stringify([provenance, recorder]);
}

function recorderDigest(arithmetic: Recordable): string {
  const hash = createHash('sha256');
  for (const path of torchPrograms(arithmetic)) hash.update(`${basename(path)}\n`).update(readFileSync(path));
  return hash.digest('hex');
}
