/** Bytes of the memory of kernel/operations.ts where operands lie: a third for each. */
export const PARTS = 49152;
