/**
 * Tensors and containers in messages.
 */
import type { TensorSpec, Value } from '../../../src/scenario/types.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { caseOf, clone, dict, float, groupOf, optimizer, parameter, plain, setOf, step, tuple } from '../small.ts';
import { hook } from '../tiny.ts';

/** Tensors that are negative, so that the constructor refuses them. */
const NEGATIVE: Readonly<Record<string, TensorSpec>> = {
  whole: plain([1], [-3]),
  fraction: plain([1], [-123.456]),
  small: plain([1], [-1e-5]),
  large: plain([1], [-2e10]),
  not_a_number: plain([1], [NaN]),
  infinite: plain([1], [-Infinity]),
  nested: plain([1, 1, 1], [-0.5]),
  leaf: parameter([-0.5]),
  leaf_without_dimensions: { ...plain([], [-0.1]), parameter: true },
  clone: clone([-0.5]),
  clone_without_dimensions: { ...plain([], [-0.1]), leaf: false },
};

/** Group `texts`. */
export function texts(): Group {
  const more = { rows: plain([2, 2], [1, -2, 30, 0.5]), rate: plain([], [0.1]) };
  return groupOf(['errors', 'texts', 'tensors and containers in messages'], [...refused(), ...returned()], {
    ...NEGATIVE,
    ...more,
  });
}

function refused(): ScenarioCase[] {
  return Object.keys(NEGATIVE).flatMap((name) =>
    (['lr', 'momentum'] as const).map((option) =>
      caseOf(
        `${option}=${name.replaceAll('_', '-')}`,
        ['OPT-3', 'RPR-7', 'RPR-9'],
        ['errors', 'messages', 'bookkeeping'],
        [optimizer({ [option]: `$${name}` })],
      ),
    ),
  );
}

/** What a hook before a step returns is printed where it is refused. */
const RETURNED: Readonly<Record<string, Value>> = {
  quotes: ["it's", 'say "so"', `both ' and "`],
  escapes: ['\t\r\n\\', '\x07\x7f\u200b', '\u{1f600}\u{e0001}'],
  'text-as-it-is': "it's\n\u200b",
  numbers: [1, -0.5, 1e-5, 1e22, float('nan'), float('-0.0'), true, null],
  containers: [tuple(), tuple(1), setOf(), setOf('x'), dict({ a: dict() })],
  tensor: '$rows',
  'tensor-without-dimensions': '$rate',
  'tensors-in-containers': dict({ a: ['$rows', '$rate'], b: tuple('$leaf') }),
  'leaf-without-dimensions': '$leaf_without_dimensions',
  'clone-without-dimensions': '$clone_without_dimensions',
  generator: { $generator: [1] },
  iterable: { $iterable: [1] },
};

function returned(): ScenarioCase[] {
  return Object.entries(RETURNED).map(([id, value]) =>
    caseOf(
      `returned-${id}`,
      ['HKS-8', 'ERR-2', 'RPR-10'],
      ['errors', 'messages'],
      [optimizer(), hook('step_pre', [{ return: value }]), step()],
    ),
  );
}
