/**
 * Writes the JSON Schemas of state dicts, and from them the TypeScript types and the compiled validators of src/state-dict.
 *
 *     npx tsx scripts/state-dict-schemas.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { format, resolveConfig } from 'prettier';

type Schema = boolean | { readonly [keyword: string]: unknown };

const DTYPES = [
  ...['float32', 'float64', 'float16', 'bfloat16', 'float8_e4m3fn', 'float8_e5m2', 'complex32', 'complex64'],
  ...['complex128', 'bool', 'uint8', 'int8', 'int16', 'int32', 'int64', 'uint16', 'uint32', 'uint64'],
];
const SPECIAL = ['NaN', 'Infinity', '-Infinity', '-0'];
const natural: Schema = { type: 'integer', minimum: 0 };
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

const tensor = (more: object = {}): Schema => ({
  ...{ type: 'object', additionalProperties: false, required: ['dtype', 'shape'] },
  properties: {
    dtype: { enum: DTYPES },
    shape: { type: 'array', items: natural },
    strides: { description: 'Left out where the elements lie in C order.', type: 'array', items: natural },
    device: { description: 'cpu where left out.', type: 'string' },
    requires_grad: { type: 'boolean' },
    parameter: { type: 'boolean' },
    bits: {
      description: 'Bit patterns in C order, most significant digit first, one space between them.',
      ...{ type: 'string', pattern: '^[0-9a-f ]*$' },
    },
    data: {
      description: 'Numbers in C order.',
      ...{ type: 'array', items: { anyOf: [{ type: 'number' }, { enum: SPECIAL }] } },
    },
    ...more,
  },
  oneOf: [{ required: ['bits'] }, { required: ['data'] }],
});

const defs: Readonly<Record<string, Schema>> = {
  tensor: tensor(),
  scalar: tensor({ shape: { type: 'array', maxItems: 0 }, strides: { type: 'array', maxItems: 0 } }),
  float: {
    description: 'A float that JSON would not tell from an integer, or has no number for.',
    ...{ type: 'object', additionalProperties: false, required: ['float'] },
    properties: { float: { anyOf: [{ type: 'number' }, { enum: SPECIAL }] } },
  },
  number: { anyOf: [{ type: 'number' }, ref('float')] },
  value: {
    description: "Any value of Python's: an object is a dictionary unless it is a tensor or a tag.",
    anyOf: [
      { type: ['null', 'boolean', 'number', 'string'] },
      { type: 'array', items: ref('value') },
      ref('tensor'),
      { type: 'object', not: { required: ['dtype', 'shape'] }, additionalProperties: ref('value') },
    ],
  },
  ids: { type: 'array', items: natural },
  pairs: {
    ...{ type: 'object', additionalProperties: false, required: ['dict'] },
    properties: {
      dict: { type: 'array', items: { type: 'array', minItems: 2, maxItems: 2, items: ref('value') } },
    },
  },
};

interface Kind {
  readonly name: string;
  readonly title: string;
  readonly step?: Schema;
  readonly options?: Readonly<Record<string, Schema>>;
}

const flag: Schema = { type: 'boolean' };
const maybe: Schema = { type: ['boolean', 'null'] };
const lr: Schema = { anyOf: [ref('number'), ref('tensor')] };
const base = {
  ...{ lr: ref('number'), momentum: ref('number'), alpha: ref('number'), eps: ref('number') },
  ...{ centered: flag, weight_decay: ref('number') },
};
const later = { foreach: maybe, maximize: flag, differentiable: flag };

/** Each kind of state dict; options are required where the kind always has them. */
const KINDS: readonly Kind[] = [
  { name: 'any', title: 'A state dict of any optimizer of PyTorch' },
  {
    ...{ name: 'before-2.4', title: 'A state dict of RMSprop, of PyTorch before 2.4' },
    ...{ step: ref('number'), options: { ...base, capturable: false } },
  },
  {
    ...{ name: '2.4', title: 'A state dict of RMSprop, of PyTorch from 2.4 on' },
    ...{ step: ref('scalar'), options: { ...base, lr, capturable: flag, ...later } },
  },
  {
    ...{ name: '2.6-named', title: 'A state dict of RMSprop, of PyTorch from 2.6 on, with names of parameters' },
    step: ref('scalar'),
    options: { ...base, lr, capturable: flag, ...later, param_names: { type: 'array', items: { type: 'string' } } },
  },
];

function schemaOf({ name, title, step, options }: Kind): { readonly $id: string } {
  const entry: Schema =
    step === undefined
      ? ref('value')
      : {
          ...{ type: 'object', required: ['step', 'square_avg'] },
          properties: { step, square_avg: ref('tensor'), momentum_buffer: ref('tensor'), grad_avg: ref('tensor') },
          additionalProperties: ref('value'),
        };
  const required = Object.entries(options ?? {}).flatMap(([key, value]) => (value === false ? [] : [key]));
  const optional = name === 'before-2.4' ? later : {};
  const group: Schema = {
    ...{ type: 'object', required: [...required, 'params'] },
    properties: { ...options, ...optional, params: options ? ref('ids') : { type: 'array', items: ref('value') } },
    additionalProperties: ref('value'),
  };
  return {
    ...{ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `urn:rmsproof:state-dict:${name}` },
    ...{ title, type: 'object', required: ['state', 'param_groups'] },
    properties: { state: ref('state'), param_groups: { type: 'array', items: ref('group') } },
    additionalProperties: ref('value'),
    $defs: {
      state: {
        description: 'By id of a parameter; pairs where an object would lose the order, and where there is none.',
        anyOf: [
          step === undefined
            ? { type: 'object', minProperties: 1, additionalProperties: ref('entry') }
            : {
                ...{ type: 'object', minProperties: 1, additionalProperties: false },
                patternProperties: { '^(0|[1-9][0-9]*)$': ref('entry') },
              },
          step === undefined
            ? ref('pairs')
            : {
                ...{ type: 'object', additionalProperties: false, required: ['dict'] },
                properties: {
                  dict: {
                    type: 'array',
                    items: { type: 'array', minItems: 2, maxItems: 2, prefixItems: [natural, ref('entry')] },
                  },
                },
              },
        ],
      },
      ...{ entry, group },
      ...defs,
    },
  } as { readonly $id: string };
}

