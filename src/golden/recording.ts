/**
 * Reading raw recordings: trajectories that a program of its own took from real PyTorch on a GPU, in the format
 * "raw RMSprop trajectories 2" (spec/golden.md). Cases of dtypes that the suite does not have are passed over.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../scenario/input-error.ts';
import type { Gradients, Value } from '../scenario/types.ts';
import { type DType, dtypeInfo, dtypes } from '../tensor/dtype.ts';
import { Place } from './place.ts';

const FORMAT = 'raw RMSprop trajectories 2';

/** What a recording says of its PyTorch and of the program that recorded. */
export interface RecordedProvenance {
  readonly torch: string;
  readonly git: string;
  readonly device: string;
  readonly cuda: string;
  readonly compute_capability: string;
  readonly cpu_capability: string;
  readonly sqrt: string;
  readonly python: string;
  readonly numpy: string;
  readonly recorder_sha256: string;
}

/** What all cases of one dtype began with. */
export interface Inputs {
  /** Sizes of the parameters' dimensions, by name. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly params: Readonly<Record<string, string>>;
  /** One a step. */
  readonly grads: readonly Gradients[];
}

/** Buffers as bits and the step count as a number, by parameter and PyTorch's names. */
export type RecordedState = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

/** One recorded run of an optimizer. */
export interface RecordedCase {
  /** The recording's id less the dtype. */
  readonly slug: string;
  readonly options: Readonly<Record<string, Value>>;
  /** Whether lr was a tensor: 0-dim, float32, 0.01, on the device. */
  readonly tensorLr: boolean;
  /** Step numbers before which lr was set. */
  readonly lrSchedule: ReadonlyMap<number, number>;
  /** The parameters after each step. */
  readonly trajectory: readonly Readonly<Record<string, string>>[];
  /** Step numbers after which the state was recorded. */
  readonly state: ReadonlyMap<number, RecordedState>;
}

/** The cases of one dtype. */
export interface RecordedGroup {
  readonly dtype: DType;
  readonly inputs: Inputs;
  readonly cases: readonly RecordedCase[];
}

/** A recording. */
export interface Recording {
  readonly provenance: RecordedProvenance;
  readonly groups: readonly RecordedGroup[];
}

/**
 * Reads a recording, JSON or gzipped JSON.
 *
 * @throws InputError when it cannot be read, is of another format, not from a GPU, incomplete, or has bits that fit no tensor
 */
export function readRecording(path: string): Recording {
  const file = new Place(path, readJson(path));
  const format = file.key('format');
  if (format.value !== FORMAT) format.refuse(JSON.stringify(FORMAT));
  const provenance = readProvenance(file.key('provenance'));
  const cases = file.key('cases').items();
  const groups = dtypes.flatMap((dtype) => {
    const own = cases.filter((place) => place.key('dtype').text() === dtype);
    if (own.length === 0) return [];
    const inputs = readInputs(dtype, file.key('inputs').key(dtype));
    return [{ dtype, inputs, cases: own.map((place) => readCase(dtype, inputs, place)) }];
  });
  if (groups.length === 0) file.key('cases').refuse(`cases in ${dtypes.join(' or ')}`, 'none');
  return { provenance, groups };
}

