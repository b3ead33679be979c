import { expect, test } from 'vitest';
import { type Kind, KINDS, opsOf } from '../../../src/conformance/diagnosis/kinds.ts';
import type { OpmathDType } from '../../../src/tensor/dtype.ts';
import { arithmetics } from '../../../src/tensor/arithmetic/index.ts';

/** Kinds that are arithmetics of PyTorch, whose tables are written apart from those of the port. */
const OF_PYTORCH = ['separate', 'fused', 'cuda', 'compiled'] as const;
const VALUES = [0.1, -0.3, 1.7, 3e-5, -1234.5, 0.99, 1e-9];

const kindOf = (name: string): Kind => KINDS.find((kind) => kind.name === name)!;

test('kinds have different names', () => {
  expect(new Set(KINDS.map(({ name }) => name)).size).toBe(KINDS.length);
});

test.each(OF_PYTORCH.flatMap((name) => (['float32', 'float64'] as const).map((dtype) => [name, dtype] as const)))(
  '%s computes as the arithmetic of the port does over %s',
  (name, dtype) => {
    held(name, dtype, arithmetics[name].loops);
  },
);

test.each(['float32', 'float64'] as const)('compiled-foreach computes as lists of tensors do over %s', (dtype) => {
  held('compiled-foreach', dtype, arithmetics.compiled.foreach!);
});

test('doubles round nothing, and an expression rounds what is stored', () => {
  const [doubles, expression] = [opsOf(kindOf('doubles'), 'float32'), opsOf(kindOf('expression'), 'float32')];
  expect([doubles.r(0.1), doubles.state(0.1), doubles.param(0.1)]).toEqual([0.1, 0.1, 0.1]);
  expect([expression.r(0.1), expression.state(0.1), expression.param(0.1)]).toEqual([
    0.1,
    Math.fround(0.1),
    Math.fround(0.1),
  ]);
  const state = opsOf(kindOf('double-state'), 'float32');
  expect([state.state(0.1), state.param(0.1)]).toEqual([0.1, Math.fround(0.1)]);
});

function held(name: string, dtype: OpmathDType, loops: (typeof arithmetics)['separate']['loops']): void {
  const ops = opsOf(kindOf(name), dtype);
  const array = (x: number): Float32Array | Float64Array =>
    dtype === 'float32' ? Float32Array.of(x) : Float64Array.of(x);
  for (const a of VALUES.map(ops.r))
    for (const b of VALUES.map(ops.r))
      for (const c of VALUES.map(ops.r)) {
        const s = ops.r(0.01);
        const out = array(0);
        const table = loops[dtype];
        table.addcmul(1, out, array(a), array(b), array(c), s);
        expect(ops.addcmul(a, b, c, s)).toBe(out[0]);
        table.addcdiv(1, out, array(a), array(b), array(c), s);
        expect(ops.addcdiv(a, b, c, s)).toBe(out[0]);
        for (const given of [0.01, 0.7, 0.9]) {
          table.lerp(1, out, array(a), array(b), ops.r(given), () => false, given);
          expect(ops.lerp(a, b, ops.r(given), given)).toBe(out[0]);
        }
      }
}
