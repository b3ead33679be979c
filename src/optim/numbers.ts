/**
 * Python's and PyTorch's way of printing numbers.
 */
import type { Tensor } from '../tensor/tensor.ts';

/** `repr` of a JavaScript number: an int where it is integral and JavaScript writes it without an exponent, else a float. */
export function number(x: number): string {
  return Number.isInteger(x) && !Object.is(x, -0) && Math.abs(x) < 1e21 ? x.toString() : float(x);
}

/** `repr` of a Python float: the shortest decimal, with an exponent below 1e-4 and from 1e16. */
export function float(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  if (Object.is(x, -0)) return '-0.0';
  const [mantissa, exponent] = x.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) return Number.isInteger(x) ? x.toFixed(1) : x.toString();
  return `${mantissa}e${power < 0 ? '-' : '+'}${Math.abs(power).toString().padStart(2, '0')}`;
}

/** `repr` of a tensor: four decimals, or four digits and an exponent where the magnitudes ask for them. */
export function tensorText(tensor: Tensor): string {
  const elements = Array.from(tensor.elements());
  const finite = elements.filter((x) => Number.isFinite(x));
  const sizes = finite.map(Math.abs).filter((x) => x !== 0);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const integral = finite.every((x) => Number.isInteger(x));
  const scientific = sizes.length > 0 && (most / least > 1000 || most > 1e8 || (!integral && least < 1e-4));
  const print = (x: number): string => {
    if (!Number.isFinite(x)) return float(x);
    if (scientific) return x.toExponential(4).replace(/e([+-])(\d)$/, 'e$10$2');
    return integral ? `${x}.` : x.toFixed(4);
  };
  const suffix = tensor.dtype === 'float32' ? '' : `, dtype=torch.${tensor.dtype}`;
  const device = tensor.device === 'cpu' ? '' : `, device='${tensor.device}'`;
  return `tensor(${nest(elements.map(print), tensor.shape)}${device}${suffix})`;
}

function nest(texts: readonly string[], shape: readonly number[]): string {
  if (shape.length === 0) return texts[0]!;
  const [size, ...rest] = shape as [number, ...number[]];
  const each = texts.length / Math.max(size, 1);
  return `[${Array.from({ length: size }, (_, i) => nest(texts.slice(i * each, (i + 1) * each), rest)).join(', ')}]`;
}
