import { expect, test } from 'vitest';
import { drift } from '../../src/conformance/drift.ts';
import type { Case } from '../../src/golden/types.ts';
import type { Observation } from '../../src/scenario/types.ts';

const FROM = 'torch-2.1.2/separate';
const TO = 'torch-2.13.0/separate';

function caseOf(id: string, from: Observation, to: Observation): Case {
  const scenario = {
    id,
    tensors: { w: { dtype: 'float32', shape: [1], bits: '3f800000' } },
    gradients: {},
    program: [{ op: 'read', tensors: ['w'] }],
  } as const;
  const observed = new Map([
    [FROM, [from]],
    [TO, [to]],
  ]);
  return { id, area: 'step', file: 'step/tiny', clauses: [], needs: ['numbers'], catches: [], scenario, observed };
}

const reads = (bits: string): Observation => ({
  value: { $dict: [['w', { $tensor: { dtype: 'float32', shape: [1], bits } }]] },
});

test('numbers that differ are counted and shown, cases of one kind in one row', () => {
  const cases = [caseOf('a', reads('3f800000'), reads('3f800001')), caseOf('b', reads('3f800000'), reads('3f800002'))];
  const { numbers, drifts } = drift(cases, FROM, TO);
  expect(numbers).toEqual({ compared: 2, differing: 2 });
  expect(drifts).toMatchObject([{ cases: ['a', 'b'], difference: { facet: 'numbers', where: 'w[0]', ulps: '1' } }]);
});

test('where one raises and the other does not, the numbers are not compared', () => {
  const error = { type: 'ValueError', message: 'no' };
  const { numbers, drifts } = drift([caseOf('a', { error }, reads('3f800001'))], FROM, TO);
  expect(numbers).toEqual({ compared: 0, differing: 0 });
  expect(drifts).toMatchObject([{ difference: { facet: 'errors', expected: 'ValueError: no', actual: 'no error' } }]);
});

test('cases that one of them did not observe are left out', () => {
  const only = {
    ...caseOf('a', reads('3f800000'), reads('3f800001')),
    observed: new Map([[FROM, [reads('3f800000')]]]),
  };
  expect(drift([only], FROM, TO)).toMatchObject({ cases: 0, drifts: [] });
});

test('texts of optimizers in which the same lines changed are one row', () => {
  const text = (...lines: readonly string[]): string => ['RMSprop (', ...lines, ')'].join('\n');
  const of = (id: string, from: string, to: string): Case => {
    const c = caseOf(id, { value: from }, { value: to });
    return { ...c, scenario: { ...c.scenario, program: [{ op: 'repr' }] } };
  };
  const { drifts } = drift(
    [
      of('a', text('lr: 0.1'), text('capturable: False', 'lr: 0.1')),
      of('b', text('lr: 0.2'), text('capturable: False', 'lr: 0.2')),
      of('c', text('lr: 0.2'), text('lr: 0.3')),
    ],
    FROM,
    TO,
  );
  expect(drifts.map(({ cases }) => cases)).toEqual([['a', 'b'], ['c']]);
});
