/** Where golden/ and spec/ lie: the package's root, two folders above this file in src as in dist. */
export const root: URL = new URL('../../', import.meta.url);
