import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { root } from '../../src/scenario/root.ts';

const folder = new URL('spec/schemas/', root);

test.each(readdirSync(folder))('%s is a schema', (name) => {
  const ajv = new Ajv2020();
  expect(ajv.validateSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object), ajv.errorsText()).toBe(
    true,
  );
});
