/**
 * Handles: left with an exception, copied, and in the form in which they are pickled.
 */
import type { BookkeepingOp, SetAttributesOp } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import {
  add,
  caseOf,
  copy,
  fresh,
  groupOf,
  hook,
  logging,
  look,
  optimizer,
  remove,
  save,
  step,
  tuple,
  unhook,
} from '../tiny.ts';
import { KINDS, slugOf, trigger, begin } from './kinds.ts';

const THROWS = ['errors', 'messages'] as const;

/** The group `kept-handles`. */
export function keptHandles(): Group {
  const shallow = (of: string, as: string): BookkeepingOp => ({ op: 'copy', of, as, shallow: true });
  const getstate = (optimizer: string, as?: string): BookkeepingOp => ({
    ...{ op: 'getstate', optimizer },
    ...(as ? { as } : {}),
  });
  const within = (hook: string, ops: readonly BookkeepingOp[], text?: string): BookkeepingOp => ({
    ...{ op: 'remove_hook', hook, context: true },
    ...(ops.length > 0 ? { do: ops } : {}),
    ...(text === undefined ? {} : { throw: text }),
  });
  const restore = (optimizer: string, what: Pick<SetAttributesOp, 'value' | 'from'> = {}): BookkeepingOp => ({
    ...{ op: 'setstate', optimizer },
    ...what,
  });
  const keep: BookkeepingOp = { op: 'look', at: ['opt', DICT], as: 'kept' };
  const kept = ['attributes'] as const;
  return groupOf(
    ['hooks', 'kept-handles', 'handles left with an exception, copied and pickled'],
    [
      ...KINDS.map((kind) =>
        caseOf(`left-with-an-exception-${slugOf(kind)}`, ['HKS-19'], THROWS, [
          ...[...begin(kind), logging(kind, 'first'), logging(kind, 'second')],
          ...[within('first', [], 'within the handle'), trigger(kind)],
        ]),
      ),
      caseOf(
        'used-within',
        ['HKS-19'],
        [],
        [optimizer(), logging('step_pre', 'first'), within('first', [step(), look('first', 'id')]), step()],
      ),
      caseOf('raising-within', ['HKS-19'], THROWS, [
        ...[optimizer(), logging('step_pre', 'first'), within('first', [step({ args: [5] }), save()]), step()],
      ]),
      caseOf(
        'removed-within',
        ['HKS-19', 'HKS-3'],
        [],
        [optimizer(), logging('step_pre', 'first'), within('first', [unhook('first'), step()]), step()],
      ),
      caseOf('entered-twice', ['HKS-19'], THROWS, [
        ...[optimizer(), logging('step_pre', 'first')],
        ...[within('first', [within('first', [step()]), step()], 'outer'), step()],
      ]),
      caseOf('pickled-form', ['HKS-22'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), logging('step_pre', 'second'), getstate('second')],
        ...[unhook('first'), look('pickled'), look('second', 'id'), unhook('second'), getstate('second')],
      ]),
      caseOf('restored', ['HKS-22', 'HKS-3'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), logging('step_pre', 'second'), getstate('first')],
        ...[restore('second'), look('second', 'id'), unhook('second'), step()],
        ...[logging('step_pre', 'third'), step()],
      ]),
      caseOf('restored-raises-the-counter', ['HKS-22', 'HKS-3'], kept, [
        ...[optimizer(), logging('step_pre', 'first')],
        ...[restore('first', { value: tuple(null, 7, tuple()) }), look('first', 'id')],
        ...[logging('step_pre', 'second'), logging('state_dict_post', 'third'), unhook('first'), step()],
        ...[getstate('first'), restore('first', { value: tuple(null, 2, tuple()) })],
        logging('step_pre', 'fourth'),
      ]),
      caseOf('restored-from-two-items', ['HKS-22'], kept, [
        ...[optimizer(), logging('step_pre', 'first')],
        ...[restore('first', { value: tuple(null, 3) }), look('first', 'id'), unhook('first'), step()],
      ]),
      caseOf('restored-for-another-optimizer', ['HKS-22'], kept, [
        ...[optimizer(), fresh({}, ['$b'], 'other')],
        ...[logging('step_pre', 'first'), logging('step_pre', 'second', { optimizer: 'other' }), getstate('second')],
        ...[restore('first'), unhook('first'), step(), step({ optimizer: 'other' })],
      ]),
      caseOf('shallow-copy', ['HKS-22'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), logging('step_pre', 'second')],
        ...[shallow('first', 'copied'), look('copied', 'id'), unhook('copied'), step(), unhook('first'), step()],
        logging('step_pre', 'third'),
      ]),
      caseOf('attributes', ['HKS-22'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), { op: 'attributes', optimizer: 'first' } as const],
        ...[look('first', 'id'), look('first', 'extra_dict_ref'), shallow('first', 'copied')],
        { op: 'attributes', optimizer: 'copied' },
      ]),
      caseOf('shallow-copy-as-context-manager', ['HKS-22', 'HKS-19'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), shallow('first', 'copied'), within('copied', [step()]), step()],
      ]),
      caseOf('deep-copy', ['HKS-22'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), logging('step_pre', 'second')],
        ...[copy('first', 'copied'), look('copied', 'id'), unhook('copied'), step()],
        ...[logging('step_pre', 'third'), unhook('first'), step()],
      ]),
      caseOf('deep-copy-of-what-it-keeps', ['HKS-22'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), getstate('first'), copy('pickled', 'copied')],
        ...[restore('first', { from: 'copied' }), look('copied'), unhook('first'), look('copied')],
        step(),
      ]),
      caseOf('after-the-dictionary-was-replaced', ['HKS-22', 'HKS-23'], kept, [
        ...[optimizer(), logging('step_pre', 'first'), keep],
        ...[remove('opt', DICT), restore('opt', { value: { $dict: [] } }), logging('step_pre', 'second')],
        ...[look('opt', DICT), look('kept'), unhook('first'), look('kept'), step()],
      ]),
      caseOf(
        'nothing-else-has-ids',
        ['HKS-3'],
        [],
        [
          ...[
            optimizer({}, ['$w']),
            logging('step_pre', 'first'),
            save(),
            add({ params: ['$b'] }),
            copy('opt', 'other'),
          ],
          ...[step(), hook('step_pre', 5, { as: 'second' })],
        ],
      ),
    ],
  );
}

const DICT = '_optimizer_step_pre_hooks';
