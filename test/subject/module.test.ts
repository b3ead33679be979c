/**
 * What a reader is told about a module that is no right port, and when: at once, or when the port is opened.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/scenario/adapter-error.ts';
import { NEEDS, PROFILES } from '../../src/scenario/needs.ts';
import type { Target } from '../../src/scenario/port.ts';
import { moduleSource } from '../../src/subject/module.ts';

const target: Target = { version: '2.13.0', arithmetic: 'separate' };

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/ports/${name}.ts`, import.meta.url));
}

/** What a promise rejects with; undefined when it does not. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a right module', () => {
  it('is a source that follows no target and opens as its port', async () => {
    const path = fixture('typed-arrays');
    const source = await moduleSource(path);
    expect(source).toMatchObject({ name: path, followsTarget: false });
    const subject = await source.open(target);
    expect(subject.name).toBe('typed arrays');
    expect(subject.supports).toContain('lr-change');
    await subject.close();
  });
});

describe('a module that cannot be a port is refused at once', () => {
  it.each([
    ['there-is-none', 'there is no such file; expected a module that exports a port by default'],
    ['throws-on-import', 'threw on import: the disk is full'],
    ['exports-nothing', 'expected a default export that is a port, got undefined'],
    ['no-step', 'expected the port to have a function step, got undefined'],
    [
      'claims-nonsense',
      `supports has "tensorflow", which is no need; the needs are ${NEEDS.join(', ')}; the profiles ${PROFILES.join(', ')}`,
    ],
  ])('%s', async (name, message) => {
    const path = fixture(name);
    const error = await rejection(moduleSource(path));
    expect(error).toBeInstanceOf(AdapterError);
    expect((error as AdapterError).message).toBe(`${path}: ${message}`);
  });
});

describe('a port that does not work is refused when it is opened', () => {
  it.each([
    ['forgets', 'read of a tensor just made: expected 1.5, -0.25, 3, got 0, 0, 0'],
    ['always-throws', 'step threw: boom'],
  ])('%s', async (name, message) => {
    const path = fixture(name);
    const source = await moduleSource(path);
    const error = await rejection(source.open(target));
    expect(error).toBeInstanceOf(AdapterError);
    expect((error as AdapterError).message).toBe(`${path}: ${message}`);
  });
});
