/**
 * Validation against the JSON Schemas of spec/schemas.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { InputError } from './input-error.ts';
import { root } from './root.ts';

const require = createRequire(import.meta.url);

const NAMES = ['scenario', 'golden', 'references', 'protocol', 'report', 'recording', 'expectations'] as const;

/** A schema of spec/schemas. */
export type SchemaName = (typeof NAMES)[number];

/** Loaded with the first value to check: most commands check none. */
let ajv: Ajv2020 | undefined;

/**
 * Checks a value against a schema; `answer` is the part of `protocol` for what a port answers.
 *
 * @param file named in the error
 * @throws InputError at the JSON pointer of the first violation
 */
export function validate(schema: SchemaName | 'answer', value: unknown, file: string): void {
  const check = validator(schema);
  if (check(value)) return;
  const error = deepest(check.errors!);
  throw new InputError(file, error.instancePath || '/', explain(error, value));
}

function validator(schema: SchemaName | 'answer'): ValidateFunction {
  ajv ??= makeAjv();
  return ajv.getSchema(schema === 'answer' ? 'protocol.schema.json#/$defs/answer' : `${schema}.schema.json`)!;
}

function makeAjv(): Ajv2020 {
  // By its name: of `new (require(…)).Ajv2020(…)` the compiler drops the parentheses, and then only Node goes on.
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  return new Ajv2020({
    ...{ strict: true, discriminator: true, allowUnionTypes: true, schemas: NAMES.map(load) },
    // Every run would check the schemas of this package again, and tune validators for longer than they then run.
    ...{ validateSchema: false, code: { optimize: false } },
  });
}

function load(name: SchemaName): object {
  return JSON.parse(readFileSync(new URL(`spec/schemas/${name}.schema.json`, root), 'utf8')) as object;
}

/** Of alternatives that all failed, the error that got furthest into the value says most. */
function deepest(errors: readonly ErrorObject[]): ErrorObject {
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length;
  return errors.reduce((best, error) => (depth(error) > depth(best) ? error : best));
}

function explain(error: ErrorObject, value: unknown): string {
  const got = error.instancePath
    .split('/')
    .slice(1)
    .reduce(
      (at: unknown, key) => (at as Record<string, unknown>)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      value,
    );
  const { params, keyword, message } = error;
  if (keyword === 'additionalProperties') return `unknown key ${JSON.stringify(params['additionalProperty'])}`;
  if (keyword === 'required') return `missing key ${JSON.stringify(params['missingProperty'])}`;
  if (keyword === 'enum')
    return `expected one of ${(params['allowedValues'] as unknown[]).join(', ')}, got ${shorten(got)}`;
  return `${message}, got ${shorten(got)}`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
