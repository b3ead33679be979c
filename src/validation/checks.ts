/**
 * What can be wrong with a state dict of RMSprop beyond its form. Each check gives findings without a word on what PyTorch does,
 * and the smallest state dict that shows the problem: that is tried.
 */
import { elementType } from '../state-dict/element-type.ts';
import { below } from '../state-dict/format-error.ts';
import { isDense, type Node, numelOf, type TensorNode } from '../state-dict/node.ts';
import { nameOf } from '../state-dict/pickle/globals.ts';
import { keyText } from '../state-dict/pickle/keys.ts';
import type { Code } from './finding.ts';
import { alone, type Entry, type Group, type Model, textOf } from './model.ts';
import { elementsOf, look, type Numbers } from './numbers.ts';

/** A finding before it is tried. */
export interface Suspicion {
  readonly code: Code;
  readonly pointer: string;
  readonly message: string;
  /** A state dict that shows it; absent where the whole does. */
  readonly shown?: Node | undefined;
}

/** Everything that is suspicious in a state dict of RMSprop; `numbers` are what was seen of each tensor. */
export function suspicions(model: Model, numbers: Map<TensorNode, Numbers>): Suspicion[] {
  return [
    ...ofIds(model),
    ...model.groups.flatMap(ofGroup),
    ...model.entries.flatMap((entry) => (entry.group === undefined ? [] : ofEntry(entry, entry.group, numbers))),
    ...model.groups.flatMap((group) => ofSteps(model, group)),
    ...ofStorages(model),
    ...ofSaving(model, numbers),
  ];
}

function ofIds({ groups, entries }: Model): Suspicion[] {
  const found: Suspicion[] = [];
  const seen = new Map<string | undefined, string>();
  for (const group of groups)
    group.ids.forEach((id, i) => {
      const [key, pointer] = [keyText(id), `${group.pointer}/params/${i}`];
      const first = seen.get(key);
      if (first === undefined) seen.set(key, pointer);
      else
        found.push({
          code: 'id-twice',
          pointer,
          message: `the id ${textOf(id)} stands at ${first} too; its state goes to the last parameter alone`,
        });
    });
  const strange = entries.filter(({ group }) => group === undefined);
  if (strange[0])
    found.push({
      ...{ code: 'state-of-no-parameter', pointer: strange[0].pointer },
      message: `state of ${listed(strange.map(({ id }) => textOf(id)))}, which no group names: it is kept and never used`,
    });
  const withState = new Set(entries.map(({ key }) => key));
  const without = groups.flatMap(({ ids }) => ids).filter((id) => !withState.has(keyText(id) ?? ''));
  if (entries.length > 0 && without.length > 0)
    found.push({
      ...{ code: 'parameters-without-state', pointer: '/state' },
      message: `no state of ${listed(without.map(textOf))}: such a parameter had no gradient, and starts from zeros`,
    });
  return found;
}

const NEEDED = ['lr', 'alpha', 'eps', 'weight_decay'];
const FILLED = ['momentum', 'centered', 'foreach', 'maximize', 'differentiable'];
const NUMBERS = ['lr', 'momentum', 'alpha', 'eps', 'weight_decay'];

function ofGroup(group: Group): Suspicion[] {
  const { pointer, options, ids } = group;
  const shown = alone(group, ids[0] ?? { kind: 'int', value: 0 }, undefined);
  const found: Suspicion[] = [];
  for (const option of NEEDED)
    if (!options.has(option))
      found.push({ code: 'missing-option', pointer, message: `expected the option ${option}, got none`, shown });
  const filled = FILLED.filter((option) => !options.has(option));
  if (filled.length > 0)
    found.push({
      code: 'filled-option',
      pointer,
      message: `written by a version without ${listed(filled)}; loading fills in the defaults`,
      shown,
    });
  for (const option of NUMBERS) {
    const value = options.get(option);
    if (value === undefined) continue;
    const at = below(pointer, option);
    if (value.kind === 'int' || value.kind === 'float' || value.kind === 'bool') {
      const x = Number(value.value);
      if (!(x >= 0) || x === Infinity)
        found.push({
          code: 'option-range',
          pointer: at,
          message: `expected ${option} to be a finite number of at least 0, got ${x}; only the constructor checks`,
          shown,
        });
    } else if (value.kind !== 'tensor' || option !== 'lr' || numelOf(value.shape) !== 1)
      found.push({ code: 'option-type', pointer: at, message: `expected a number, got ${saidOf(value)}`, shown });
  }
  const capturable = options.get('capturable');
  if (capturable?.kind === 'bool' && capturable.value)
    found.push({
      code: 'capturable-on-cpu',
      pointer: below(pointer, 'capturable'),
      message: 'the options of the file are capturable, which is for CUDA graphs: the step wants parameters on a GPU',
      shown,
    });
  return found;
}

