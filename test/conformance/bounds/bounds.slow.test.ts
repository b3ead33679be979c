import { describe } from 'vitest';
import { readGolden } from '../../../src/golden/read.ts';
import { holdBounds } from './hold-bounds.ts';

describe('the bounds of area step', () => {
  const { cases } = readGolden(undefined, (name) => name.startsWith('step/'));
  holdBounds(cases.filter(({ needs }) => !needs.includes('errors')));
});
