/**
 * The closed vocabulary of what a case may need and a port may claim (spec/needs.md).
 */

/** Parts of an observation; each is compared if the port claims it. */
export const FACETS = ['numbers', 'state', 'bookkeeping', 'errors', 'messages'] as const;

/** A part of an observation. */
export type Facet = (typeof FACETS)[number];

/** Element types, options of RMSprop, and features of optimizers. */
export const FEATURES = [
  'float32',
  'float64',
  'int64',
  'momentum',
  'centered',
  'weight_decay',
  'maximize',
  'foreach',
  'differentiable',
  'capturable',
  'none-gradients',
  'lr-change',
  'set-state',
  'layouts',
  'empty-tensors',
  'int-zero',
  'blocks',
  'tensor-lr',
  'fill',
  'groups',
  'names',
  'iterables',
  'sparse-gradients',
  'zero_grad',
  'closure',
  'state_dict',
  'deepcopy',
  'repr',
  'hooks',
  'global-hooks',
  'odd-options',
  'attributes',
  'subclasses',
  'default-dtype',
] as const;

/** An element type, option or feature. */
export type Feature = (typeof FEATURES)[number];

/** Anything a case may need and a port may claim. */
export type Need = Facet | Feature;

/** Every need, facets first. */
export const NEEDS: readonly Need[] = [...FACETS, ...FEATURES];
