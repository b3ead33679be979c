/**
 * Python's values as text: they stand as options of a group, and the optimizer is printed.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Need } from '../../../src/scenario/needs.ts';
import type { Group, ScenarioCase } from '../group.ts';
import { byId, caseOf, dict, groupOf, optimizer, plain, tuple } from '../tiny.ts';

/** Group `text-of-values`. */
export function textOfValues(): Group {
  const tensors = {
    ...{ rate: plain([], [0.25]), row: plain([3], [1, -2, 0.5]), square: plain([2, 2], [1, 2, 3, 4]) },
    leaf: { ...plain([], [0.5]), parameter: true as const },
    clone: { ...plain([], [0.5]), leaf: false as const },
  };
  return groupOf(
    ['state_dict', 'text-of-values', 'values and keys of groups as text'],
    [...texts(), ...numbers(), ...containers(), ...keys()],
    { tensors },
  );
}

const TEXT: Op = { op: 'repr' };

/** Values as they stand, and in a list. */
function shown(id: string, clause: string, values: readonly Value[], needs: readonly Need[] = []): ScenarioCase {
  const options = Object.fromEntries(values.map((value, i) => [`v${i}`, value]));
  const program = [optimizer({}, [dict({ params: ['$w'], ...options, all: values })]), TEXT];
  return caseOf(id, [clause], ['messages', 'bookkeeping', ...needs], program);
}

function texts(): ScenarioCase[] {
  const of = (id: string, ...values: readonly string[]): ScenarioCase => shown(`texts-${id}`, 'RPR-10', values);
  return [
    of('quotes', "it's", 'say "so"', `it's "so"`, "'", '"', '', `\\'"`),
    of('backslashes', '\\', 'a\\b', '\\n', '\\\\'),
    of('lines', 'a\nb', '\t', '\r\n', '\n'),
    of('controls', '\x00', '\x07\x08\x0b\x0c', '\x1b[0m', '\x1f', '\x7f'),
    of('latin', '\x80\x85\x9f', '\xa0', '\xad', '\xe9\xff'),
    of('spaces', ' ', '\u1680', '\u2003', '\u2028\u2029', '\u202f', '\u3000'),
    of('invisible', '\u200b', '\u202e', '\ufeff', '\u061c', '\ue000', '\uffff'),
    of('printable', 'a\u0301', '\u4e2d\u6587', '\u00b2', '\u0661', '\ufffd', '\ud7a3'),
    of('beyond-16-bits', '\u{1f600}', '\u{1d49c}', '\u{e0001}', '\u{10ffff}', '\u{1d173}'),
  ];
}

function numbers(): ScenarioCase[] {
  const odd: readonly Value[] = [{ $float: 'nan' }, { $float: 'inf' }, { $float: '-inf' }, { $float: '-0.0' }];
  return [
    shown('ints', 'ERR-2', [0, -1, 123456789, 2 ** 53, -(2 ** 53) - 2, 1e15, 1e16, 1e17, 1e20]),
    shown('floats', 'ERR-2', [0.1, -0.5, 123456.789, 1 / 3, 4503599627370495.5, 0.1 + 0.2, 1e15 + 0.3]),
    shown('exponents', 'ERR-2', [0.0001, 0.00009999, 1e-5, -1.5e-7, 1e-10, 5e-324, 1.7976931348623157e308, 1e22]),
    shown('odd-numbers', 'ERR-2', odd),
    shown('constants', 'RPR-2', [true, false, null]),
  ];
}

function containers(): ScenarioCase[] {
  const set = (...items: readonly Value[]): Value => ({ $set: items });
  const of = (id: string, ...values: readonly Value[]): ScenarioCase => shown(id, 'RPR-2', values);
  return [
    of('lists', [], [1], [[1], []], [[['x']], null]),
    of('tuples', tuple(), tuple(1), tuple(1, 2), tuple(tuple(), tuple(0.5)), [tuple([tuple('x')])]),
    of('sets', set(), set(1), set("it's"), [set(tuple(1))]),
    of('dicts', dict(), dict({ a: 1 }), dict({ a: dict({ "it's": [dict()] }) }), byId([2, 'x'], [0, null], ['1', 0.5])),
    of('numbers-as-keys', byId([0, 1], [10, 2]), byId([0.5, 1]), byId([null, 1]), [byId([-1, byId([1, 0])])]),
    of('tensors', '$rate', '$row', '$square', '$leaf', '$clone'),
    of('tensors-in-lists', ['$rate'], ['$row', '$square'], [tuple('$square'), '$leaf']),
    of('tensors-in-dicts', dict({ a: '$square', b: '$rate' }), dict({ a: dict({ b: ['$leaf', '$clone'] }) })),
  ];
}

/** The keys of a group. */
function keys(): ScenarioCase[] {
  const of = (id: string, clause: string, ...program: readonly Op[]): ScenarioCase =>
    caseOf(id, [clause], ['messages', 'bookkeeping'], program);
  const own = (options: Readonly<Record<string, Value>>): Op => optimizer({}, [dict({ params: ['$w'], ...options })]);
  return [
    // By units of 16 bits the last would come before the one in front of it.
    of(
      'keys-by-code-points',
      'RPR-1',
      own({ '\u{1f600}': 1, '\uff5e': 2, é: 3, z: 4, ab: 5, a: 6, A: 7, _: 8, '\ue000': 9 }),
    ),
    of('keys-that-begin-alike', 'RPR-1', own({ aab: 1, a: 2, aa: 3, 'a\u{1f600}': 4, 'a\uffff': 5, '': 6 })),
    of('keys-as-they-are', 'RPR-1', own({ "it's": 1, 'two words': 2, 'a\nb': 3, '\u200b': 4, '\\': 5 })),
  ].map((entry) => ({ ...entry, program: [...entry.program, TEXT] }));
}
