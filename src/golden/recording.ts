/**
 * Reading raw recordings: trajectories that a program of its own took from real PyTorch on a GPU, in the format
 * "raw RMSprop trajectories 2" (spec/recording.md). Every field is used or refused. Cases of dtypes that the suite does not train are
 * counted and passed over.
 */
import type { Gradients, Value } from '../scenario/types.ts';
import { fromBits, toBits } from '../tensor/bits.ts';
import { type FloatingDType, dtypeInfo, floating_dtypes } from '../tensor/dtype.ts';
import { type Place, readPlace } from './place.ts';

const FORMAT = 'raw RMSprop trajectories 2';
const DTYPE = /^(float(16|32|64)|bfloat16|complex(64|128))$/;

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
  /** Where lr was a tensor, its number: of float32, no dimensions, on the device. It is no option then. */
  readonly tensorLr?: number;
  /** Step numbers before which lr was set. */
  readonly lrSchedule: ReadonlyMap<number, number>;
  /** The parameters after each step. */
  readonly trajectory: readonly Readonly<Record<string, string>>[];
  /** Step numbers after which the state was recorded. */
  readonly state: ReadonlyMap<number, RecordedState>;
}

/** The cases of one dtype. */
export interface RecordedGroup {
  readonly dtype: FloatingDType;
  readonly inputs: Inputs;
  readonly cases: readonly RecordedCase[];
}

/** A recording. */
export interface Recording {
  readonly provenance: RecordedProvenance;
  /** How many cases were passed over, by their dtypes. */
  readonly passedOver: ReadonlyMap<string, number>;
  readonly groups: readonly RecordedGroup[];
}

/**
 * Reads a recording, JSON or gzipped JSON.
 *
 * @throws InputError when it cannot be read, is of another format, not from a GPU, incomplete, or has bits that fit no tensor
 */
export function readRecording(path: string): Recording {
  const file = readPlace(path);
  const format = file.key('format');
  if (format.value !== FORMAT) format.refuse(JSON.stringify(FORMAT));
  const provenance = readProvenance(file.key('provenance'));
  const cases = file.key('cases').items();
  const dtypeOf = (place: Place): string => place.key('dtype').text(DTYPE, 'a dtype such as float32');
  refuseTwice(cases.map((place) => place.key('id')));
  const groups = floating_dtypes.flatMap((dtype) => {
    const own = cases.filter((place) => dtypeOf(place) === dtype);
    if (own.length === 0) return [];
    const inputs = readInputs(dtype, file.key('inputs').key(dtype));
    return [{ dtype, inputs, cases: own.map((place) => readCase(dtype, inputs, place)) }];
  });
  if (groups.length === 0) file.key('cases').refuse(`cases in ${floating_dtypes.join(' or ')}`, 'none');
  const used = new Set(cases.map(dtypeOf));
  file.key('inputs').members((inputs, dtype) => {
    if (!used.has(dtype)) inputs.refuse(`inputs of a dtype that a case has, ${[...used].join(', ')}`, dtype);
  });
  file.only(['format', 'provenance', 'inputs', 'cases']);
  const passedOver = new Map<string, number>();
  for (const dtype of cases.map(dtypeOf).filter((own) => !(floating_dtypes as readonly string[]).includes(own)))
    passedOver.set(dtype, (passedOver.get(dtype) ?? 0) + 1);
  return { provenance, passedOver, groups };
}

function refuseTwice(ids: readonly Place[]): void {
  const seen = new Set<unknown>();
  for (const id of ids) {
    if (seen.has(id.value)) id.refuse('an id that is used once');
    seen.add(id.value);
  }
}

