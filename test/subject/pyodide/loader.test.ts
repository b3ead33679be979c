import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AdapterError } from '../../../src/scenario/adapter-error.ts';
import { Python } from '../../../src/subject/pyodide/loader.ts';
import { findPyodide, PYODIDE } from '../../../src/subject/pyodide/session.ts';
import type { World } from '../../../src/subject/pyodide/world.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

/** A program that counts what it was asked, and hangs or dies when told to. */
const SERVE = `
import json
import time

asked = 0

def begin():
    return json.dumps({'version': '9.9.9'})

def answer(text):
    global asked
    asked += 1
    request = json.loads(text)
    if request == 'hang':
        while True:
            pass
    if request == 'die':
        raise SystemError('of old age')
    if request == 'wait':
        time.sleep(0.3)
    return json.dumps([asked, request])
`;

const world = (serve: string): World => ({ files: new Map([['serve.py', serve]]) });

const begun = performance.now();
const python = new Python(world(SERVE), { timeout: 0.5 });
const made = performance.now();

describe('one long-lived Python', () => {
  test('starts while other work goes on', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 20);
    expect(await python.begun()).toBe('9.9.9');
    clearInterval(timer);
    expect(made - begun).toBeLessThan(1000);
    expect(ticks).toBeGreaterThan(5);
  });

  test('answers in order, and is the same for all questions', async () => {
    const answers = ['a', { b: [null, 'ü'] }, 3].map((request) => python.ask(request));
    expect(await Promise.all(answers)).toEqual([
      [1, 'a'],
      [2, { b: [null, 'ü'] }],
      [3, 3],
    ]);
  });

  test('that hangs is started anew', async () => {
    const hanging = python.ask('hang');
    const next = python.ask('next');
    await expect(hanging).rejects.toThrow(new AdapterError('no answer in 0.5 s; Python was started anew'));
    expect(await next).toEqual([1, 'next']);
  });

  test('that dies is started anew', async () => {
    await expect(python.ask('die')).rejects.toThrow(AdapterError);
    expect(await python.ask('next')).toEqual([1, 'next']);
  });

  test('closes after the questions that were asked, and then answers none', async () => {
    const answer = python.ask('wait');
    await python.close();
    expect(await answer).toEqual([2, 'wait']);
    await expect(python.ask('more')).rejects.toThrow(AdapterError);
    await python.close();
  });
});

describe('a Python that cannot start', () => {
  test('says why, to every question', async () => {
    const other = new Python(world('import no_such_module'));
    await expect(other.begun()).rejects.toThrow("ModuleNotFoundError: No module named 'no_such_module'");
    await expect(other.ask('something')).rejects.toThrow(AdapterError);
    await other.close();
  });

  test('for want of pyodide names the command that installs it', () => {
    const nowhere = join(temporaryFolder(), 'module.js');
    expect(() => findPyodide([nowhere])).toThrow(
      new AdapterError(`Python in WebAssembly needs the package pyodide: npm install pyodide@${PYODIDE}`),
    );
  });

  test('for another reason of the module itself', async () => {
    const other = new Python(world(SERVE), { pyodide: 'data:text/javascript,throw new Error("no WebAssembly here")' });
    await expect(other.begun()).rejects.toThrow('no WebAssembly here');
    await other.close();
  });

  test('is told the version that this package is tried with', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies['pyodide']).toBe(PYODIDE);
  });
});
