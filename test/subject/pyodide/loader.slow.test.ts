import { afterEach, describe, expect, test, vi } from 'vitest';
import { AdapterError } from '../../../src/scenario/adapter-error.ts';
import { Python } from '../../../src/subject/pyodide/loader.ts';
import type { World } from '../../../src/subject/pyodide/world.ts';

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

const python = new Python(world(SERVE), { timeout: 60 });
afterEach(() => void vi.useRealTimers());

describe('one long-lived Python', () => {
  test('starts while other work goes on', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 20);
    expect(await python.begun()).toBe('9.9.9');
    clearInterval(timer);
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
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const hanging = python.ask('hang').catch((error: unknown) => error);
    const next = python.ask('next');
    // The limit begins with the question: what passes before that is nothing.
    const passing = setInterval(() => vi.advanceTimersByTime(60_000), 100);
    expect(await hanging).toEqual(new AdapterError('no answer in 60 s; Python was started anew'));
    clearInterval(passing);
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

  test('for another reason of the module itself', async () => {
    const other = new Python(world(SERVE), { pyodide: 'data:text/javascript,throw new Error("no WebAssembly here")' });
    await expect(other.begun()).rejects.toThrow('no WebAssembly here');
    await other.close();
  });
});