function readProvenance(place: Place): RecordedProvenance {
  const text = (key: string): string => place.key(key).text();
  const provenance: RecordedProvenance = {
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
  place.only(Object.keys(provenance));
  return provenance;
}

function readInputs(dtype: FloatingDType, place: Place): Inputs {
  const shapes = place.key('shapes').members((shape, name) => {
    if (!NAME.test(name) || /^lr\d*$/.test(name))
      shape.refuse('a name of lower-case letters, digits and underscores that is not lr', name);
    return shape.items().map((size) => size.count());
  });
  const names = Object.keys(shapes);
  // A NaN is one pattern in scenarios, whatever the GPU's was.
  const bits = (at: Place, name: string): string => toBits(fromBits(dtype, readBits(dtype, shapes[name]!, at)), dtype);
  const steps = place.key('grads').items();
  const inputs = {
    shapes,
    params: place.key('params').exactly(names, bits),
    grads: steps.map((step) => step.exactly(names, (at, name) => (at.value === null ? null : bits(at, name)))),
  };
  place.only(Object.keys(inputs));
  return inputs;
}

/** Names of tensors in scenarios; lr is one of its own. */
const NAME = /^[a-z][a-z0-9_]*$/;

const STATE = ['step', 'square_avg', 'momentum_buffer', 'grad_avg'];

/** Keyword arguments of the constructor; `params` apart. */
const NUMBERS = ['lr', 'alpha', 'eps', 'weight_decay', 'momentum'];
const OPTIONS = [...NUMBERS, 'centered', 'capturable', 'foreach', 'maximize', 'differentiable'];

function readCase(dtype: FloatingDType, { shapes, grads }: Inputs, place: Place): RecordedCase {
  const id = place.key('id').text(new RegExp(`^${dtype}/.`), `an id that begins with ${dtype}/`);
  const names = Object.keys(shapes);
  const trajectory = place.key('trajectory').items();
  // A case that ended in an error has a shorter trajectory; the format says too little of it to go on.
  if (trajectory.length !== grads.length)
    place.key('trajectory').refuse(`${grads.length} steps, one for each of the gradients`, `${trajectory.length}`);
  const bits = (at: Place, name: string): string => readBits(dtype, shapes[name]!, at);
  const stateOf = (entry: Place, name: string): RecordedState[string] => {
    if (!names.includes(name)) entry.refuse(`one of the parameters ${names.join(', ')}`, name);
    entry.only(STATE);
    return entry.members((at, key) => (key === 'step' ? at.count() : bits(at, name)));
  };
  const options = readOptions(place.key('options'));
  const { lr, ...rest } = options;
  const tensorLr = place.key('tensor_lr').boolean();
  const recorded = {
    slug: id.slice(dtype.length + 1),
    options: tensorLr ? rest : options,
    ...(tensorLr ? { tensorLr: (lr as number | undefined) ?? DEFAULT_LR } : {}),
    lrSchedule: bySteps(place.key('lr_schedule'), grads.length, (lr) => lr.number()),
    trajectory: trajectory.map((step) => step.exactly(names, bits)),
    state: bySteps(place.key('state'), grads.length, (state) => state.members(stateOf)),
  };
  place.only(['id', 'dtype', 'options', 'tensor_lr', 'lr_schedule', 'trajectory', 'state']);
  return recorded;
}

/** What RMSprop takes for lr where none is given. */
const DEFAULT_LR = 0.01;

function readOptions(place: Place): Record<string, Value> {
  place.only(OPTIONS);
  return place.members((option, name) => {
    if (NUMBERS.includes(name)) return option.number();
    return name === 'foreach' && option.value === null ? null : option.boolean();
  });
}

function bySteps<T>(place: Place, last: number, read: (entry: Place) => T): ReadonlyMap<number, T> {
  const entries = place.members((entry, key) => {
    const step = Number(key);
    if (!(Number.isInteger(step) && step >= 1 && step <= last)) entry.refuse(`a step from 1 to ${last}`, key);
    return [step, read(entry)] as const;
  });
  return new Map(Object.values(entries));
}

function readBits(dtype: FloatingDType, shape: readonly number[], place: Place): string {
  const text = place.text();
  const { digits } = dtypeInfo(dtype);
  const numel = shape.reduce((product, size) => product * size, 1);
  const patterns = text === '' ? [] : text.split(' ');
  if (patterns.length !== numel) place.refuse(`${numel} elements of shape [${shape.join(', ')}]`, `${patterns.length}`);
  const wrong = patterns.findIndex((pattern) => pattern.length !== digits || /[^0-9a-f]/.test(pattern));
  if (wrong >= 0)
    place.refuse(`${digits} hex digits of ${dtype} for element ${wrong}`, JSON.stringify(patterns[wrong]));
  return text;
}
