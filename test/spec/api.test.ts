import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tested } from '../../scripts/readme.ts';
import { goldenFolder, goldenPaths } from '../../src/golden/folder.ts';
import { readGoldenFile } from '../../src/golden/read.ts';
import * as api from '../../src/index.ts';
import { exampleFolder, printed, promised, typeErrors } from '../fixtures/example.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const page = read('spec/api.md');
const named = new Set([...page.matchAll(/`([A-Za-z_]+)[(`]/g)].map(([, name]) => name!));
const w = new api.Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
const optimizer = new api.RMSprop([w]);
const { defaults } = optimizer;

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

test('every member of an optimizer, a handle and a tensor stands on the page of the API', () => {
  const handle = optimizer.register_step_pre_hook(() => undefined);
  const internal = /^(constructor|_[^_].*|version|torch|functional|.*_hooks)$/;
  const members = [
    ...Object.getOwnPropertyNames(api.Optimizer.prototype),
    ...Object.getOwnPropertyNames(api.RMSprop.prototype),
    ...Object.keys(optimizer),
    ...Object.getOwnPropertyNames(api.Tensor.prototype),
    ...Object.keys(w),
    ...Object.getOwnPropertyNames(api.RemovableHandle.prototype),
    ...Object.keys(handle),
  ];
  expect(members.filter((name) => !internal.test(name) && !named.has(name))).toEqual([]);
});

test('the defaults on the page of the API are those of the constructor', () => {
  const rows = [...page.matchAll(/^\| `([a-z_]+)` +\| `([^`]+)` +\|/gm)].map(
    ([, name, value]) => [name!, value!] as const,
  );
  expect(Object.fromEntries(rows.map(([name, value]) => [name, JSON.parse(value)]))).toEqual(defaults);
});

test('the page of the API names nothing that is not there', () => {
  const heads = [...page.matchAll(/^\| `([a-z_]+)(?:\([^`]*)?`/gm)].map(([, name]) => name!);
  const known = new Set([
    ...Object.keys(api),
    ...Object.getOwnPropertyNames(api.Optimizer.prototype),
    ...Object.getOwnPropertyNames(api.RMSprop.prototype),
    ...['defaults', 'param_groups', 'state', ...Object.keys(defaults)],
  ]);
  expect(heads.filter((name) => !known.has(name))).toEqual([]);
});

test('every type of error that a golden case observes of a call stands in its row', () => {
  const rows = Object.fromEntries(
    [...page.matchAll(/^\| `(?:new )?([A-Za-z_]+)[^|]*\| ([^|]*) \| [^|]* \|$/gm)].map(([, call, throwing]) => [
      call!,
      throwing!,
    ]),
  );
  const rowOf: Readonly<Record<string, string>> = {
    ...{ optimizer: 'RMSprop', step: 'step', train: 'step', zero_grad: 'zero_grad', repr: 'toString' },
    ...{ add_param_group: 'add_param_group', state_dict: 'state_dict', load_state_dict: 'load_state_dict' },
    ...{ hook: 'register_', copy: 'deepcopy', getstate: '__getstate__', setstate: '__setstate__' },
  };
  const thrown = goldenPaths(goldenFolder)
    .map(readGoldenFile)
    .flatMap(({ cases, observations }) =>
      // What a hook or a closure calls, and a generator, throw errors of their own.
      cases
        .filter(({ program }) => !/"(?:do|\$raise)":/.test(JSON.stringify(program)))
        .flatMap(({ program, observed }) =>
          Object.values(observed).flatMap((indices) =>
            indices.flatMap((index, i) => {
              const [error, row] = [observations[index]?.error, rowOf[program[i]!.op]];
              return error && row !== undefined ? [`${row} ${error.type}`] : [];
            }),
          ),
        ),
    );
  expect(thrown.length).toBeGreaterThan(1000);
  const types = [...new Set(thrown)].map((one) => one.split(' ') as [string, string]);
  expect(types.filter(([row, type]) => !rows[row]?.includes(type))).toEqual([]);
});

const example = tested(page, 'example.ts');

test('the example on the page of the API has the right types and prints what its comments say', () => {
  const folder = exampleFolder({ 'example.ts': example });
  expect(typeErrors(folder, ['example.ts'])).toBe('');
  expect(promised(example).split('\n').length).toBeGreaterThan(3);
  expect(printed(folder, 'example.ts')).toBe(promised(example));
});
