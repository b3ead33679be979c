/**
 * `rmsproof/state-dict`: PyTorch's checkpoints and state dicts outside of PyTorch. Imports nothing of Node.
 */
export { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
export type { ReadOptions } from './checkpoint.ts';
export { CheckpointError } from './checkpoint-error.ts';
export type { Checkpoint } from './container.ts';
export type { ElementType } from './element-type.ts';
export { type Limits, LIMITS } from './limits.ts';
export type { DictNode, Node, SequenceNode, Storage, TensorNode } from './node.ts';
export { readTree } from './read-tree.ts';
export { type RawView, StoredTensor } from './stored-tensor.ts';
export { fromValue } from './from-value.ts';
export { Inert, toValue, type ValueOptions } from './to-value.ts';
export { writeTree } from './write-tree.ts';
