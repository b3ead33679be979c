/**
 * Builds the WebAssembly of src/fast/kernel/one-pass.ts. AssemblyScript, as who reads TypeScript reads the kernel, and its types
 * write the loops of both element types once.
 *
 *     npm run kernel      writes src/fast/one-pass-bytes.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAXIMUM_PAGES } from '../src/fast/memory.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const compiler = path('../node_modules/assemblyscript/bin/asc.js');

/** The module that is built from the kernel's text. @throws Error where the compiler refuses the text */
export function build(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  const module = join(folder, 'one-pass.wasm');
  try {
    execFileSync(process.execPath, [
      ...[
        compiler,
        path('../src/fast/kernel/one-pass.ts'),
        '--outFile',
        module,
        '-O3',
        '--runtime',
        'stub',
        '--noAssert',
      ],
      ...['--enable', 'simd', '--enable', 'threads', '--disable', 'bulk-memory', '--importMemory', '--noExportMemory'],
      ...['--sharedMemory', '--initialMemory', '1', '--maximumMemory', String(MAXIMUM_PAGES)],
    ]);
    return readFileSync(module);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text of the file that holds the module. */
export function fileOf(module: Uint8Array): string {
  const text = Buffer.from(module).toString('base64');
  const lines = text.match(/.{1,120}/g)!.map((line) => `  '${line}'`);
  return (
    '/** The WebAssembly of kernel/one-pass.ts, in base64; written by npm run kernel, never by hand. */\n' +
    `export const ONE_PASS: string = [\n${lines.join(',\n')},\n].join('');\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(path('../src/fast/one-pass-bytes.ts'), fileOf(build()));
