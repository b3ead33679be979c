/**
 * `rmsproof/state-dict`: PyTorch's checkpoints and state dicts outside of PyTorch. Imports nothing of Node.
 */
export { readCheckpoint, writeCheckpoint } from './state-dict/checkpoint.ts';
export type { ReadOptions } from './state-dict/checkpoint.ts';
export { CheckpointError } from './state-dict/checkpoint-error.ts';
export type { Checkpoint } from './state-dict/container.ts';
export type { ElementType } from './state-dict/element-type.ts';
export { type Limits, LIMITS } from './state-dict/limits.ts';
export type { DictNode, Node, SequenceNode, Storage, TensorNode } from './state-dict/node.ts';
export { readTree } from './state-dict/read-tree.ts';
export { type RawView, StoredTensor } from './state-dict/stored-tensor.ts';
export { fromValue } from './state-dict/from-value.ts';
export { Inert, toValue, type ValueOptions } from './state-dict/to-value.ts';
export { writeTree } from './state-dict/write-tree.ts';
export { FormatError } from './state-dict/format-error.ts';
export { fromJSON, type Json, toJSON, treeFromJSON, treeToJSON } from './state-dict/json.ts';
export type { StateDict_before_2_4, StateDict_2_4, StateDict_2_6_named, TensorJSON } from './state-dict/json-types.ts';
export type { Code, Finding, Severity } from './validation/finding.ts';
export type { Outcome } from './validation/dry-run.ts';
export type { Found } from './validation/found.ts';
export type { ValidateOptions } from './validation/options.ts';
export type { Validation } from './validation/tree.ts';
export { validateStateDict } from './validation/validate.ts';
