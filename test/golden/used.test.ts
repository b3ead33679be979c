/**
 * What a case hands over of its file: a port that refuses a layout or element type meets it only where the case needs it.
 */
import { expect, test } from 'vitest';
import { readGolden } from '../../src/golden/read.ts';
import { usedBy } from '../../src/golden/used.ts';
import { tensorNeeds } from '../../src/scenario/needs-of.ts';

const tensor = { dtype: 'float32', shape: [], bits: '3f800000' } as const;
const wide = { dtype: 'float64', shape: [], bits: '3ff0000000000000' } as const;
const file = {
  tensors: { w: tensor, b: tensor, lr: wide, gapped: { ...tensor, layout: 'gapped' }, loaded: tensor },
  gradients: { one: [{ w: '3f000000' }], two: [{ w: '3f000000', b: null }] },
} as const;

test('a program uses the tensors that it names and the gradients that it trains with, and what these are of', () => {
  const made = { op: 'optimizer', params: ['$w'], options: { lr: '$lr' } } as const;
  expect(usedBy([made], file)).toEqual({ tensors: { w: tensor, lr: wide }, gradients: {} });
  const trained = usedBy(
    [
      { ...made, options: {} },
      { op: 'train', gradients: 'two', steps: 1 },
    ],
    file,
  );
  expect(trained).toEqual({ tensors: { w: tensor, b: tensor }, gradients: { two: file.gradients.two } });
  expect(Object.keys(usedBy([{ op: 'read', tensors: ['b', 'w'] }], file).tensors)).toEqual(['w', 'b']);
  const value = { groups: [{ params: ['w'], options: {} }], state: { loaded: { step: 1 } } };
  expect(Object.keys(usedBy([{ op: 'load', value }], file).tensors)).toEqual(['w', 'loaded']);
});

test('where closures and hooks may log it, the first tensor of the file stays the first', () => {
  const step = { op: 'step', closure: { log: 'called' } } as const;
  const program = [{ op: 'optimizer', params: ['$b'], options: {} }, step] as const;
  expect(Object.keys(usedBy(program, file).tensors)).toEqual(['w', 'b']);
});

test('no golden case hands a port a tensor whose element type, layout or emptiness it does not need', () => {
  const undeclared = readGolden().cases.flatMap(({ id, needs, scenario }) =>
    [...tensorNeeds(scenario.tensors)].filter((need) => !needs.includes(need)).map((need) => `${id}: ${need}`),
  );
  expect(undeclared).toEqual([]);
});
