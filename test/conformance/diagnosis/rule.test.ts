import { describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/conformance/diagnosis/kinds.ts';
import { partsOf, type Rule, RuleOptimizer, type Trained } from '../../../src/conformance/diagnosis/rule.ts';

const doubles = KINDS.find(({ name }) => name === 'doubles')!;
const tensor = (...data: number[]): Trained => ({
  name: 'w',
  dtype: 'float64',
  data: Float64Array.from(data),
  grad: null,
});
const given = { lr: 0.5, alpha: 0.75, eps: 0, momentum: 0, centered: false, weight_decay: 0, maximize: false };

function optimizer(rule: Rule, params: readonly Trained[], options: object = {}, own: object = {}): RuleOptimizer {
  const group = { params, given: { ...given, ...options }, own, changed: {} };
  return new RuleOptimizer(partsOf(rule), doubles, [group]);
}

/** The parameter after steps with these gradients, from 0. */
function after(rule: Rule, grads: readonly (number | null)[], options: object = {}): number {
  const p = tensor(0);
  const opt = optimizer(rule, [p], options);
  for (const grad of grads) {
    p.grad = grad === null ? null : Float64Array.of(grad);
    opt.step();
  }
  return p.data[0]!;
}

describe('a rule', () => {
  test('that is wrong nowhere is PyTorch in numbers that need no rounding', () => {
    // v = 4, root 2: 2 / 2; then v = 7, of which the root is taken.
    expect(after({}, [4])).toBe(-0.5 * (4 / 2));
    expect(after({}, [4, 4])).toBe(-0.5 * (4 / 2) - 0.5 * (4 / Math.sqrt(7)));
  });

  test.each([
    [{ eps: 'inside' }, [4], { eps: 5 }, -0.5 * (4 / 3)],
    [{ start: 'one' }, [2], { alpha: 0.5 }, -0.5 * (2 / Math.sqrt(2.5))],
    [{ correction: 'bias' }, [4], {}, -0.5],
    [{ momentum: 'ignored' }, [4, 4], { momentum: 0.5 }, -1 - 2 / Math.sqrt(7)],
    [{ clip: 'value-1' }, [4, 0.5], {}, -0.5 * (1 / 0.5) - 0.5 * (0.5 / Math.sqrt(0.75 * 0.25 + 0.0625))],
    [{ clip: 'value-1-late' }, [4], {}, -0.5 * (1 / 2)],
    [{ maximize: 'ascends' }, [4], {}, 1],
    [{ lr: 'fixed-0.01' }, [4], {}, -0.01 * 2],
    [{ state: 'none' }, [4, 4], {}, -2],
    [{ absent: 'resets' }, [4, null, 4], {}, -2],
    [{ absent: 'zero' }, [4, null, 4], {}, -1 - 2 / Math.sqrt(0.75 * 3 + 4)],
  ] as const)('%o after %o is what its name says', (rule, grads, options, expected) => {
    expect(after(rule, grads, options)).toBeCloseTo(expected, 12);
    expect(after({}, grads, options)).not.toBeCloseTo(expected, 6);
  });

  test('reads lr at each step, or once', () => {
    const moved = (rule: Rule): number => {
      const p = tensor(0);
      p.grad = Float64Array.of(4);
      const opt = optimizer(rule, [p]);
      opt.set(0, 'lr', 0.25);
      opt.step();
      return p.data[0]!;
    };
    expect([moved({}), moved({ lr: 'first' })]).toEqual([-0.5, -1]);
  });

  test('takes options of a group, its lr alone, or none; an option that is set later counts', () => {
    const hyper = (groups?: string): object => {
      const opt = optimizer(groups === undefined ? {} : { groups }, [tensor(0)], {}, { lr: 2, eps: 3 });
      const { lr, eps } = opt.hyper(opt.groups[0]!);
      return { lr, eps };
    };
    expect(hyper()).toEqual({ lr: 2, eps: 3 });
    expect(hyper('ignored')).toEqual({ lr: 0.5, eps: 0 });
    expect(hyper('lr-alone')).toEqual({ lr: 2, eps: 0 });
    const opt = optimizer({ groups: 'ignored' }, [tensor(0)]);
    opt.set(0, 'eps', 7);
    opt.set(1, 'eps', 8);
    expect(opt.hyper(opt.groups[0]!).eps).toBe(7);
  });

  test('writes decay into the gradient where it is told to, and nowhere else', () => {
    const written = (rule: Rule): number => {
      const p = tensor(2);
      p.grad = Float64Array.of(1);
      optimizer(rule, [p], { weight_decay: 0.5 }).step();
      return p.grad[0]!;
    };
    expect([written({}), written({ weight_decay: 'into-gradient' })]).toEqual([1, 2]);
  });

  test('may be wrong on two axes that meet: an absent gradient that is taken for zeros is not there to be written into', () => {
    expect(after({ absent: 'zero', weight_decay: 'into-gradient' }, [null, 4], { weight_decay: 0.5, eps: 1 })).toBe(
      -0.5 * (4 / 3),
    );
  });

  test('counts steps, doubles them, or counts those without a gradient', () => {
    const count = (rule: Rule): number | undefined => {
      const p = tensor(0);
      const opt = optimizer(rule, [p]);
      for (const grad of [4, null, 4]) {
        p.grad = grad === null ? null : Float64Array.of(grad);
        opt.step();
      }
      return opt.state(p)?.step;
    };
    const rules: readonly Rule[] = [{}, { count: 'doubled' }, { count: 'never' }, { absent: 'counted' }];
    expect(rules.map(count)).toEqual([2, 4, 0, 3]);
  });
});

test('state is found by the tensor, by its position among present gradients, or is one for all', () => {
  const second = (rule: Rule): readonly number[] | undefined => {
    const [a, b] = [tensor(0), tensor(0)];
    const opt = optimizer(rule, [a, b]);
    [a.grad, b.grad] = [Float64Array.of(4), Float64Array.of(2)];
    opt.step();
    a.grad = null;
    opt.step();
    return opt.state(b)?.square_avg;
  };
  expect(second({})).toEqual([0.75 + 1]);
  expect(second({ state: 'position' })).toEqual([3 + 1]);
  expect(second({ state: 'shared' })).toEqual([0.75 * (0.75 * 4 + 1) + 1]);
});
