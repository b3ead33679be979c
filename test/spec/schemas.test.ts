import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { root } from '../../src/scenario/root.ts';
import { validate } from '../../src/scenario/schema.ts';
import { flags, stress } from '../fixtures/recordings.ts';

const folder = new URL('spec/schemas/', root);

test.each(readdirSync(folder))('%s is a schema', (name) => {
  const ajv = new Ajv2020();
  expect(ajv.validateSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object), ajv.errorsText()).toBe(
    true,
  );
});

test.each([flags, stress])('the recording %s is as its schema says', (path) => {
  expect(() => validate('recording', JSON.parse(readFileSync(path, 'utf8')), path)).not.toThrow();
});

test('a recording with a key too many is not', () => {
  const recording = JSON.parse(readFileSync(flags, 'utf8')) as object;
  expect(() => validate('recording', { ...recording, notes: '' }, 'FILE')).toThrow('unknown key "notes"');
});
