import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeText, writeTexts } from '../../src/golden/write.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

describe('a file that cannot be written', () => {
  test('keeps those before it from being written', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'first'), 'old');
    const texts = ['first', 'new/second', 'taken'].map((name) => [join(folder, name), 'new'] as const);
    expect(() => writeTexts(texts)).toThrow(`${join(folder, 'taken')}: cannot be written: there is a folder`);
    expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('old');
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['first', 'new', 'taken']);
    writeTexts(texts.slice(0, 2));
    expect(readFileSync(join(folder, 'new/second'), 'utf8')).toBe('new');
  });

  test('is an error that names it, and leaves no temporary file', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken', 'by'), { recursive: true });
    expect(() => writeText(join(folder, 'taken'), 'text')).toThrow(`${join(folder, 'taken')}: cannot be written`);
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
