/**
 * Command lines that repeat what a command did.
 */

/**
 * Options as they are given on a command line; those that are undefined or false are left out.
 *
 * @param options by their long names, without dashes
 */
export function words(options: Readonly<Record<string, string | boolean | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, quoted(value)];
  });
}

/** A word that a shell takes as it is. */
export function quoted(word: string): string {
  return /^[\w./:+=@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