function saidOf(value: Node): string {
  if (value.kind === 'tensor') return `a tensor of shape [${value.shape.join(', ')}]`;
  return value.kind === 'str' ? JSON.stringify(value.value.slice(0, 40)) : nameOf(value);
}

function ofEntry(entry: Entry, group: Group, all: Map<TensorNode, Numbers>): Suspicion[] {
  const { pointer, values, id } = entry;
  if (values.size === 0) return []; // As if there were none.
  const found: Suspicion[] = [];
  let shown: Node | undefined;
  const say = (code: Suspicion['code'], key: string | undefined, message: string): void => {
    shown ??= alone(group, id, entry.node);
    found.push({ code, pointer: key === undefined ? pointer : below(pointer, key), message, shown });
  };
  const [momentum, centered] = [isPositive(group.options.get('momentum')), isTrue(group.options.get('centered'))];
  if (!values.has('step')) say('missing-step', undefined, 'expected a step count, got none');
  if (!values.has('square_avg')) say('missing-square-avg', undefined, 'expected square_avg, got none');
  if (momentum !== values.has('momentum_buffer'))
    if (momentum)
      say(
        'missing-momentum-buffer',
        undefined,
        'momentum of its group is positive: expected a momentum_buffer, got none',
      );
    else
      say(
        'unused-momentum-buffer',
        'momentum_buffer',
        'momentum of its group is 0: the momentum_buffer is kept and not used',
      );
  if (centered !== values.has('grad_avg'))
    if (centered) say('missing-grad-avg', undefined, 'its group is centered: expected a grad_avg, got none');
    else say('unused-grad-avg', 'grad_avg', 'its group is not centered: the grad_avg is kept and not used');

  for (const key of BUFFERS) {
    const value = values.get(key);
    if (value !== undefined && value.kind !== 'tensor')
      say('wrong-type', key, `expected a tensor, got ${nameOf(value)}`);
  }
  const buffers = entry.buffers.filter(([key]) => BUFFERS.includes(key));
  const [first, ...others] = buffers;
  for (const [key, buffer] of others) {
    if (String(buffer.shape) !== String(first![1].shape))
      say(
        'shapes-differ',
        key,
        `expected the shape [${first![1].shape.join(', ')}] of ${first![0]}, got [${buffer.shape.join(', ')}]`,
      );
    if (buffer.dtype !== first![1].dtype)
      say(
        'element-types-differ',
        key,
        `${first![0]} is of ${first![1].dtype}, this of ${buffer.dtype}; both are cast to the parameter's`,
      );
  }
  for (const [key, buffer] of buffers) {
    const { what } = elementType(buffer.dtype);
    if (what !== 'float') say('element-type', key, `expected floating-point numbers, got ${buffer.dtype}`);
    const seen = look(buffer);
    all.set(buffer, seen);
    const odd = seen.nans + seen.infinities;
    if (odd > 0)
      say(
        'non-finite',
        key,
        `${seen.nans} NaN and ${seen.infinities} infinite of ${seen.count} numbers${where(buffer, (x) => x - x !== 0)}`,
      );
    if (key === 'square_avg' && seen.negatives > 0)
      say(
        'negative-square-avg',
        key,
        `${seen.negatives} negative of ${seen.count} numbers, which no training leaves; the root is NaN${where(buffer, (x) => x < 0)}`,
      );
  }
  if (centered) ofVariance(entry, say);
  ofStep(entry, say);
  return found;
}

const BUFFERS = ['square_avg', 'momentum_buffer', 'grad_avg'];

/** The first place of a number. */
function where(buffer: TensorNode, is: (x: number) => boolean): string {
  const elements = elementsOf(buffer);
  for (let i = 0; i < elements.length; i++) if (is(elements[i]!)) return `, the first at element ${i} in C order`;
  return '';
}

/** Says something of an entry at one of its keys. */
type Say = (code: Suspicion['code'], key: string, message: string) => void;

function ofVariance({ values }: Entry, say: Say): void {
  const [square, mean] = [values.get('square_avg'), values.get('grad_avg')];
  if (square?.kind !== 'tensor' || mean?.kind !== 'tensor') return;
  const [v, g] = [elementsOf(square), elementsOf(mean)];
  if (v.length !== g.length) return;
  const round = square.dtype === 'float64' ? (x: number): number => x : Math.fround;
  let [count, first] = [0, -1];
  for (let i = 0; i < v.length; i++) if (v[i]! >= 0 && v[i]! - round(g[i]! * g[i]!) < 0 && count++ === 0) first = i;
  if (count === 0) return;
  const message = `square_avg - grad_avg² is negative in ${count} of ${v.length} elements, the first ${first} in C order: the next root is NaN unless the gradient makes up for it`;
  say('negative-variance', 'square_avg', message);
}

