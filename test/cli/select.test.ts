import { expect, test } from 'vitest';
import { filesOf, selectCases } from '../../src/cli/select.ts';
import { matches } from '../../src/scenario/glob.ts';

test('a glob matches whole ids; its dots and brackets are themselves', () => {
  expect(matches('step/*', 'step/a/b')).toBe(true);
  expect(matches('step', 'step/a')).toBe(false);
  expect(matches('torch-2.13.?/*', 'torch-2.13.0/fused')).toBe(true);
  expect(matches('torch-2.1.0', 'torch-2x1.0')).toBe(false);
});

test('a glob opens the files that its plain beginning allows', () => {
  const files = ['step/flags-float32', 'step/flags-float64', 'hooks/kinds'];
  const opened = (only: string | readonly string[] | undefined): string[] => files.filter(filesOf(only));
  expect(opened(undefined)).toEqual(files);
  expect(opened('*momentum')).toEqual(files);
  expect(opened(['hooks/*', 'step/flags-float32/*'])).toEqual([files[0], files[2]]);
  expect(opened('step/*')).toEqual(files.slice(0, 2));
  expect(opened('step/flags-float3?/plain')).toEqual(files.slice(0, 1));
  expect(opened('step/flags-float32/plain')).toEqual(files.slice(0, 1));
  expect(opened('step/flags-float32')).toEqual(files.slice(0, 1));
  expect(opened('step/flags-float321/plain')).toEqual([]);
});

test('several globs select what any of them matches, and each has to match something', () => {
  const cases = ['step/a/x', 'step/b/x', 'hooks/a/x'].map((id) => ({ id }));
  expect(selectCases(cases, ['step/a/*', 'hooks/*'])).toEqual([cases[0], cases[2]]);
  expect(() => selectCases(cases, ['step/*', 'none/*'])).toThrow(
    'no case matches none/*; rmsproof list shows them all',
  );
});
