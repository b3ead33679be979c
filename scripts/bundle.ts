/**
 * Puts the modules of the library into one file: an engine takes longer to find and open a hundred small modules than to run them.
 * Each module of dist/ stays at its place and exports its part of the file, so that a class is the same from wherever it is imported.
 * esbuild, as it is there already: tsx, which the package needs, brings it in this version.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const FILE = 'library.js';

/** Bundles what these modules of a folder import, themselves too; packages stay outside. */
export async function bundle(folder: string, entries: readonly string[]): Promise<void> {
  const common = { bundle: true, format: 'esm', packages: 'external', absWorkingDir: folder } as const;
  const { metafile } = await build({ ...common, entryPoints: [...entries], write: false, outdir: '.', metafile: true });
  const modules = await Promise.all(
    Object.keys(metafile.inputs)
      .sort()
      .map(async (path, i) => {
        const names = Object.keys((await import(pathToFileURL(join(folder, path)).href)) as object);
        return { path, names: names.map((name) => ({ name, unique: `${name}_${i}` })) };
      }),
  );
  const contents = modules
    .filter(({ names }) => names.length > 0)
    .map(
      ({ path, names }) =>
        `export { ${names.map(({ name, unique }) => `${name} as ${unique}`).join(', ')} } from './${path}';`,
    )
    .join('\n');
  // Node prints the line that an error comes from.
  await build({
    ...{ ...common, stdin: { contents, resolveDir: folder }, outfile: FILE, allowOverwrite: true },
    ...{ target: 'es2022', legalComments: 'none', minifyWhitespace: true, minifySyntax: true, lineLimit: 200 },
  });
  for (const { path, names } of modules) {
    const library = relative(dirname(path), FILE);
    const from = library.startsWith('.') ? library : `./${library}`;
    const exported = names.map(({ name, unique }) => `${unique} as ${name}`).join(', ');
    if (names.length > 0) writeFileSync(join(folder, path), `export { ${exported} } from '${from}';\n`);
    else rmSync(join(folder, path));
  }
}
