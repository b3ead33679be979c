/**
 * What one step is timed of.
 */

/** A size: so many tensors of so many elements, float32. */
export interface Size {
  readonly name: string;
  readonly tensors: number;
  readonly elements: number;
}

/** The sizes. */
export const SIZES: readonly Size[] = [
  { name: '100', tensors: 1, elements: 100 },
  { name: '10^4', tensors: 1, elements: 1e4 },
  { name: '10^6', tensors: 1, elements: 1e6 },
  { name: '10^7', tensors: 1, elements: 1e7 },
  { name: '1,000 x 1,000', tensors: 1000, elements: 1000 },
];

/** Options by PyTorch's names. */
export interface Options {
  readonly lr: number;
  readonly momentum?: number;
  readonly centered?: boolean;
  readonly weight_decay?: number;
  readonly maximize?: boolean;
}

/** The variants of the update. */
export const VARIANTS: Readonly<Record<string, Options>> = {
  plain: { lr: 1e-4 },
  'momentum, centered': { lr: 1e-4, momentum: 0.9, centered: true },
  everything: { lr: 1e-4, momentum: 0.9, centered: true, weight_decay: 1e-3, maximize: true },
};

/** What a process is asked in a line of JSON; it answers with the seconds of its fastest step, or null for what it has not. */
export interface Asked {
  readonly tensors: number;
  readonly elements: number;
  readonly options: Options;
  /** Seconds that steps are taken for, once to warm up and once to time them. */
  readonly time: number;
}
