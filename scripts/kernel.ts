/**
 * Builds the WebAssembly of src/fast/kernel. AssemblyScript, as who reads TypeScript reads the kernel, and its types
 * write the loops of both element types once.
 *
 *     npm run kernel      writes src/fast/one-pass-bytes.ts and src/fast/operations-bytes.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAXIMUM_PAGES } from '../src/fast/memory.ts';
import { PARTS } from '../src/fast/parts.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const compiler = path('../node_modules/assemblyscript/bin/asc.js');

/** A module, by the name of its file. */
export type Module = 'one-pass' | 'operations';

/** For each module, what the compiler is told of their memory. */
const MODULES: Readonly<Record<Module, readonly string[]>> = {
  'one-pass': [
    ...['--enable', 'threads', '--importMemory', '--noExportMemory', '--sharedMemory'],
    ...['--initialMemory', '1', '--maximumMemory', String(MAXIMUM_PAGES)],
  ],
  operations: ['--initialMemory', '1', '--maximumMemory', '1', '--memoryBase', String(PARTS)],
};

/** The module that is built from a kernel's text. @throws Error where the compiler refuses the text */
export function build(name: Module): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  const module = join(folder, `${name}.wasm`);
  try {
    execFileSync(process.execPath, [
      ...[
        compiler,
        path(`../src/fast/kernel/${name}.ts`),
        '--outFile',
        module,
        '-O3',
        '--runtime',
        'stub',
        '--noAssert',
      ],
      ...['--enable', 'simd', '--disable', 'bulk-memory', ...MODULES[name]],
    ]);
    return readFileSync(module);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file that holds a module, and its text. */
export function fileOf(name: Module, module: Uint8Array): { readonly file: string; readonly text: string } {
  const base64 = Buffer.from(module).toString('base64');
  const lines = base64.match(/.{1,120}/g)!.map((line) => `  '${line}'`);
  const constant = name.replace('-', '_').toUpperCase();
  return {
    file: path(`../src/fast/${name}-bytes.ts`),
    text:
      `/** The WebAssembly of kernel/${name}.ts, in base64; written by npm run kernel, never by hand. */\n` +
      `export const ${constant}: string = [\n${lines.join(',\n')},\n].join('');\n`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of Object.keys(MODULES) as Module[]) {
    const { file, text } = fileOf(name, build(name));
    writeFileSync(file, text);
  }
