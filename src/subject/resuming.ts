/**
 * What a port loses on the way through a checkpoint, whatever rule it computes: pairs of tiny programs that differ in one entry of what
 * they load; and one that goes on from what it saved itself, as one that was never interrupted does.
 */
import { DEFAULTS } from '../scenario/fixed.ts';
import type { Op, PlainCheckpoint, Scenario, TensorValue, Value } from '../scenario/types.ts';
import { isDict } from '../scenario/values.ts';
import { toBits } from '../tensor/bits.ts';
import type { Subject } from './subject.ts';

/** An entry of a checkpoint, the need without which there is none, and what it is in one program and in the other. */
const ENTRIES = [
  { name: 'square_avg', need: 'numbers', values: [4, 9] },
  { name: 'momentum_buffer', need: 'momentum', values: [0.5, 2] },
  { name: 'grad_avg', need: 'centered', values: [0.1, 1] },
  { name: 'lr', need: 'numbers', values: [0.01, 0.1] },
  { name: 'step', need: 'numbers', values: [3, 7] },
] as const;

type Name = (typeof ENTRIES)[number]['name'];

/**
 * Asks a subject that claims to resume.
 *
 * @returns what is lost, as sentences about the port; none where nothing is, or where the port throws
 * @throws AdapterError where the adapter breaks
 */
export async function lostInResuming(subject: Subject): Promise<readonly string[]> {
  const lost: string[] = [];
  let whole: boolean | undefined;
  for (const { name, need, values } of ENTRIES) {
    if (!subject.supports.includes(need) || subject.fixed?.has(name as 'lr')) continue;
    const [one, other] = [await after(subject, name, values[0]), await after(subject, name, values[1])];
    if (one === undefined || other === undefined) continue;
    // No number hangs on how many steps were taken.
    const aside = name !== 'step' && one.trained === other.trained;
    // A rule may have no use for an entry.
    if (aside && !(whole ??= await goesOnAsBefore(subject)))
      lost.push(`load leaves ${name} of the checkpoint aside: with another one training goes on the same`);
    else if (one.saved === undefined || one.saved === other.saved)
      lost.push(`save right after load gives back no ${name}, or always the same one`);
    else if (name === 'step' && one.later !== String(values[0] + 1))
      lost.push(`save gives ${one.later ?? 'no count'} as step, one step after a checkpoint of ${values[0]}`);
  }
  return lost;
}

/** Steps before and after a training is interrupted. */
const BEFORE = 2;

/** Whether the port trains on from what it saved as it would have without. */
async function goesOnAsBefore(subject: Subject): Promise<boolean> {
  const { supports, fixed } = subject;
  const dtype = supports.includes('float32') ? 'float32' : 'float64';
  const bits = (numbers: readonly number[]): string =>
    toBits(dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers));
  const wanted: Readonly<Record<string, Value>> = {
    lr: 0.1,
    ...(supports.includes('momentum') ? { momentum: 0.9 } : {}),
    ...(supports.includes('centered') ? { centered: true } : {}),
    ...Object.fromEntries(fixed ?? []),
  };
  const { lr, ...made } = wanted;
  const gradients = [
    [0.5, -0.25],
    [0.25, -2],
    [-1, 0.5],
    [2, -0.5],
  ].map((step) => ({ w: bits(step) }));
  const after = async (interruption: readonly Op[], optimizer?: string): Promise<string | undefined> => {
    const train = { op: 'train', gradients: 'g', after: BEFORE, steps: gradients.length - BEFORE } as const;
    const program: readonly Op[] = [
      { op: 'optimizer', params: ['$w'], options: wanted },
      { op: 'train', gradients: 'g', steps: BEFORE },
      ...interruption,
      { ...train, ...(optimizer === undefined ? {} : { optimizer }) },
    ];
    const scenario: Scenario = {
      ...{ id: `resuming/whole/${optimizer ?? 'opt'}`, program, gradients: { g: gradients } },
      tensors: { w: { dtype, shape: [2], bits: bits([1, -2]), parameter: true } },
    };
    return (await subject.run(scenario)).at(-1)!.steps?.at(-1)?.['w'];
  };
  const resumed = await after(
    [
      { op: 'save' },
      {
        op: 'optimizer',
        as: 'resumed',
        params: ['$w'],
        options: fixed?.has('lr') === true ? { ...made, lr: lr! } : made,
      },
      { op: 'load', optimizer: 'resumed' },
    ],
    'resumed',
  );
  return resumed !== undefined && resumed === (await after([]));
}

interface After {
  readonly trained: string;
  /** The entry, as it was saved right after it was loaded. */
  readonly saved: string | undefined;
  /** The same after the step. */
  readonly later: string | undefined;
}

async function after(subject: Subject, name: Name, value: number): Promise<After | undefined> {
  const [, , save, train, later] = await subject.run(scenario(subject, name, value));
  const bits = train?.steps?.[0]?.['w'];
  if (bits === undefined) return undefined;
  return { trained: bits, saved: entryIn(save?.value, name), later: entryIn(later?.value, name) };
}

function scenario({ supports, fixed }: Subject, name: Name, value: number): Scenario {
  const dtype = supports.includes('float32') ? 'float32' : 'float64';
  const bits = (numbers: readonly number[]): string =>
    toBits(dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers));
  const buffer = (own: Name, usual: number): TensorValue => {
    const element = own === name ? value : usual;
    return { dtype, shape: [2], bits: bits([element, element]) };
  };
  const options: Readonly<Record<string, Value>> = {
    ...DEFAULTS,
    ...Object.fromEntries(fixed ?? []),
    ...(name === 'lr' ? { lr: value } : {}),
    ...(name === 'momentum_buffer' ? { momentum: 0.9 } : {}),
    ...(name === 'grad_avg' ? { centered: true } : {}),
  };
  const state = {
    step: name === 'step' ? value : 3,
    square_avg: buffer('square_avg', 4),
    ...(name === 'momentum_buffer' ? { momentum_buffer: buffer(name, 0) } : {}),
    ...(name === 'grad_avg' ? { grad_avg: buffer(name, 0) } : {}),
  };
  const { lr: _, ...made } = options;
  const checkpoint: PlainCheckpoint = { groups: [{ params: ['w'], options }], state: { w: state } };
  return {
    id: `resuming/${name}/${value}`,
    tensors: { w: { dtype, shape: [2], bits: bits([1, -2]), parameter: true } },
    gradients: { g: [{ w: bits([0.5, -0.25]) }] },
    program: [
      { op: 'optimizer', params: ['$w'], options: name === 'lr' ? {} : made },
      { op: 'load', value: checkpoint },
      { op: 'save' },
      { op: 'train', gradients: 'g', steps: 1 },
      { op: 'save' },
    ],
  };
}

function entryIn(saved: Value | undefined, name: Name): string | undefined {
  const [group] = (entry(saved, 'groups') ?? []) as readonly Value[];
  const found = name === 'lr' ? entry(group, name) : entry(entry(entry(saved, 'state'), 'w'), name);
  return found === undefined ? undefined : JSON.stringify(found);
}

function entry(value: Value | undefined, key: string): Value | undefined {
  return isDict(value) ? value.$dict.find(([name]) => name === key)?.[1] : undefined;
}
