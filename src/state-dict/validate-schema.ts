/**
 * Whether JSON is in one of the schemas of spec/schemas, by compiled validators: no Ajv is loaded.
 */
import { state_dict_2_4, state_dict_2_6_named, state_dict_any, state_dict_before_2_4 } from './validators.ts';

/** An error as Ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A compiled schema. */
export interface Validate {
  (data: unknown): boolean;
  readonly errors: readonly SchemaError[] | null;
}

/** The schemas by name: state-dict-NAME.schema.json. */
export const SCHEMAS: Readonly<Record<'any' | 'before-2.4' | '2.4' | '2.6-named', Validate>> = {
  any: state_dict_any,
  'before-2.4': state_dict_before_2_4,
  '2.4': state_dict_2_4,
  '2.6-named': state_dict_2_6_named,
};

/**
 * JSON with the elements of its tensors left out. What `treeFromJSON` has read is in each schema with its elements where it is without
 * them, as no schema counts them, and that looks at each more closely.
 */
export function withoutElements(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.some((item) => typeof item === 'object') ? json.map(withoutElements) : json;
  if ('dtype' in json && 'shape' in json) {
    if ('data' in json && Array.isArray(json.data)) return { ...json, data: [] };
    return 'bits' in json && typeof json.bits === 'string' ? { ...json, bits: '' } : json;
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withoutElements(value)]));
}
