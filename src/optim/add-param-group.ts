/**
 * What a parameter group must be, checked in PyTorch's order (clause GRP-2; optimizer.py, line 1103).
 */
import { getattr } from '../python/attributes.ts';
import { type AnyDict, get, has, isDict, items, setdefault } from '../python/dict.ts';
import { IndexError, TypeError, ValueError } from '../python/errors.ts';
import { hashed } from '../python/hashable.ts';
import { assign, item } from '../python/item.ts';
import { iterate, list } from '../python/iterate.ts';
import { str } from '../python/text/repr.ts';
import { bool } from '../python/truth.ts';
import { isTuple } from '../python/tuple.ts';
import { typeText } from '../python/type-name.ts';
import { warn } from '../python/warnings.ts';
import { Tensor } from '../tensor/tensor.ts';
import { typename } from '../tensor/typename.ts';
import type { Version } from './versions.ts';

/**
 * Tensors that share options; the keys other than `params` are the options, in the caller's order, then the defaults'
 * (clause GRP-3).
 */
export interface ParamGroup {
  params: Tensor[];
  [option: string]: unknown;
}

/** A tensor, or a `tuple` of its name and it (2.6 and later). */
export type Param = Tensor | readonly [name: string, tensor: Tensor];

/** A group as a caller writes it: any iterable of parameters but a set, and whatever options differ from the defaults. */
export interface ParamGroupInit {
  params: Tensor | Iterable<Param>;
  [option: string]: unknown;
}

/** The class of the marker; a deep copy of the marker is another one of it, and marks nothing (clause GRP-13). */
class RequiredParameter {
  toString(): string {
    return '<required parameter>';
  }
}

/** Stands among the defaults of an optimizer for an option that every group must give (clause GRP-13). */
export const required: { readonly toString: () => string } = new RequiredParameter();

/** What an optimizer is constructed over. */
export type Params = Iterable<Param | ParamGroupInit>;

/** What the checks ask of an optimizer, beside its attributes. */
export interface Grouping {
  readonly version: Version;
}

/**
 * Makes a caller's object a group: the object itself (clause GRP-1), with `params` as a list and the missing options
 * filled in.
 *
 * @throws TypeError, KeyError, IndexError or ValueError as PyTorch does (clause GRP-2); the object may be changed by
 * then (clause GRP-7)
 */
export function makeParamGroup(group: unknown, optimizer: Grouping): ParamGroup {
  if (!isDict(group)) throw new TypeError(`param_group must be a dict, but got ${typeText(group)}`);
  const { version } = optimizer;
  const params = item(group, 'params');
  const made = group as ParamGroup;
  if (params instanceof Set) throw new TypeError(SET);
  const listed = params instanceof Tensor ? [params] : list(params);
  assign(made, 'params', listed); // GRP-5
  if (version.param_names) takeNames(listed, made);
  const own = item(made, 'params') as Tensor[];
  for (const param of own) checkParam(param, optimizer);
  for (const [option, value] of items(getattr(optimizer, 'defaults'))) {
    if (value === required && !has(made, option))
      throw new ValueError(`parameter group didn't specify a value of required optimization parameter ${str(option)}`);
    setdefault(made, option, value); // GRP-4, GRP-6
  }
  if (new Set(own).size !== own.length) warn('UserWarning', DUPLICATES); // GRP-8
  const known = new Set<unknown>();
  for (const other of iterate(getattr(optimizer, 'param_groups'))) {
    for (const p of iterate(item(other, 'params'))) known.add(hashed(p));
    if (version.param_names) checkNames(made, other as AnyDict);
  }
  if (own.some((p) => known.has(p))) throw new ValueError('some parameters appear in more than one parameter group');
  return made;
}

/** Takes pairs of name and tensor apart: the tensors stay, the names become an entry of the group (clause OPT-7). */
function takeNames(params: readonly unknown[], group: ParamGroup): void {
  const named = params.filter(isTuple);
  if (named.some((pair) => pair.length < 2)) throw new IndexError('tuple index out of range');
  const tensors = params.map((param) => (isTuple(param) ? param[1] : param));
  assign(group, 'params', tensors);
  if (named.length === 0) return;
  if (named.length !== params.length)
    throw new ValueError('all optimizer params should be with/without names. Some param names are missing');
  assign(
    group,
    'param_names',
    named.map(([name]) => name),
  );
}

function checkParam(param: unknown, optimizer: Grouping): void {
  if (!(param instanceof Tensor))
    throw new TypeError(`optimizer can only optimize Tensors, but one of the params is ${typename(param)}`);
  if (!bool(get(getattr(optimizer, 'defaults'), 'differentiable')) && !(param.is_leaf || param.retains_grad))
    throw new ValueError("can't optimize a non-leaf Tensor");
}

function checkNames(group: AnyDict, other: AnyDict): void {
  const named = has(group, 'param_names');
  if (has(other, 'param_names') === named) return;
  throw new ValueError(
    'all optimizer param groups should be with/without names. ' +
      `cannot add param group ${named ? 'with' : 'without'} names to the optimizer`,
  );
}

/** What a set in a group is refused with. */
const SET =
  'optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will change ' +
  'between runs. Please use a list instead.';

/** What a set in place of a list of parameters or groups warns of from 2.15 on (clause GRP-2). */
export const SET_WARNING: string = `${SET} This will be an error in a future release.`;

const DUPLICATES =
  'optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see ' +
  'github.com/pytorch/pytorch/issues/40967 for more information';
