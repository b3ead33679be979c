/**
 * Programs that print tensors and values at random.
 */
import { bells, bitsOf, uniforms } from '../../scripts/scenarios/random.ts';
import { dict, optimizer, parameter, tuple } from '../../scripts/scenarios/tiny.ts';
import type { Op, Scenario, TensorSpec, Value } from '../../src/scenario/types.ts';
import { opmath_dtypes } from '../../src/tensor/dtype.ts';

type Draw = (choices: number) => number;

/** Eight tensors and eight values in the text of an optimizer. */
export function printed(seed: number): Scenario {
  const uniform = uniforms(seed);
  const draw: Draw = (choices) => Math.floor(uniform() * choices);
  const eight = Array.from({ length: 8 }, (_, i) => i);
  const tensors = { w: parameter([1, -2]), ...Object.fromEntries(eight.map((i) => [`t${i}`, tensor(draw, seed + i)])) };
  const options: Record<string, Value> = Object.fromEntries([
    ...eight.map((i) => [`t${i}`, `$t${i}`] as const),
    ...eight.map((i) => [`v${i}${text(draw)}`, value(draw, 3)] as const),
  ]);
  const program: Op[] = [optimizer({}, [dict({ params: ['$w'], ...options })]), { op: 'repr' }];
  return { id: `printed/${seed}`, tensors, gradients: {}, program };
}

const SHAPES: readonly (readonly number[])[] = [
  ...[[], [1], [7], [20], [45], [0], [0, 3], [2, 0, 2]],
  ...[
    [3, 4],
    [1, 1],
    [2, 30],
    [2, 3, 4],
    [2, 1, 3, 2],
    [1, 1, 1, 1, 9],
  ],
  ...[[1000], [1001], [30, 40], [7, 150], [200, 6], [7, 8, 20], [2, 3, 200], [1, 1001]],
];

const ODD = [0, -0, NaN, Infinity, -Infinity, 1, 1000, 1001, 1e8, 1e8 + 8, 1e-4, 9e-5, 0.03125, 1e-40, 3e38, 99999.5];

function tensor(draw: Draw, seed: number): TensorSpec {
  const shape = SHAPES[draw(SHAPES.length)]!;
  const dtype = opmath_dtypes[draw(2)]!;
  const bell = bells(seed);
  const [power, rare] = [10 ** (draw(16) - 7), draw(2) === 0];
  const kinds: readonly (() => number)[] = [
    () => bell() * power,
    () => Math.trunc(bell() * 20),
    () => Math.trunc(bell() * 100) / 32,
    () => bell() * 10 ** (draw(60) - 35),
    () => ODD[draw(ODD.length)]!,
  ];
  const kind = kinds[draw(kinds.length)]!;
  const numbers = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
    rare && draw(9) === 0 ? ODD[draw(5)]! : kind(),
  );
  const spec = { dtype, shape, bits: bitsOf(dtype, numbers) };
  const odder: readonly Partial<TensorSpec>[] = [{}, { parameter: true }, { leaf: false }, { layout: 'transposed' }];
  return { ...spec, ...odder[draw(shape.length > 1 ? 4 : 3)] };
}

const OF_TEXTS = Array.from('\'"\\\n\t\r\x00\x07\x1f\x7f\x80\xa0\xad\xe9\u0301\u061c\u1680\u200b\u2028\u3000\ud7ff');
OF_TEXTS.push(...Array.from('\ue000\ufeff\uffff\u4e2d\u{1d49c}\u{1f600}\u{e0001}\u{10ffff} aZ_'));

function text(draw: Draw): string {
  return joined(draw, OF_TEXTS, 5);
}

function joined(draw: Draw, parts: readonly string[], most: number): string {
  return Array.from({ length: draw(most + 1) }, () => parts[draw(parts.length)]!).join('');
}

const FLOATS = ['nan', 'inf', '-inf', '-0.0'] as const;

/** A value of a group: containers down to some depth. */
function value(draw: Draw, depth: number): Value {
  const items = (): Value[] => Array.from({ length: draw(4) }, () => value(draw, depth - 1));
  switch (draw(depth > 0 ? 10 : 6)) {
    case 0:
      return draw(2000) - 1000;
    case 1:
      return (draw(2 ** 30) - 2 ** 29) * 10 ** (draw(40) - 30);
    case 2:
      return { $float: FLOATS[draw(4)]! };
    case 3:
      return text(draw);
    case 4:
      return [true, false, null][draw(3)]!;
    case 5:
      return `$t${draw(8)}`;
    case 6:
      return items();
    case 7:
      return tuple(...items());
    case 8:
      return { $set: [[], [1], ['x'], [tuple(null)]][draw(4)] as readonly Value[] };
    default:
      return { $dict: items().map((item, i) => [draw(2) === 0 ? i : `${i}${text(draw)}`, item]) };
  }
}
