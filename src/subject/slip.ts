/**
 * Errors that the engine throws where a program is wrong, in the file that was given to `check`.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SLIPS: ReadonlySet<unknown> = new Set([TypeError, ReferenceError]);

/** A frame in a file, which V8 and JavaScriptCore write in different ways. */
const FILE = /(?:^|[(@ ])((?:file:\/\/)?\/[^()\n]*?):(\d+):(\d+)\)?$/;

/** A frame in a module that was compiled to a URL of its code, which names the file. */
const COMPILED = /(?:^|[(@ ])data:text\/javascript,(\S*)\?filePath=([^:\s]*):(\d+):(\d+)\)?$/;

/**
 * What the engine threw, if the innermost frame of a TypeError or ReferenceError is in a file; undefined where it is in another, and
 * where a statement of the file throws it.
 */
export function slipIn(error: unknown, path: string): string | undefined {
  if (!(error instanceof Error) || !SLIPS.has(error.constructor)) return undefined;
  const frame = frameIn(error.stack ?? '');
  if (frame === undefined || !isFile(frame.file, path)) return undefined;
  const line = (frame.code ?? readFileSync(path, 'utf8')).split('\n')[frame.line - 1] ?? '';
  // Positions in a file are mapped from compiled code, and name its lines for certain.
  const throws = frame.code === undefined ? line.includes(error.name) : THROWN.test(line.slice(frame.column - 1));
  if (throws) return undefined;
  return `${error.name}: ${error.message}${frame.code === undefined ? ` (line ${frame.line})` : ''}`;
}

/** What stands where a program throws an error itself. */
const THROWN = /^(?:new\s+)?(?:TypeError|ReferenceError)\b/;

interface Frame {
  readonly file: string;
  /** The compiled code; without it, the file is what ran. */
  readonly code?: string;
  readonly line: number;
  readonly column: number;
}

/** The innermost frame of a stack that is in a file. */
function frameIn(stack: string): Frame | undefined {
  for (const text of stack.split('\n')) {
    const [, code, compiled, ...at] = COMPILED.exec(text) ?? [];
    if (code !== undefined)
      return {
        file: decodeURIComponent(compiled!),
        code: decodeURIComponent(code),
        line: Number(at[0]),
        column: Number(at[1]),
      };
    const [, file, line, column] = FILE.exec(text) ?? [];
    if (file !== undefined) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

function isFile(url: string, path: string): boolean {
  const [plain] = url.split('?') as [string];
  const own = plain.startsWith('file:') ? fileURLToPath(plain) : plain;
  return own === resolve(path) || own === realpathSync(path);
}
