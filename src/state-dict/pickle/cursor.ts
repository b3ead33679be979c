/**
 * A place in bytes, moved by reading.
 */
import { CheckpointError } from '../checkpoint-error.ts';

/** Bytes that are read one after the other. */
export interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Of the next byte to be read. */
  at: number;
  /** Says where a byte of these lies in the file. */
  readonly place: (at: number) => number | string;
}

/** A cursor at the first of some bytes. */
export function cursorOf(bytes: Uint8Array, place: Cursor['place'] = (at) => at): Cursor {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, place };
}

/** An error at a byte. */
export function errorAt(cursor: Cursor, at: number, message: string): CheckpointError {
  return new CheckpointError(cursor.place(at), message);
}

/** Moves over `length` bytes and gives where they begin. @throws CheckpointError when there are fewer */
export function skip(cursor: Cursor, length: number, what: string): number {
  const { at, bytes } = cursor;
  if (length > bytes.length - at)
    throw errorAt(cursor, at, `expected ${length} bytes of ${what}, got the end after ${bytes.length - at}`);
  cursor.at = at + length;
  return at;
}

/** `length` bytes, as a view. @throws CheckpointError when there are fewer */
export function take(cursor: Cursor, length: number, what: string): Uint8Array {
  const at = skip(cursor, length, what);
  return cursor.bytes.subarray(at, at + length);
}

/** A byte. */
export function u8(cursor: Cursor, what: string): number {
  return cursor.bytes[skip(cursor, 1, what)]!;
}

/** Two bytes, least significant first. */
export function u16(cursor: Cursor, what: string): number {
  return cursor.view.getUint16(skip(cursor, 2, what), true);
}

/** Four bytes, least significant first, as a non-negative integer. */
export function u32(cursor: Cursor, what: string): number {
  return cursor.view.getUint32(skip(cursor, 4, what), true);
}

/** Four bytes, least significant first, in two's complement. */
export function i32(cursor: Cursor, what: string): number {
  return cursor.view.getInt32(skip(cursor, 4, what), true);
}

/** A length of eight bytes. @throws CheckpointError when it is more than any file has */
export function u64(cursor: Cursor, what: string): number {
  const at = skip(cursor, 8, what);
  const value = cursor.view.getBigUint64(at, true);
  if (value > 2n ** 53n) throw errorAt(cursor, at, `expected ${what} of at most 2^53, got ${value}`);
  return Number(value);
}

/** The bytes up to a line feed, which is passed over, as Latin-1. @throws CheckpointError when there is none */
export function line(cursor: Cursor, what: string): string {
  const end = cursor.bytes.indexOf(0x0a, cursor.at);
  if (end < 0) throw errorAt(cursor, cursor.at, `expected a line of ${what}, got the end`);
  const text = latin1(cursor.bytes.subarray(cursor.at, end));
  cursor.at = end + 1;
  return text;
}

/** A text of bytes, each one character. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}
