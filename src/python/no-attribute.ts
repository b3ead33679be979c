/**
 * What Python raises where an object has no attribute of a name.
 */
import { PythonError } from './errors.ts';
import { typeName } from './type-name.ts';

/** The AttributeError for `x.name`. */
export function noAttribute(x: unknown, name: string): PythonError {
  return new PythonError('AttributeError', `'${typeName(x)}' object has no attribute '${name}'`);
}
