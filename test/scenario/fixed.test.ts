import { describe, expect, it, test } from 'vitest';
import { fixedOptions, fixedWords, goesAgainst, isFixed, withFixed } from '../../src/scenario/fixed.ts';
import { claimed, isClaim } from '../../src/scenario/needs.ts';
import type { Op, Scenario } from '../../src/scenario/types.ts';

const eps = fixedOptions(['eps=1e-8']);
const optimizer = (options: object, params: unknown = ['$w']): Op =>
  ({ op: 'optimizer', params, options }) as unknown as Op;

describe('a claim that fixes an option', () => {
  it.each(['eps=1e-8', 'lr=0.01', 'momentum=0', 'centered=true', 'maximize=false'])('is %s', (word) => {
    expect([isFixed(word), isClaim(word)]).toEqual([true, true]);
  });

  it.each(['eps', 'eps=', 'eps=small', 'eps=-1', 'eps=Infinity', 'centered=1', 'momentum=true', 'foreach=true', 7])(
    'is not %s',
    (word) => expect(isClaim(word)).toBe(false),
  );

  it('claims the need of an option that is on', () => {
    expect(claimed(['numbers', 'float32', 'momentum=0.9', 'centered=false'])).toEqual([
      'numbers',
      'float32',
      'momentum',
    ]);
  });
});

test('words that fix options are written in one way, small numbers with an exponent', () => {
  const words = ['eps=0.00001', 'alpha=.95', 'lr=2.5e-04', 'momentum=0', 'weight_decay=0.001', 'centered=true'];
  const written = ['eps=1e-5', 'alpha=0.95', 'lr=2.5e-4', 'momentum=0', 'weight_decay=0.001', 'centered=true'];
  expect(fixedWords(fixedOptions(words))).toEqual(written);
  expect(fixedOptions(written)).toEqual(fixedOptions(words));
});

test.each([
  ['the default', [optimizer({})], []],
  ['the same value', [optimizer({ eps: 0.00000001 })], []],
  ['another value', [optimizer({ eps: 1e-7 })], ['eps=1e-8']],
  ['a tensor', [optimizer({ eps: '$e' })], ['eps=1e-8']],
  [
    'a group of its own value',
    [
      optimizer({}, [
        {
          $dict: [
            ['params', ['$w']],
            ['eps', 1],
          ],
        },
      ]),
    ],
    ['eps=1e-8'],
  ],
  [
    'groups that all say it',
    [
      optimizer({ eps: 1 }, [
        {
          $dict: [
            ['params', ['$w']],
            ['eps', 1e-8],
          ],
        },
      ]),
    ],
    [],
  ],
  ['an option that is set', [optimizer({}), { op: 'set', group: 0, option: 'eps', value: 1 }], ['eps=1e-8']],
  ['another option that is set', [optimizer({}), { op: 'set', group: 0, option: 'lr', value: 1 }], []],
  ['a group that is added', [optimizer({}), { op: 'add_param_group', group: { $dict: [['eps', 1]] } }], ['eps=1e-8']],
  [
    'a hook that sets it',
    [optimizer({}), { op: 'hook', on: 'step_pre', does: [{ set_option: ['eps', 1] }] }],
    ['eps=1e-8'],
  ],
])('a program with %s goes against eps=1e-8, or does not', (_, program, against) => {
  expect(goesAgainst(program as Op[], eps)).toEqual(against);
});

test('a default that is fixed to another value goes against programs that leave it out', () => {
  expect(goesAgainst([optimizer({})], fixedOptions(['lr=0.1']))).toEqual(['lr=0.1']);
  expect(goesAgainst([optimizer({ lr: 0.1 })], fixedOptions(['lr=0.1']))).toEqual([]);
});

test('a scenario with a fixed option has it everywhere, and sets it nowhere', () => {
  const scenario: Scenario = {
    ...{ id: 'a/b', tensors: {}, gradients: {} },
    program: [
      optimizer({ lr: 1, eps: 1 }, [
        {
          $dict: [
            ['params', ['$w']],
            ['eps', 2],
          ],
        },
      ]),
      { op: 'set', group: 0, option: 'eps', value: 1 },
      { op: 'add_param_group', group: { $dict: [['eps', 1]] } },
      { op: 'state' },
    ],
  };
  const fixed = fixedOptions(['eps=0.5']);
  const { program } = withFixed(scenario, fixed);
  expect(program).toEqual([
    optimizer({ lr: 1, eps: 0.5 }, [{ $dict: [['params', ['$w']]] }]),
    { op: 'add_param_group', group: { $dict: [] } },
    { op: 'state' },
  ]);
  expect(goesAgainst(program, fixed)).toEqual([]);
  expect(withFixed(scenario, new Map())).toBe(scenario);
});
