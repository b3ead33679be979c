import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { goldenFolder, goldenPaths } from '../../src/golden/folder.ts';
import { readGoldenFile } from '../../src/golden/read.ts';
import * as api from '../../src/index.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

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

const root = fileURLToPath(new URL('../../', import.meta.url));
const [, example] = /<!-- tested: example\.ts -->\n\n```ts\n([^]*?)```/.exec(page)!;

/** Runs Node from the root of the repository. */
function node(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

test('the example on the page of the API has the right types and prints what its comments say', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'example.ts');
  writeFileSync(path, example!.replace("'rmsproof'", JSON.stringify(join(root, 'src/index.ts'))));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    typeRoots: [join(root, 'node_modules/@types')],
    rewriteRelativeImportExtensions: false,
    isolatedDeclarations: false,
    declaration: false,
  };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: ['example.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  expect(node('node_modules/typescript/bin/tsc', '-p', folder)).toMatchObject({ stdout: '', status: 0 });
  const said = [...example!.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => `${line}\n`);
  expect(said.length).toBeGreaterThan(2);
  expect(node('--import', 'tsx', path)).toMatchObject({ stdout: said.join(''), status: 0 });
});