function ofStep({ values }: Entry, say: Say): void {
  const step = values.get('step');
  if (step === undefined) return;
  const x = stepOf(step);
  if (x === undefined) say('step-type', 'step', `expected a number or a tensor of one number, got ${saidOf(step)}`);
  else if (!Number.isInteger(x) || x < 0)
    say('step-range', 'step', `expected a non-negative whole number of steps, got ${x}`);
}

/** The number of steps that a value stands for. */
export function stepOf(step: Node | undefined): number | undefined {
  if (step?.kind === 'int' || step?.kind === 'float') return Number(step.value);
  if (step?.kind !== 'tensor' || step.shape.length > 0) return undefined;
  const { numbers } = step.storage;
  if (numbers === undefined) return elementsOf(step)[0];
  return step.dtype === 'float32' ? Math.fround(numbers[0]!) : numbers[0];
}

function ofSteps({ entries }: Model, group: Group): Suspicion[] {
  const own = entries.filter((entry) => entry.group === group);
  const [steps, kinds] = [new Map<number, Entry>(), new Map<string, Entry>()];
  for (const entry of own) {
    const step = entry.values.get('step');
    const x = stepOf(step);
    if (x !== undefined && !steps.has(x)) steps.set(x, entry);
    if (step !== undefined && !kinds.has(step.kind)) kinds.set(step.kind, entry);
  }
  const found: Suspicion[] = [];
  const different = [...steps].map(([x, { id }]) => `${x} (of ${textOf(id)})`);
  const pointerOf = (entries: Iterable<Entry>): string => below([...entries][1]!.pointer, 'step');
  if (steps.size > 1)
    found.push({
      code: 'steps-differ',
      pointer: pointerOf(steps.values()),
      message: `steps of one group differ: ${listed(different)}; a parameter counts only the steps in which it had a gradient`,
    });
  if (kinds.size > 1)
    found.push({
      code: 'number-of-step',
      pointer: pointerOf(kinds.values()),
      message: 'some steps of the group are numbers and some tensors: the file was put together',
    });
  return found;
}

/** Buffers of which a step would write elements twice. */
function ofStorages({ entries }: Model): Suspicion[] {
  const spans = entries.flatMap((entry) =>
    entry.buffers.flatMap(([key, { storage, shape, strides, offset, dtype }]) => {
      // Numbers of JSON are shared with nothing.
      if (storage.numbers !== undefined || shape.includes(0) || !isDense({ shape, strides })) return [];
      const size = elementType(dtype).bytes;
      const from = storage.bytes.byteOffset + offset * size;
      const last = shape.reduce((at, n, d) => at + (n - 1) * strides[d]!, 0);
      return [{ pointer: below(entry.pointer, key), buffer: storage.bytes.buffer, from, to: from + (last + 1) * size }];
    }),
  );
  const found: Suspicion[] = [];
  const byBuffer = new Map<ArrayBufferLike, typeof spans>();
  for (const span of spans) {
    const own = byBuffer.get(span.buffer);
    if (own === undefined) byBuffer.set(span.buffer, [span]);
    else own.push(span);
  }
  for (const own of byBuffer.values()) {
    own.sort((a, b) => a.from - b.from);
    for (let i = 1; i < own.length; i++)
      if (own[i]!.from < own[i - 1]!.to)
        found.push({
          code: 'shared-elements',
          pointer: own[i]!.pointer,
          message: `shares elements with ${own[i - 1]!.pointer}: a step writes them twice`,
        });
  }
  return found;
}

/** `get_optimizer_state_dict` of an optimizer that never stepped takes a step with gradients of zero. */
function ofSaving({ entries }: Model, numbers: ReadonlyMap<TensorNode, Numbers>): Suspicion[] {
  const isFresh = (entry: Entry): boolean =>
    stepOf(entry.values.get('step')) === 1 &&
    entry.buffers.every(([, buffer]) => numbers.get(buffer)?.zeros === numbers.get(buffer)?.count);
  if (entries.length === 0 || !entries.every(isFresh)) return [];
  return [
    {
      code: 'zeros-of-saving',
      pointer: '/state',
      message:
        'one step and nothing but zeros: made by saving (torch.distributed.checkpoint takes a step without gradients), not by training',
    },
  ];
}

function isPositive(node: Node | undefined): boolean {
  return (node?.kind === 'int' || node?.kind === 'float') && node.value > 0;
}

function isTrue(node: Node | undefined): boolean {
  return (node?.kind === 'bool' && node.value) || isPositive(node);
}

/** Some names, and how many more there are. */
export function listed(names: readonly string[], most: number = 8): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
