/**
 * Programs for worker threads, from the sources as from the built package.
 */
import { extname } from 'node:path';

/**
 * The URL of a worker's program; in the sources, of what makes Node understand TypeScript and goes on with it.
 *
 * @param name of the module, without suffix, relative to `from`
 * @param from the importer's `import.meta.url`
 */
export function workerUrl(name: string, from: string): URL {
  const suffix = extname(from);
  const url = new URL(`${name}${suffix}`, from);
  if (suffix === '.js') return url;
  const tsx = import.meta.resolve('tsx/esm/api');
  const program = `import { register } from '${tsx}'; register(); await import('${url.href}');`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}
