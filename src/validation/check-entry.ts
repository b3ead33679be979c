/**
 * What can be wrong with the state of one parameter.
 */
import { elementType } from '../state-dict/element-type.ts';
import { below } from '../state-dict/format-error.ts';
import type { Node, TensorNode } from '../state-dict/node.ts';
import { nameOf } from '../state-dict/pickle/globals.ts';
import { toElement } from '../tensor/dtype.ts';
import { alone, type Entry, type Group } from './model.ts';
import { elementsOf, look, type Numbers } from './numbers.ts';
import { saidOf, stepOf, type Suspicion } from './suspicion.ts';

/** What is suspicious in the state of a parameter; `all` takes what is seen of its tensors. */
export function ofEntry(entry: Entry, group: Group, all: Map<TensorNode, Numbers>): Suspicion[] {
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
    else if (isNothing(group.options.get('momentum')))
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
    if (what !== 'float' && what !== 'complex')
      say('element-type', key, `expected floating-point or complex numbers, got ${buffer.dtype}`);
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
  const round = square.dtype === 'float64' || square.dtype === 'complex128' ? (x: number): number => x : Math.fround;
  let [count, first] = [0, -1];
  // Of half types the operation computes in float32 and rounds its result: what is small becomes -0, whose root is no NaN.
  const made = (x: number): number =>
    square.dtype === 'float16' || square.dtype === 'bfloat16' ? toElement(square.dtype, round(x)) : x;
  for (let i = 0; i < v.length; i++)
    if (v[i]! >= 0 && made(v[i]! - round(g[i]! * g[i]!)) < 0 && count++ === 0) first = i;
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

function isPositive(node: Node | undefined): boolean {
  return (node?.kind === 'int' || node?.kind === 'float') && node.value > 0;
}

/** Whether an option is 0 or not there, which is filled in with 0. */
function isNothing(node: Node | undefined): boolean {
  return node === undefined || ('value' in node && Number(node.value) === 0);
}

function isTrue(node: Node | undefined): boolean {
  return (node?.kind === 'bool' && node.value) || isPositive(node);
}
