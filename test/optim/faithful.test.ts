import { expect, test } from 'vitest';
import { Parameter, RMSprop } from '../../src/index.ts';

const w = new Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(1) });

test.each([
  [{ reference: '9.9' }, 'unknown reference 9.9; known are 2.1, 2.13'],
  [{ reference: 'toString' }, 'unknown reference toString; known are 2.1, 2.13'],
  [{ arithmetic: 'exact' }, 'unknown arithmetic exact; known are separate, fused, cuda'],
])('an optimizer that is to follow %j is refused', (faithful, message) => {
  expect(() => new RMSprop([w], {}, faithful as never)).toThrow(new RangeError(message));
});
