/**
 * One writer at a time over a folder of golden files: each reads them, works for minutes, and writes them whole.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../scenario/input-error.ts';

/**
 * Runs a body that reads and then writes the golden files of a folder.
 *
 * @throws InputError when another process does so at this moment, or the folder cannot be written
 */
export async function locked<T>(folder: string, body: () => T | Promise<T>): Promise<T> {
  const path = join(folder, '.writing');
  take(path);
  try {
    return await body();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): void {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new InputError(path, '', `cannot be written: ${message}`);
    const holder = Number(readFileSync(path, 'utf8'));
    if (isAlive(holder))
      throw new InputError(path, '', `process ${holder} is writing this folder; let it end, or remove this file`);
    // Whoever left it there was killed.
    rmSync(path, { force: true });
    take(path);
  }
}

function isAlive(pid: number): boolean {
  // A file that holds no number was made this moment, or by hand.
  if (!(Number.isInteger(pid) && pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