/** What is generated: paths below the repository's root, and texts. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const schemas = KINDS.map((kind) => ({ kind, schema: schemaOf(kind) }));
  const files = new Map(
    schemas.map(({ kind, schema }) => [`spec/schemas/state-dict-${kind.name}.schema.json`, JSON.stringify(schema)]),
  );
  const ajv = new Ajv2020({
    ...{
      strict: true,
      strictTuples: false,
      strictRequired: false,
      allowUnionTypes: true,
      inlineRefs: false,
      messages: false,
    },
    ...{ schemas: schemas.map(({ schema }) => schema), code: { source: true, esm: true, lines: true } },
  });
  const names = schemas.map(
    ({ kind, schema }) => [`state_dict_${kind.name.replaceAll(/\W/g, '_')}`, schema.$id] as const,
  );
  const compiled = standalone.default(ajv, Object.fromEntries(names)).replace('"use strict";', '');
  const exported = compiled.replaceAll(
    /^export const (\w+) = (\w+);$/gm,
    'export const $1: Validate = $2 as Validate;',
  );
  files.set('src/state-dict/validators.ts', `${VALIDATORS}${exported}`);
  files.set('src/state-dict/json-types.ts', types());
  const root = fileURLToPath(new URL('..', import.meta.url));
  const options = await resolveConfig(`${root}package.json`);
  for (const [path, text] of files)
    if (!path.endsWith('validators.ts')) files.set(path, await format(text, { ...options, filepath: path }));
  return files;
}

const VALIDATORS = `// @ts-nocheck
/* oxlint-disable */
/**
 * The schemas of state dicts, compiled. Generated by scripts/state-dict-schemas.ts from spec/schemas.
 */
import type { Validate } from './validate-schema.ts';
`;

function types(): string {
  const named = { tensor: 'TensorJSON', float: 'FloatJSON', number: 'NumberJSON', value: 'ValueJSON' };
  const texts = Object.entries(named).map(
    ([name, type]) => `/** \`$defs/${name}\` of the schemas. */\nexport type ${type} = ${typeOf(defs[name]!, named)};`,
  );
  return `/**
 * Types of state dicts as JSON. Generated by scripts/state-dict-schemas.ts from what it writes into spec/schemas.
 */
${texts.join('\n\n')}

${KINDS.slice(1)
  .map(({ name, title, step, options }) => {
    const entry = `{ readonly step: ${typeOf(step!, named)}; readonly square_avg: TensorJSON; readonly momentum_buffer?: TensorJSON; readonly grad_avg?: TensorJSON }`;
    const group = Object.entries(options!)
      .filter(([, schema]) => schema !== false)
      .map(([key, schema]) => `readonly ${key}: ${typeOf(schema, named)};`);
    const stem = `StateDict_${name.replaceAll(/\W/g, '_')}`;
    return `/** ${title}. */
export interface ${stem} {
  readonly state: Readonly<Record<string, ${entry}>> | { readonly dict: readonly (readonly [number, ${entry}])[] };
  readonly param_groups: readonly { ${group.join(' ')} readonly params: readonly number[] }[];
}`;
  })
  .join('\n\n')}
`;
}

function typeOf(schema: Schema, named: Readonly<Record<string, string>>): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  const { $ref, type, properties, required, items, enum: values, anyOf, additionalProperties } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.slice('#/$defs/'.length);
    return named[name] ?? typeOf(defs[name]!, named);
  }
  if (Array.isArray(values)) return values.map((value) => `'${String(value)}'`).join(' | ');
  if (Array.isArray(anyOf)) return anyOf.map((one) => typeOf(one as Schema, named)).join(' | ');
  if (Array.isArray(type)) return type.map((one) => typeOf({ type: one as string }, named)).join(' | ');
  if (type === 'array') return `readonly ${items ? `(${typeOf(items as Schema, named)})` : 'never'}[]`;
  if (type === 'integer') return 'number';
  if (type !== 'object') return String(type);
  if (typeof additionalProperties === 'object')
    return `{ readonly [key: string]: ${typeOf(additionalProperties as Schema, named)} }`;
  const keys = Object.entries(properties as Record<string, Schema>).map(
    ([key, inner]) => `readonly ${key}${(required as string[]).includes(key) ? '' : '?'}: ${typeOf(inner, named)};`,
  );
  return `{ ${keys.join(' ')} }`;
}

if (process.argv[1]?.endsWith('state-dict-schemas.ts')) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  for (const [path, text] of await generated()) writeFileSync(root + path, text);
}
