/**
 * Texts of files, gzipped where the name ends in .gz, and the JSON in them.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../scenario/input-error.ts';

/** @throws InputError when the file cannot be read or unpacked */
export function readText(path: string): string {
  const bytes = attempt(path, 'cannot be read', () => readFileSync(path));
  return (path.endsWith('.gz') ? attempt(path, 'is no gzip', () => gunzipSync(bytes)) : bytes).toString('utf8');
}

/** @throws InputError when the text is no JSON */
export function parse(path: string, text: string): unknown {
  return attempt(path, 'is no JSON', () => JSON.parse(text) as unknown);
}

function attempt<T>(path: string, problem: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw new InputError(path, '', `${problem}: ${(error as Error).message}`);
  }
}
