/**
 * What is gone through item by item: generators where lists are expected, which end, or raise in the middle.
 */
import type { Op, Value } from '../../../src/scenario/types.ts';
import type { Group } from '../group.ts';
import { bitsOf } from '../random.ts';
import {
  caseOf,
  dict,
  edit,
  groupOf,
  load,
  look,
  optimizer,
  plain,
  remove,
  save,
  state,
  step,
  train,
} from '../tiny.ts';
import { tuple } from '../tiny.ts';
import { fullGroup } from './file.ts';

const NEEDS = ['errors', 'messages', 'attributes', 'iterables'] as const;
const RAISING = { $raise: 'no more' } as const;
const params = ['opt', 'param_groups', 0, 'params'] as const;
const zeroGrad: Op = { op: 'zero_grad' };
const names: Op = { op: 'attributes' };

const grad = (tensor: string, numbers: readonly number[]): Op => ({
  ...{ op: 'grad', tensor, bits: bitsOf('float32', numbers) },
});
const GRADS: readonly Op[] = [grad('w', [1, 2]), grad('b', [3])];
const take = (value: Value): Op => ({ op: 'setstate', value });

/** The group `gone-through`. */
export function goneThrough(): Group {
  const ends: Value = { $generator: ['$w', '$b'] };
  const raises: Value = { $generator: ['$w', RAISING, '$b'] };
  const groups: Value = { $generator: [fullGroup(['$w']), RAISING] };
  return groupOf(
    ['state_dict', 'gone-through', 'what is gone through item by item'],
    [
      caseOf('saved-twice', ['SDT-3', 'SDT-8'], NEEDS, [optimizer(), train(1), edit(params, ends), save(), save()]),
      caseOf(
        'stepped-once',
        ['GRP-11', 'SDT-8'],
        ['state', ...NEEDS],
        [...[optimizer(), ...GRADS, edit(params, ends), step(), step(), state()]],
      ),
      caseOf('cleared-in-part', ['GAD-4', 'SDT-8'], NEEDS, [
        ...[optimizer(), ...GRADS, edit(params, raises), zeroGrad, look('$w', 'grad'), look('$b', 'grad')],
      ]),
      caseOf(
        'gathered-in-part',
        ['STA-1', 'SDT-8'],
        ['state', ...NEEDS],
        [...[optimizer(), ...GRADS, edit(params, raises), step(), state(), save()]],
      ),
      caseOf(
        'groups-in-part',
        ['GRP-11', 'SDT-8'],
        ['state', ...NEEDS],
        [...[optimizer(), ...GRADS, edit(['opt', 'param_groups'], groups), step(), state()]],
      ),
      caseOf('groups-cleared-in-part', ['GAD-4', 'SDT-8'], NEEDS, [
        ...[optimizer(), ...GRADS, edit(['opt', 'param_groups'], groups), zeroGrad, look('$w', 'grad')],
      ]),
      caseOf('attributes-in-part', ['RPR-13'], NEEDS, [
        ...[optimizer(), take({ $generator: [tuple('x', 1), RAISING, tuple('y', 2)] }), names],
      ]),
      caseOf('attributes-before-no-pair', ['RPR-13'], NEEDS, [
        ...[optimizer(), take([tuple('x', 1), tuple('y', 2, 3), tuple('z', 4)]), names],
      ]),
      caseOf('state-without-dimensions', ['RPR-17', 'LSD-22'], NEEDS, [
        ...[optimizer({}, ['$w']), edit(['opt', 'state'], '$scalar'), grad('w', [1, 2]), step()],
      ]),
      caseOf('state-and-params-deleted', ['RPR-17'], NEEDS, [
        ...[optimizer(), remove('opt', 'state'), remove(...params), save()],
      ]),
      caseOf('group-of-as-many-dimensions', ['LSD-22'], NEEDS, [
        ...[
          optimizer({}, ['$w']),
          { op: 'load_state_dict', value: dict({ state: dict(), param_groups: ['$six'] }) } as const,
        ],
      ]),
      caseOf('loaded-over-ids', ['LSD-13', 'RPR-13'], NEEDS, [
        ...[optimizer({}, ['$w']), train(1), save(), { op: 'setstate', from: 'saved' } as const, load()],
      ]),
    ],
    { tensors: { scalar: plain([], [3]), six: plain([1, 1, 1, 1, 1, 1], [4]) } },
  );
}
