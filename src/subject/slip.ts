/**
 * Errors that the engine throws where a program is wrong, in the file that was given to `check`.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SLIPS: ReadonlySet<unknown> = new Set([TypeError, ReferenceError]);

/** The innermost frame of a stack that is in a file; V8 and JavaScriptCore write it in different ways. */
const FRAME = /(?:^|[(@ ])((?:file:\/\/)?\/[^()\n]*?):(\d+):\d+\)?$/m;

/**
 * What the engine threw and where, if the innermost frame of a TypeError or ReferenceError is in a file; undefined where it is in another,
 * and where a statement of the file throws it.
 */
export function slipIn(error: unknown, path: string): string | undefined {
  if (!(error instanceof Error) || !SLIPS.has(error.constructor)) return undefined;
  const [, url, line] = FRAME.exec(error.stack ?? '') ?? [];
  if (url === undefined || !isFile(url, path)) return undefined;
  const text = readFileSync(path, 'utf8').split('\n')[Number(line) - 1] ?? '';
  return text.includes(error.name) ? undefined : `${error.name}: ${error.message} (line ${line})`;
}

function isFile(url: string, path: string): boolean {
  const [plain] = url.split('?') as [string];
  const own = plain.startsWith('file:') ? fileURLToPath(plain) : plain;
  return own === resolve(path) || own === realpathSync(path);
}
