/**
 * Python's order of texts.
 */

/** `sorted(texts)`: by code points, where JavaScript's own order is by code units. */
export function sorted(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => (less([...a], [...b]) ? -1 : 1));
}

function less(a: readonly string[], b: readonly string[]): boolean {
  const differing = a.findIndex((character, i) => character !== b[i]);
  if (differing < 0) return a.length < b.length;
  return differing < b.length && a[differing]!.codePointAt(0)! < b[differing]!.codePointAt(0)!;
}
