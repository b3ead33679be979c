/**
 * Names of files that hold a state dict.
 */

/** Whether an argument names a file of a state dict rather than anything else that a command takes. */
export function isStateDictFile(path: string): boolean {
  return /\.(pt|pth|bin|ckpt)$/.test(path) || (path.endsWith('.json') && !path.endsWith('.schema.json'));
}
