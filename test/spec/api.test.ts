import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as api from '../../src/index.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const page = read('spec/api.md');
const named = new Set([...page.matchAll(/`([A-Za-z_]+)[(`]/g)].map(([, name]) => name!));

test('every exported value stands on the page of the API', () => {
  expect(Object.keys(api).filter((name) => !named.has(name))).toEqual([]);
});

test('every exported type stands on the page of the API', () => {
  const types = [...read('src/index.ts').matchAll(/export type \{([^}]*)\}/g)].flatMap(([, list]) =>
    list!.split(',').map((name) => name.trim()),
  );
  expect(types.length).toBeGreaterThan(10);
  expect(types.filter((name) => name !== '' && !named.has(name))).toEqual([]);
});

test('every member of an optimizer and a tensor stands on the page of the API', () => {
  const w = new api.Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
  const optimizer = new api.RMSprop([w]);
  const internal = /^(constructor|_.*|version|ops|functional|.*_hooks)$/;
  const members = [
    ...Object.getOwnPropertyNames(api.Optimizer.prototype),
    ...Object.getOwnPropertyNames(api.RMSprop.prototype),
    ...Object.keys(optimizer),
    ...Object.getOwnPropertyNames(api.Tensor.prototype),
    ...Object.keys(w),
  ];
  expect(members.filter((name) => !internal.test(name) && !named.has(name))).toEqual([]);
});

test('the page of the API names nothing that is not there', () => {
  const heads = [...page.matchAll(/^\| `([a-z_]+)(?:\([^`]*)?`/gm)].map(([, name]) => name!);
  const known = new Set([
    ...Object.keys(api),
    ...Object.getOwnPropertyNames(api.Optimizer.prototype),
    ...Object.getOwnPropertyNames(api.RMSprop.prototype),
    ...['defaults', 'param_groups', 'state', 'step_body'],
  ]);
  expect(heads.filter((name) => !known.has(name))).toEqual([]);
});
