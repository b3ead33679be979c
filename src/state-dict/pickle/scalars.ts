/**
 * Numbers and texts as pickles write them.
 */
import { narrow } from '../element-type.ts';
import type { Node } from '../node.ts';
import { type Cursor, errorAt, latin1, line, take } from './cursor.ts';

/** An integer in decimal digits, which Python takes up to 4300 of. */
export function decimal(cursor: Cursor, ending: RegExp): Node {
  const at = cursor.at;
  const text = line(cursor, 'an integer');
  const [, digits] = /^(\s*[+-]?\d{1,4300}\s*)/.exec(text) ?? [];
  if (digits === undefined || !ending.test(text.slice(digits.length)))
    throw errorAt(cursor, at, `expected a decimal integer, got ${JSON.stringify(text.slice(0, 40))}`);
  return { kind: 'int', value: narrow(BigInt(digits.trim().replace('+', ''))) };
}

/** A float in decimal digits. */
export function decimalFloat(cursor: Cursor): Node {
  const at = cursor.at;
  const text = line(cursor, 'a float').trim();
  const special = SPECIAL.get(text.toLowerCase());
  if (special === undefined && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    throw errorAt(cursor, at, `expected a float, got ${JSON.stringify(text.slice(0, 40))}`);
  return { kind: 'float', value: special ?? Number(text) };
}

const SPECIAL = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

/** An integer in two's complement, least significant byte first. @throws CheckpointError beyond `most` bytes */
export function long(cursor: Cursor, length: number, most: number): Node {
  if (length > most || length < 0)
    throw errorAt(cursor, cursor.at, `expected an integer of at most ${most} bytes, got ${length}`);
  const bytes = take(cursor, length, 'an integer');
  let digits = '';
  for (const byte of bytes) digits = byte.toString(16).padStart(2, '0') + digits;
  const value = BigInt.asIntN(8 * length, BigInt(`0x0${digits}`));
  return { kind: 'int', value: narrow(value) };
}

/** UTF-8, in which Python writes lone surrogates too. */
export function utf8(cursor: Cursor, length: number): Node {
  const at = cursor.at;
  const bytes = take(cursor, length, 'a text');
  try {
    return { kind: 'str', value: decoder.decode(bytes) };
  } catch {
    return { kind: 'str', value: withSurrogates(bytes, () => errorAt(cursor, at, 'expected UTF-8, got other bytes')) };
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function withSurrogates(bytes: Uint8Array, refuse: () => Error): string {
  let text = '';
  let from = 0;
  const upTo = (end: number): string => {
    try {
      return decoder.decode(bytes.subarray(from, end));
    } catch {
      throw refuse();
    }
  };
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] !== 0xed || bytes[i + 1]! < 0xa0) continue;
    text += upTo(i) + String.fromCharCode(0xd000 | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f));
    from = i + 3;
    i += 2;
  }
  return text + upTo(bytes.length);
}

/** A text of Python 2, whose bytes are taken for Latin-1. */
export function bytesText(cursor: Cursor, length: number): Node {
  return { kind: 'str', value: latin1(take(cursor, length, 'a text')) };
}

/** A text in quotes with Python's escapes. */
export function quoted(cursor: Cursor): Node {
  const at = cursor.at;
  const text = line(cursor, 'a text').trimEnd();
  const inner = text.slice(1, -1);
  if (text.length < 2 || text[0] !== text.at(-1) || !/^['"]/.test(text))
    throw errorAt(cursor, at, `expected a text in quotes, got ${JSON.stringify(text.slice(0, 40))}`);
  return { kind: 'str', value: unescaped(inner, /\\(?:x([0-9a-f]{2})|([0-7]{1,3})|(.))/gi) };
}

/** A text in which only line feeds, backslashes and the like are escaped, as `\u000a`. */
export function rawUnicode(cursor: Cursor): Node {
  const text = line(cursor, 'a text');
  const value = text.replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))/g, (whole, four: string, eight: string) => {
    const code = parseInt(four ?? eight, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
  return { kind: 'str', value };
}

function unescaped(text: string, escape: RegExp): string {
  return text.replace(escape, (whole, hex: string, octal: string, letter: string) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
    return LETTERS[letter] ?? whole;
  });
}

const LETTERS: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"' },
};
