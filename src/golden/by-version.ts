/**
 * The order of versions, of PyTorch and of this package.
 */

/** Negative where the first version is the older, 0 where both are the same; numbers between dots count, and missing ones are 0. */
export function byVersion(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map((part) => parseInt(part, 10))) as [number[], number[]];
  const longest = x.length > y.length ? x : y;
  const at = longest.findIndex((_, i) => (x[i] ?? 0) !== (y[i] ?? 0));
  return at < 0 ? 0 : (x[at] ?? 0) - (y[at] ?? 0);
}
