/**
 * Groups that are refused, by the constructor and by add_param_group, beside a group of `b`.
 */
import { dict, generator, type Options, setOf, tuple } from '../small.ts';

/** Every group has `lr` too, so that it is no group of defaults. */
export const REFUSED_GROUPS: Options = {
  'no-params': dict({ lr: 0.1 }),
  empty: dict({}),
  'params-none': dict({ params: null }),
  'params-int': dict({ params: 5 }),
  'params-float': dict({ params: 0.5 }),
  'params-bool': dict({ params: false }),
  'params-text': dict({ params: 'x' }),
  'params-set': dict({ params: setOf('$w') }),
  'params-empty-set': dict({ params: setOf() }),
  'params-dict': dict({ params: dict({ w: '$w' }) }),
  'params-no-leaf': dict({ params: '$clone' }),
  'item-int': dict({ params: ['$w', 5] }),
  'item-bool': dict({ params: [true] }),
  'item-none': dict({ params: ['$w', null] }),
  'item-text': dict({ params: ['x'] }),
  'item-list': dict({ params: [['$w']] }),
  'item-dict': dict({ params: [dict({})] }),
  'item-of-generator': dict({ params: generator('$w', 5) }),
  'item-no-leaf': dict({ params: ['$w', '$clone'] }),
  overlap: dict({ params: ['$b'] }),
  'overlap-in-part': dict({ params: ['$w', '$b'] }),
  'overlap-of-tensor': dict({ params: '$b' }),
  'no-tensor-before-overlap': dict({ params: ['$b', 5] }),
  'no-leaf-before-overlap': dict({ params: tuple('$b', '$clone') }),
};
