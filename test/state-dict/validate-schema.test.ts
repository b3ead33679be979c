import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { generated } from '../../scripts/state-dict-schemas.ts';
import { root } from '../../src/scenario/root.ts';
import { treeFromJSON, treeToJSON } from '../../src/state-dict/json.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { SCHEMAS, withoutElements } from '../../src/state-dict/validate-schema.ts';
import { bytesOf, checkpoints } from './fixtures.ts';

const names = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];
const schema = (name: string): object =>
  JSON.parse(readFileSync(new URL(`spec/schemas/state-dict-${name}.schema.json`, root), 'utf8')) as object;

/** The names of the schemas that a value is in, by each validator, which must agree. */
function verdicts(json: unknown): string[] {
  const ours = names.filter((name) => SCHEMAS[name](json));
  if (isRead(json)) expect(names.filter((name) => SCHEMAS[name](withoutElements(json)))).toEqual(ours);
  expect(names.filter((name) => ajv[name]!(json))).toEqual(ours);
  expect(names.filter((name) => unrelated[name]!.validate(json).valid)).toEqual(ours);
  return ours;
}

/** Whether JSON is in the format: of such the elements of tensors need not be looked at again. */
function isRead(json: unknown): boolean {
  try {
    return treeFromJSON(json) !== undefined;
  } catch {
    return false;
  }
}

const each = <T>(make: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));
const ajv: Readonly<Record<string, (json: unknown) => boolean>> = each((name) =>
  new Ajv2020({ strictTuples: false, strictRequired: false, allowUnionTypes: true }).compile(schema(name)),
) as Record<string, (json: unknown) => boolean>;
const unrelated = each((name) => new Validator(schema(name), '2020-12'));

/** Which kind of file a fixture is, by its name. */
function expected(path: string): string[] {
  if (/training|whole-state|2-nested|5-dcp-flat|6-lightning/.test(path)) return [];
  if (/7-|5-dcp/.test(path)) return ['any'];
  if (/2\.1\.2/.test(path)) return ['any', 'before-2.4'];
  return /named/.test(path) ? ['any', '2.4', '2.6-named'] : ['any', '2.4'];
}

test('the schemas, types and compiled validators are as their script writes them', async () => {
  for (const [path, text] of await generated())
    expect(readFileSync(new URL(path, root), 'utf8') === text, path).toBe(true);
});

test.each(names)('%s has a stable $id', (name) => {
  expect(schema(name)).toMatchObject({
    $id: `urn:rmsproof:state-dict:${name}`,
    $schema: 'https://json-schema.org/draft/2020-12/schema',
  });
});

test('the elements of tensors are left out, and nothing else', () => {
  const tensor = { dtype: 'float32', shape: [2] };
  const json = { a: [{ ...tensor, data: [1, 'NaN'] }, null], b: { ...tensor, bits: '0 1' }, ids: [0, 1], data: [2] };
  expect(withoutElements(json)).toEqual({
    ...{ a: [{ ...tensor, data: [] }, null], b: { ...tensor, bits: '' }, ids: [0, 1], data: [2] },
  });
  expect(withoutElements({ ...tensor, data: 5 })).toEqual({ ...tensor, data: 5 });
});

describe('three validators agree', () => {
  test.each([...checkpoints('checkpoints'), ...checkpoints('foreign')])('on %s', (path) => {
    expect(verdicts(JSON.parse(JSON.stringify(treeToJSON(readTree(bytesOf(path)).root))))).toEqual(expected(path));
  });

  const read = (path: string): any => JSON.parse(JSON.stringify(treeToJSON(readTree(bytesOf(path)).root)));
  const named = 'checkpoints/cpu-torch2.13.0/named.pt';
  test.each<[string, (json: any) => unknown, string[]]>([
    ['no object', () => [], []],
    ['state that JSON.stringify emptied', (json) => ({ ...json, state: {} }), []],
    ['an empty state', (json) => ({ ...json, state: { dict: [] } }), ['any', '2.4', '2.6-named']],
    [
      'state as pairs',
      (json) => ({ ...json, state: { dict: Object.entries(json.state).map(([k, v]) => [Number(k), v]) } }),
      ['any', '2.4', '2.6-named'],
    ],
    ['no groups', ({ state }) => ({ state }), []],
    ['a key of the user', (json) => ({ ...json, note: [{ tuple: [1] }] }), ['any', '2.4', '2.6-named']],
    ['no names', (json) => (delete json.param_groups[0].param_names, json), ['any', '2.4']],
    ['no capturable', (json) => (delete json.param_groups[0].capturable, json), ['any']],
    ['lr infinite', (json) => ((json.param_groups[0].lr = { float: 'Infinity' }), json), ['any', '2.4', '2.6-named']],
    ['lr a text', (json) => ((json.param_groups[0].lr = '0.01'), json), ['any']],
    [
      'lr a tensor',
      (json) => ((json.param_groups[0].lr = { dtype: 'float32', shape: [], data: [0.1] }), json),
      ['any', '2.4', '2.6-named'],
    ],
    ['an id negative', (json) => ((json.param_groups[0].params[0] = -1), json), ['any']],
    ['step a number', (json) => ((json.state[0].step = 3), json), ['any']],
    [
      'step of one dimension',
      (json) => ((json.state[0].step = { dtype: 'float32', shape: [1], data: [3] }), json),
      ['any'],
    ],
    ['no square_avg', (json) => (delete json.state[0].square_avg, json), ['any']],
    ['a tensor of no known type', (json) => ((json.state[0].square_avg.dtype = 'float31'), json), []],
    ['a tensor of both', (json) => ((json.state[0].square_avg.data = [1]), json), []],
    ['a tensor of neither', (json) => (delete json.state[0].square_avg.bits, json), []],
    ['a tensor with more', (json) => ((json.state[0].square_avg.offset = 1), json), []],
    ['a shape with a fraction', (json) => ((json.state[0].square_avg.shape = [1.5]), json), []],
    ['bits in capitals', (json) => ((json.state[0].square_avg.bits = '3F'), json), []],
    ['a number as a text', (json) => ((json.state[0].step = { dtype: 'float32', shape: [], data: ['3'] }), json), []],
    [
      'a special number',
      (json) => ((json.state[0].step = { dtype: 'float32', shape: [], data: ['NaN'] }), json),
      ['any', '2.4', '2.6-named'],
    ],
  ])('on %s', (_, spoil, verdict) => {
    expect(verdicts(spoil(read(named)))).toEqual(verdict);
  });

  test.each<[string, (json: any) => unknown, string[]]>([
    ['capturable', (json) => ((json.param_groups[0].capturable = false), json), ['any']],
    ['no maximize, as before 1.12', (json) => (delete json.param_groups[0].maximize, json), ['any', 'before-2.4']],
    ['no alpha', (json) => (delete json.param_groups[0].alpha, json), ['any']],
    ['step a tensor', (json) => ((json.state[0].step = { dtype: 'float32', shape: [], data: [3] }), json), ['any']],
  ])('on a file of 2.1 with %s', (_, spoil, verdict) => {
    expect(verdicts(spoil(read('checkpoints/cpu-torch2.1.2/plain.pt')))).toEqual(verdict);
  });
});
