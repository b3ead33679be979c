/**
 * Importing recordings: real PyTorch's trajectories from a machine with a GPU, made golden files of the area `cuda`.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../scenario/input-error.ts';
import { validate } from '../scenario/schema.ts';
import type { TensorSpec } from '../scenario/types.ts';
import type { Provenance } from '../subject/torch.ts';
import { elementBits } from '../tensor/bits.ts';
import { assemble, recordedOf } from './assemble.ts';
import { digest, inputsDigests } from './digest.ts';
import { format } from './format.ts';
import { readGoldenFile, readReferences } from './read.ts';
import { type RecordedGroup, type RecordedProvenance, readRecording } from './recording.ts';
import { GRADIENTS, lrTensors, transcribe } from './transcribe.ts';
import type { GoldenFile, Reference, ReferenceName, References } from './types.ts';
import { writeTexts } from './write.ts';

const AREA = 'cuda';

/** A golden file that importing wrote. */
export interface ImportedFile {
  readonly path: string;
  /** "area/name". */
  readonly name: string;
  readonly cases: number;
}

/** What importing wrote. */
export interface Imported {
  readonly reference: ReferenceName;
  readonly files: readonly ImportedFile[];
  /** How many cases were passed over, by the dtypes that the suite does not train. */
  readonly passedOver: ReadonlyMap<string, number>;
}

interface Made {
  readonly path: string;
  readonly file: GoldenFile;
  readonly digest: string;
}

/**
 * Makes one golden file a dtype of a recording, and writes its reference into references.json. The bits stay as they are; what
 * was not recorded is marked as not observed.
 *
 * @param path of a recording named `cuda-<name>.json` or `cuda-<name>.json.gz`
 * @param folder of the golden files
 * @throws InputError when the recording or the folder is not what it should be; then nothing is written
 */
export function importRecording(path: string, folder: string): Imported {
  const [, name] = /^cuda-([a-z0-9-]+)\.json(\.gz)?$/.exec(basename(path)) ?? [];
  if (name === undefined)
    throw new InputError(path, '', 'expected a file named cuda-<name>.json or cuda-<name>.json.gz');
  const { provenance, passedOver, groups } = readRecording(path);
  const reference = `torch-${provenance.torch.split('+')[0]}/cuda`;
  const references = readReferences(folder);
  const made = groups.map((group) => make(group, path, name, provenance.device, reference, folder));
  const known = references.references[reference];
  const entry = referenceOf(provenance, known?.observed ?? {}, made);
  if (known !== undefined && identity(known) !== identity(entry))
    throw new InputError(
      path,
      '/provenance',
      `expected that of ${reference} in references.json, ${identity(known)}, got ${identity(entry)}`,
    );
  const all = Object.entries({ ...references.references, [reference]: entry }).sort(([a], [b]) => (a < b ? -1 : 1));
  const inputs = inputsDigests(
    references.inputs,
    made.map(({ file }) => file),
  );
  writeTexts([
    ...made.map(({ path: to, file }) => [to, format(file)] as const),
    [
      join(folder, 'references.json'),
      format({ format: 1, inputs, references: Object.fromEntries(all) } satisfies References),
    ],
  ]);
  const files = made.map(({ path: to, file }) => ({
    path: to,
    name: `${AREA}/${file.name}`,
    cases: file.cases.length,
  }));
  return { reference, files, passedOver };
}

function make(
  group: RecordedGroup,
  source: string,
  recording: string,
  device: string,
  reference: ReferenceName,
  folder: string,
): Made {
  const { dtype, inputs } = group;
  const name = `${recording}-${dtype}`;
  const path = join(folder, AREA, `${name}.json`);
  const transcribed = group.cases.map((recorded) => transcribe(group, recorded, `${AREA}/${name}/${recorded.slug}`));
  const file = assemble(
    {
      ...{ format: 1, area: AREA, name },
      title: `${recording}: ${inputs.grads.length} steps recorded on ${device}, ${dtype}`,
      imported: reference,
      tensors: tensorsOf(group),
      gradients: { [GRADIENTS]: inputs.grads },
      cases: transcribed.map(({ entry }) => entry),
    },
    new Map(transcribed.map(({ entry, observations }) => [entry.id, new Map([[reference, observations]])])),
  );
  // The fault is the recording's: the file that it would make is not there.
  validate('golden', file, `${source} (as ${AREA}/${name}.json)`);
  refuseLoss(path, reference);
  return { path, file, digest: digest(transcribed.map(({ entry, observations }) => [entry.id, observations])) };
}

/** @throws InputError when the present file holds what other references observed, which only a recorder can make anew */
function refuseLoss(path: string, reference: ReferenceName): void {
  if (!existsSync(path)) return;
  const others = new Set([...recordedOf(readGoldenFile(path)).values()].flatMap((own) => [...own.keys()]));
  others.delete(reference);
  if (others.size > 0)
    throw new InputError(
      path,
      '/cases',
      `expected observations of ${reference} alone, got those of ${[...others].join(', ')} too`,
    );
}

function tensorsOf(group: RecordedGroup): Record<string, TensorSpec> {
  const { dtype, inputs } = group;
  const params = Object.entries(inputs.shapes).map(([name, shape]): [string, TensorSpec] => [
    name,
    { dtype, shape, bits: inputs.params[name]!, parameter: true },
  ]);
  const rates = [...lrTensors(group)].map(([lr, name]): [string, TensorSpec] => [
    name,
    { dtype: 'float32', shape: [], bits: elementBits('float32', lr) },
  ]);
  return Object.fromEntries([...params, ...rates]);
}

function referenceOf(recorded: RecordedProvenance, known: Reference['observed'], made: readonly Made[]): Reference {
  const { torch, git, cuda, compute_capability, cpu_capability, sqrt, python, numpy, device, recorder_sha256 } =
    recorded;
  const build = `CUDA ${cuda}, CPU capability ${cpu_capability}`;
  const provenance: Provenance = { torch, git, build, python, numpy, device, capability: compute_capability, sqrt };
  const own = made.map(({ file, digest }) => [`${file.area}/${file.name}`, digest] as const);
  const observed = Object.entries({ ...known, ...Object.fromEntries(own) }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { provenance, recorder: recorder_sha256, observed: Object.fromEntries(observed) };
}

/** What two recordings of one reference have in common. */
function identity({ provenance, recorder }: Reference): string {
  return JSON.stringify({ ...provenance, recorder });
}
