/**
 * Zip archives for tests, as wheels are: a file deflated or stored.
 */
import { writeFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';

/** What to do otherwise than well. */
export interface ZipOptions {
  readonly store?: boolean;
  /** Spoils the checksum of every file. */
  readonly damage?: boolean;
}

/** Writes an archive of texts by name. */
export function writeZip(path: string, files: ReadonlyMap<string, string>, options: ZipOptions = {}): void {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of files) {
    const bytes = Buffer.from(text);
    const packed = options.store ? bytes : deflateRawSync(bytes);
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(options.damage ? 0 : crc32(bytes), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(bytes.length, 8);
    sizes.writeUInt16LE(Buffer.byteLength(name), 12);
    // Version 2.0, no flags, the method; the time does not matter.
    const common = Buffer.concat([Buffer.from([20, 0, 0, 0, options.store ? 0 : 8, 0, 0, 0, 0x21, 0]), sizes]);
    locals.push(Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, rest, Buffer.from(name));
    at += 4 + common.length + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  writeFileSync(path, Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]));
}
