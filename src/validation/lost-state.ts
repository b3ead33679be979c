/**
 * State that JSON.stringify made an empty object of, as it does of a Map.
 */

/** The pointer of a state that is an empty object, up to a few levels down. */
export function lostState(json: unknown, pointer = '', depth = 0): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || depth > 3) return undefined;
  const object = json as Readonly<Record<string, unknown>>;
  const { state } = object;
  if (Object.hasOwn(object, 'state') && Object.hasOwn(object, 'param_groups'))
    return typeof state === 'object' && state !== null && !Array.isArray(state) && Object.keys(state).length === 0
      ? `${pointer}/state`
      : undefined;
  for (const [key, value] of Object.entries(object)) {
    const found = lostState(value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
/** The same with an empty state that says so. */
export function withoutLoss(json: unknown, pointer: string): unknown {
  const [, ...path] = pointer.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const replaced = (value: unknown, [key, ...rest]: readonly string[]): unknown =>
    key === undefined
      ? { dict: [] }
      : { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest) };
  return replaced(json, path);
}
