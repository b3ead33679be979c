import { expect, test } from 'vitest';
import { pythonScript } from '../../../src/report/counterexample/python.ts';
import { resumed } from '../../fixtures/resumed.ts';

test('saving and loading are state_dict and load_state_dict, of copies', () => {
  const text = pythonScript(resumed, []);
  expect(text).toContain('\ncheckpoint = copy.deepcopy(opt.state_dict())\n');
  expect(text).toContain('\nnext.load_state_dict(copy.deepcopy(checkpoint))\n');
});

test('a checkpoint that is given is a comment: a search makes none', () => {
  const op = { op: 'load', value: { groups: [], state: {} } } as const;
  expect(pythonScript({ ...resumed, program: [op] }, [])).toContain(`# ${JSON.stringify(op)}`);
});