function readProvenance(place: Place): RecordedProvenance {
  const text = (key: string): string => place.key(key).text();
  return {
    torch: place.key('torch').text(/^\d+\.\d+\.\d+(\+|$)/, 'a version of torch'),
    git: text('git'),
    device: text('device'),
    cuda: place.key('cuda').text(/^/, 'a version of CUDA: only recordings from a GPU are imported'),
    compute_capability: text('compute_capability'),
    cpu_capability: text('cpu_capability'),
    sqrt: text('sqrt'),
    python: text('python'),
    numpy: text('numpy'),
    recorder_sha256: place.key('recorder_sha256').text(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 hex digits'),
  };
}

function readInputs(dtype: DType, place: Place): Inputs {
  const shapes = Object.fromEntries(
    place.key('shapes').entries().map(([name, shape]) => [name, shape.items().map((size) => size.number())]),
  );
  const tensors = place.key('params').sameKeys(Object.keys(shapes));
  const params = Object.fromEntries(tensors.map(([name, bits]) => [name, readBits(dtype, shapes[name]!, bits)]));
  const grads = place.key('grads').items().map((step): Gradients =>
    Object.fromEntries(
      step
        .sameKeys(Object.keys(shapes))
        .map(([name, bits]) => [name, bits.value === null ? null : readBits(dtype, shapes[name]!, bits)]),
    ),
  );
  return { shapes, params, grads };
}

function readCase(dtype: DType, { shapes, grads }: Inputs, place: Place): RecordedCase {
  const id = place.key('id').text(new RegExp(`^${dtype}/.`), `an id that begins with ${dtype}/`);
  const trajectory = place.key('trajectory').items();
  // A case that ended in an error has a shorter trajectory; the format says too little of it to go on.
  if (trajectory.length !== grads.length)
    place.key('trajectory').refuse(`${grads.length} steps, one for each of the gradients`, `${trajectory.length}`);
  const bits = (name: string, at: Place): [string, string] => [name, readBits(dtype, shapes[name]!, at)];
  const stateOf = (name: string, entry: Place): RecordedState[string] =>
    Object.fromEntries(entry.entries().map(([key, at]) => (key === 'step' ? [key, at.number()] : [key, bits(name, at)[1]])));
  return {
    slug: id.slice(dtype.length + 1),
    options: Object.fromEntries(place.key('options').entries().map(([name, { value }]) => [name, value as Value])),
    tensorLr: place.key('tensor_lr').boolean(),
    lrSchedule: bySteps(place.key('lr_schedule'), grads.length, (lr) => lr.number()),
    trajectory: trajectory.map((step) =>
      Object.fromEntries(step.sameKeys(Object.keys(shapes)).map(([name, at]) => bits(name, at))),
    ),
    state: bySteps(place.key('state'), grads.length, (state) =>
      Object.fromEntries(
        state.entries().map(([name, entry]) => {
          if (!(name in shapes)) entry.refuse(`one of the parameters ${Object.keys(shapes).join(', ')}`, name);
          return [name, stateOf(name, entry)];
        }),
      ),
    ),
  };
}

function bySteps<T>(place: Place, last: number, read: (entry: Place) => T): ReadonlyMap<number, T> {
  const steps = place.entries().map(([key, entry]): [number, T] => {
    const step = Number(key);
    if (!(Number.isInteger(step) && step >= 1 && step <= last)) entry.refuse(`a step from 1 to ${last}`, key);
    return [step, read(entry)];
  });
  return new Map(steps);
}

function readBits(dtype: DType, shape: readonly number[], place: Place): string {
  const text = place.text();
  const { digits } = dtypeInfo(dtype);
  const numel = shape.reduce((product, size) => product * size, 1);
  const patterns = text === '' ? [] : text.split(' ');
  if (patterns.length !== numel)
    place.refuse(`${numel} elements of shape [${shape.join(', ')}]`, `${patterns.length}`);
  const wrong = patterns.findIndex((pattern) => pattern.length !== digits || /[^0-9a-f]/.test(pattern));
  if (wrong >= 0) place.refuse(`${digits} hex digits of ${dtype} for element ${wrong}`, JSON.stringify(patterns[wrong]));
  return text;
}

function readJson(path: string): unknown {
  const attempt = <T>(problem: string, body: () => T): T => {
    try {
      return body();
    } catch (error) {
      throw new InputError(path, '', `${problem}: ${(error as Error).message}`);
    }
  };
  const bytes = attempt('cannot be read', () => readFileSync(path));
  const text = path.endsWith('.gz') ? attempt('is no gzip', () => gunzipSync(bytes)) : bytes;
  return attempt('is no JSON', () => JSON.parse(text.toString('utf8')) as unknown);
}
