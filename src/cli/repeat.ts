/**
 * Command lines that repeat what a command did.
 */

type Word = string | number | boolean;

/**
 * Options as they are given on a command line; those that are undefined or false are left out, and one with several values is given
 * several times.
 *
 * @param options by their long names, without dashes
 */
export function words(options: Readonly<Record<string, Word | readonly string[] | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    return [value].flat().flatMap((one) => [`--${name}`, quoted(String(one))]);
  });
}

/** A word that a shell takes as it is. */
export function quoted(word: string): string {
  return /^[\w./:+=@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
