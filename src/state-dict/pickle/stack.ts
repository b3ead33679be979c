/**
 * What stands on the stack of a pickle while it is read: nodes of the result, and what the allow-list lets through to make them of.
 */
import type { ElementType } from '../element-type.ts';
import type { Node, Storage } from '../node.ts';

/** A storage that a pickle names, before a tensor is made over it. */
export interface StorageItem {
  readonly kind: 'storage';
  readonly storage: Storage;
  /** Undefined for untyped bytes. */
  readonly dtype: ElementType | undefined;
  /** Elements, of untyped storages bytes. */
  readonly numel: number;
}

/** A name of Python's that stands in the allow-list, or that names a class of storages. */
export interface GlobalItem {
  readonly kind: 'global';
  readonly name: string;
  /** Of the opcode. */
  readonly at: number;
}

/** What a stack holds. */
export type Item = Node | StorageItem | GlobalItem;
