import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AdapterError } from '../../../src/scenario/adapter-error.ts';
import { findPyodide, PYODIDE } from '../../../src/subject/pyodide/session.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

test('want of pyodide names the command that installs it', () => {
  const nowhere = join(temporaryFolder(), 'module.js');
  expect(() => findPyodide([nowhere])).toThrow(
    new AdapterError(`Python in WebAssembly needs the package pyodide: npm install pyodide@${PYODIDE}`),
  );
});

test('a reader is told the version that this package is tried with', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(devDependencies['pyodide']).toBe(PYODIDE);
});
