/**
 * `rmsproof convert A B`: between PyTorch's .pt files and JSON, bit for bit.
 */
import { treeToJSON } from '../state-dict/json.ts';
import { writeTree } from '../state-dict/write-tree.ts';
import { EXIT } from './exit-codes.ts';
import { optimizerIn, readNode, writeWhole } from './state-dict-file.ts';
import { UsageError } from './usage-error.ts';

/** Options of the command. */
export interface ConvertOptions {
  readonly plain?: boolean;
  readonly key?: string;
}

/**
 * Runs the command; B is written whole or not at all.
 *
 * @throws UsageError for a B of neither kind, and where no optimizer can be taken out; InputError for files
 */
export function convert(from: string, to: string, { plain = false, key }: ConvertOptions): number {
  const isJSON = to.endsWith('.json');
  if (!isJSON && !/\.(pt|pth|bin|ckpt)$/.test(to))
    throw new UsageError(`${to}: expected a name that ends in .json, .pt, .pth, .bin or .ckpt`);
  const root = readNode(from);
  const tree = plain || key !== undefined ? optimizerIn(root, from, key) : root;
  writeWhole(to, isJSON ? `${JSON.stringify(treeToJSON(tree))}\n` : writeTree(tree));
  return EXIT.ok;
}
