import { expect, test } from 'vitest';
import { matches } from '../../src/cli/select.ts';

test('a glob matches whole ids; its dots and brackets are themselves', () => {
  expect(matches('step/*', 'step/a/b')).toBe(true);
  expect(matches('step', 'step/a')).toBe(false);
  expect(matches('torch-2.13.?/*', 'torch-2.13.0/fused')).toBe(true);
  expect(matches('torch-2.1.0', 'torch-2x1.0')).toBe(false);
});
