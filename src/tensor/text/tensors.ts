/**
 * Tensors as PyTorch prints them with its default settings (clauses RPR-7 to RPR-9). Sparse tensors are printed as others are.
 */
import { get_default_dtype } from '../default-dtype.ts';
import { type Data, type DType, isComplex, partDType } from '../dtype.ts';
import { type Form, formOf } from './elements.ts';

/** Characters of a line. */
const WIDTH = 80;

/**
 * A tensor of more elements than this is cut: of each dimension only the `EDGE` first and last positions are printed
 * (clause RPR-8).
 */
const MOST = 1000;
const EDGE = 3;

const START = 'tensor(';

/** What of a tensor is printed. */
interface Printed {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly device: string;
  readonly requires_grad: boolean;
  readonly grad_fn: { readonly name: string } | null;
  numel(): number;
  elements(): Data;
}

/** `repr` of a tensor, whatever its class. */
export function tensorText(tensor: Printed): string {
  return withSuffixes(START + body(tensor), suffixes(tensor));
}

function body(tensor: Printed): string {
  if (tensor.numel() === 0) return '[]';
  const cut = tensor.numel() > MOST;
  const form = formOf(tensor.elements(), shown(0, tensor.shape, cut), isComplex(tensor.dtype));
  return bracketed(0, tensor.shape, cut, form, START.length);
}

/** Positions along a dimension that are printed; null stands for those that are left out. */
function positions(size: number, cut: boolean): readonly (number | null)[] {
  const all = Array.from({ length: size }, (_, i) => i);
  return cut && size > 2 * EDGE ? [...all.slice(0, EDGE), null, ...all.slice(-EDGE)] : all;
}

/** How many elements have one index of a first dimension. */
function each(inner: readonly number[]): number {
  return inner.reduce((product, size) => product * size, 1);
}

/** Indices of the elements that are printed, of those from `first` on. */
function shown(first: number, [size, ...inner]: readonly number[], cut: boolean): number[] {
  if (size === undefined) return [first];
  return positions(size, cut).flatMap((i) => (i === null ? [] : shown(first + i * each(inner), inner, cut)));
}

/** The elements from `first` on in brackets, the first of them `indent` characters from the left (clause RPR-8). */
function bracketed(
  first: number,
  [size, ...inner]: readonly number[],
  cut: boolean,
  form: Form,
  indent: number,
): string {
  if (size === undefined) return form.print(first);
  const vector = inner.length === 0;
  const parts = positions(size, cut).map((i) => {
    if (i === null) return vector ? ' ...' : '...';
    return bracketed(first + i * each(inner), inner, cut, form, indent + 1);
  });
  const perLine = Math.max(1, Math.floor((WIDTH - indent) / (form.width + ', '.length)));
  const rows = vector ? lines(parts, perLine) : parts;
  return `[${rows.join(`,${'\n'.repeat(Math.max(1, inner.length))}${' '.repeat(indent + 1)}`)}]`;
}

function lines(parts: readonly string[], perLine: number): string[] {
  const count = Math.ceil(parts.length / perLine);
  return Array.from({ length: count }, (_, i) => parts.slice(i * perLine, (i + 1) * perLine).join(', '));
}

/** What stands behind the elements where it is not the default (clause RPR-9). */
function suffixes(tensor: Printed): string[] {
  const found: string[] = [];
  if (tensor.device !== 'cpu') found.push(`device='${tensor.device}'`);
  if (tensor.numel() === 0 && tensor.shape.length !== 1) found.push(`size=(${tensor.shape.join(', ')})`);
  // RPR-9: also the complex dtype whose parts are of the default one.
  if (partDType(tensor.dtype) !== get_default_dtype()) found.push(`dtype=torch.${tensor.dtype}`);
  if (tensor.grad_fn !== null) found.push(`grad_fn=<${tensor.grad_fn.name}>`);
  else if (tensor.requires_grad) found.push('requires_grad=True');
  return found;
}

/** Each on the line where it is, or on a new one that it does not fit behind. */
function withSuffixes(text: string, found: readonly string[]): string {
  // PyTorch counts two characters more than there are, until there is a break.
  let length = text.length - text.lastIndexOf('\n') + 1;
  let whole = text;
  for (const suffix of found) {
    const fits = length + ', '.length + suffix.length <= WIDTH;
    whole += fits ? `, ${suffix}` : `,\n${' '.repeat(START.length)}${suffix}`;
    length = (fits ? length + ', '.length : START.length) + suffix.length;
  }
  return `${whole})`;
}
