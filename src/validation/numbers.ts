/**
 * The numbers of a tensor, looked at once.
 */
import { elementBytes, isDense, type TensorNode } from '../state-dict/node.ts';
import { numbersOf } from '../state-dict/stored-tensor.ts';

/** What the numbers of a tensor are. */
export interface Numbers {
  readonly count: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
  readonly negatives: number;
  /** Of the numbers that are not NaN; Infinity and -Infinity where there is none. */
  readonly least: number;
  readonly most: number;
}

type Elements = ArrayLike<number>;

/** The elements of a tensor in C order, of complex ones both parts: floats as a view where they lie so. */
export function elementsOf(node: TensorNode): Elements {
  const { dtype, storage } = node;
  if (dtype === 'float32' || dtype === 'float64') {
    const Floats = dtype === 'float32' ? Float32Array : Float64Array;
    const bytes = isDense(node) || storage.bytes.length > 0 ? elementBytes(node) : new Uint8Array();
    const { buffer, byteOffset, byteLength } =
      bytes.byteOffset % Floats.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
    return new Floats(buffer as ArrayBuffer, byteOffset, byteLength / Floats.BYTES_PER_ELEMENT);
  }
  return numbersOf(node).map(Number);
}

/** Counts and bounds of a tensor's numbers. Those of JSON are rounded to the element type as they are looked at. */
export function look(tensor: TensorNode): Numbers {
  const { numbers } = tensor.storage;
  const elements = numbers ?? elementsOf(tensor);
  const isSingle = numbers !== undefined && tensor.dtype === 'float32';
  return positive(elements, isSingle) ?? counted(elements, isSingle);
}

/** Of numbers that are all positive and finite, as most buffers' are: nothing is counted, which is twice as fast. */
function positive(elements: Elements, isSingle: boolean): Numbers | undefined {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < elements.length; i++) {
    const x = elements[i]!;
    if (!(x > 0)) return undefined;
    least = Math.min(least, x);
    most = Math.max(most, x);
  }
  if (isSingle) [least, most] = [Math.fround(least), Math.fround(most)];
  if (least === 0 || most === Infinity) return undefined;
  return { count: elements.length, zeros: 0, nans: 0, infinities: 0, negatives: 0, least, most };
}

function counted(elements: Elements, isSingle: boolean): Numbers {
  let [zeros, nans, infinities, negatives, least, most] = [0, 0, 0, 0, Infinity, -Infinity];
  for (let i = 0; i < elements.length; i++) {
    const x = isSingle ? Math.fround(elements[i]!) : elements[i]!;
    if (x < least) least = x;
    if (x > most) most = x;
    if (x === 0) zeros += 1;
    else if (x < 0) negatives += 1;
    if (x - x !== 0) {
      if (x !== x) nans += 1;
      else infinities += 1;
    }
  }
  return { count: elements.length, zeros, nans, infinities, negatives, least, most };
}
