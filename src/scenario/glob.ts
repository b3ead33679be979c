/**
 * Globs over ids and names: `*` is any text, `?` one character; letters are themselves.
 */

/** Whether a text matches a glob as a whole. */
export function matches(glob: string, text: string): boolean {
  const pattern = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(text);
}
