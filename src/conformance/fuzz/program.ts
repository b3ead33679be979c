/**
 * Programs in the scenario language, within what a port claims.
 */
import fc from 'fast-check';
import { type FixedOptions, withFixed } from '../../scenario/fixed.ts';
import type { Need } from '../../scenario/needs.ts';
import type { Gradients, Op, Scenario, TensorSpec, Value } from '../../scenario/types.ts';
import { isDict } from '../../scenario/values.ts';
import { opmath_dtypes, type OpmathDType } from '../../tensor/dtype.ts';
import { elementOf, optionValues, refused } from './numbers.ts';

/** Elements of a tensor of more than one block in either dtype. */
const LONG = 17;

const SHAPES = [[1], [2], [], [3], [2, 2], [LONG], [0]] as const;

/** Of more elements than kernels, work groups and unrolled loops take at once. */
const LARGE = [[130], [33, 34]] as const;

/** One program in so many is of a large tensor. */
const ORDINARY = 40;

/** Everything that a program is made of, before it has names. */
interface Draft {
  readonly dtype: OpmathDType;
  readonly shapes: readonly (readonly number[])[];
  readonly values: readonly (readonly string[])[];
  readonly options: Readonly<Record<string, Value>>;
  readonly groupOptions: Readonly<Record<string, Value>> | null;
  readonly stages: readonly Stage[];
}

/** Some steps, and what happens before them. */
interface Stage {
  readonly before: Happening | null;
  /** Elements by tensor, None, or the gradient that is there. */
  readonly gradients: readonly (readonly (readonly string[] | null | 'kept')[])[];
}

type Happening =
  | { readonly kind: 'set'; readonly option: string; readonly value: Value }
  | { readonly kind: 'add_group'; readonly options: Readonly<Record<string, Value>> }
  | { readonly kind: 'reload' | 'zero_grad' | 'repr' | 'deepcopy' | 'resume' }
  | { readonly kind: 'exchange'; readonly options: Readonly<Record<string, Value>> }
  | { readonly kind: 'hook'; readonly on: (typeof HOOKS)[number]; readonly sets: Value | null };

const HOOKS = [
  'step_pre',
  'step_post',
  'global_step_pre',
  'state_dict_pre',
  'load_state_dict_pre',
  'load_state_dict_post',
] as const;

/** Scenarios that need nothing that is not claimed, in which fixed options are what they are fixed to. */
export function scenarios(claims: ReadonlySet<Need>, fixed: FixedOptions = new Map()): fc.Arbitrary<Scenario> {
  return drafts(claims).map((draft) => withFixed(scenarioOf(draft), fixed));
}

/** The same, and now and then one of a large tensor, which would take long to shrink. */
export function scenariosOfEverySize(claims: ReadonlySet<Need>, fixed: FixedOptions): fc.Arbitrary<Scenario> {
  // Where the mean of gradients is near the gradient, it depends on blocks, which not every port claims.
  const large = Number(fixed.get('alpha') ?? 1) < 0.5 ? 0 : 1;
  return fc.oneof(
    { arbitrary: scenarios(claims, fixed), weight: ORDINARY },
    { arbitrary: largeDrafts(claims).map((draft) => withFixed(scenarioOf(draft), fixed)), weight: large },
  );
}

/** The element types that programs are of. */
function dtypesOf(claims: ReadonlySet<Need>): readonly OpmathDType[] {
  return opmath_dtypes.filter((dtype) => claims.has(dtype));
}

function drafts(claims: ReadonlySet<Need>): fc.Arbitrary<Draft> {
  const shapes = SHAPES.filter((shape: readonly number[]) => {
    if (shape.includes(0)) return claims.has('empty-tensors');
    return shape[0] !== LONG || claims.has('blocks');
  });
  return fc
    .tuple(fc.constantFrom(...dtypesOf(claims)), fc.array(fc.constantFrom(...shapes), { minLength: 1, maxLength: 3 }))
    .chain(([dtype, chosen]) =>
      fc.record({
        dtype: fc.constant(dtype),
        shapes: fc.constant(chosen),
        values: elementsFor(dtype, chosen),
        options: optionsFor(claims, true),
        groupOptions: claims.has('groups') ? fc.option(optionsFor(claims, false), { freq: 4 }) : fc.constant(null),
        stages: fc.array(stage(dtype, chosen, claims), { minLength: 1, maxLength: 4 }),
      }),
    );
}

/** Two steps of one large tensor. */
function largeDrafts(claims: ReadonlySet<Need>): fc.Arbitrary<Draft> {
  return fc.tuple(fc.constantFrom(...dtypesOf(claims)), fc.constantFrom(...LARGE)).chain(([dtype, shape]) =>
    fc.record({
      ...{ dtype: fc.constant(dtype), shapes: fc.constant([shape]), values: elementsFor(dtype, [shape]) },
      options: optionsFor(claims, true).map((options) =>
        Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'alpha')),
      ),
      groupOptions: fc.constant(null),
      stages: fc
        .record({
          before: fc.constant(null),
          gradients: fc.array(elementsFor(dtype, [shape]), { minLength: 2, maxLength: 2 }),
        })
        .map((own) => [own]),
    }),
  );
}

function elementsFor(dtype: OpmathDType, shapes: readonly (readonly number[])[]): fc.Arbitrary<string[][]> {
  return fc.tuple(
    ...shapes.map((shape) => {
      const length = shape.reduce((product, size) => product * size, 1);
      return fc.array(elementOf(dtype), { minLength: length, maxLength: length });
    }),
  );
}

function optionsFor(claims: ReadonlySet<Need>, all: boolean): fc.Arbitrary<Record<string, Value>> {
  const flag = (need: Need): Record<string, fc.Arbitrary<Value>> => (claims.has(need) ? { [need]: fc.boolean() } : {});
  const number = (name: keyof typeof optionValues): fc.Arbitrary<Value> =>
    claims.has('errors') && all
      ? fc.oneof({ arbitrary: optionValues[name], weight: 30 }, { arbitrary: refused, weight: 1 })
      : optionValues[name].filter((x) => name !== 'lr' || x !== 0 || claims.has('int-zero'));
  const claimed = (['momentum', 'weight_decay'] as const).filter((name) => claims.has(name));
  return fc.record(
    {
      ...{ lr: number('lr'), alpha: number('alpha'), eps: number('eps') },
      ...Object.fromEntries(claimed.map((name) => [name, number(name)])),
      ...{ ...flag('centered'), ...flag('maximize'), ...(all ? flag('foreach') : {}) },
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, Value>>;
}

function stage(
  dtype: OpmathDType,
  shapes: readonly (readonly number[])[],
  claims: ReadonlySet<Need>,
): fc.Arbitrary<Stage> {
  const gradient = elementsFor(dtype, shapes).chain((own) =>
    fc.tuple(
      ...own.map((bits) =>
        fc.oneof(
          { arbitrary: fc.constant(bits), weight: 8 },
          { arbitrary: fc.constant('kept' as const), weight: 1 },
          { arbitrary: fc.constant(null), weight: claims.has('none-gradients') ? 1 : 0 },
        ),
      ),
    ),
  );
  return fc.record({
    before: fc.oneof(fc.constant(null), ...happenings(claims)),
    gradients: fc.array(gradient, { minLength: 1, maxLength: 4 }),
  });
}

/** What may happen, by what it takes: operations on objects take `bookkeeping`, setting an option `lr-change`. */
function happenings(claims: ReadonlySet<Need>): fc.Arbitrary<Happening>[] {
  const set = (option: string, values: fc.Arbitrary<Value>): fc.Arbitrary<Happening> =>
    values.map((value) => ({ kind: 'set', option, value }));
  const plain = (kind: 'reload' | 'zero_grad' | 'repr' | 'deepcopy' | 'resume'): fc.Arbitrary<Happening> =>
    fc.constant({ kind });
  const hooks = HOOKS.filter((on) => !on.startsWith('global') || claims.has('global-hooks'));
  const lr = optionValues.lr.filter((x) => x !== 0 || claims.has('int-zero'));
  const momentum = claims.has('momentum') ? { momentum: 0.5 } : {};
  const table: readonly (readonly [needs: readonly Need[], arbitrary: fc.Arbitrary<Happening>])[] = [
    [['lr-change'], set('lr', lr)],
    [['lr-change', 'weight_decay'], set('weight_decay', optionValues.weight_decay)],
    // Turned on late, both raise.
    [['lr-change', 'errors', 'momentum'], set('momentum', optionValues.momentum)],
    [['lr-change', 'errors', 'centered'], set('centered', fc.boolean())],
    [
      ['bookkeeping', 'groups', 'none-gradients'],
      optionsFor(claims, false).map((options) => ({ kind: 'add_group', options })),
    ],
    [['bookkeeping', 'state_dict'], plain('reload')],
    [['bookkeeping', 'state_dict', 'closure'], fc.constant({ kind: 'exchange', options: momentum })],
    [['resume'], plain('resume')],
    [['zero_grad'], plain('zero_grad')],
    [['repr', 'messages'], plain('repr')],
    [['bookkeeping', 'deepcopy'], plain('deepcopy')],
    [
      ['bookkeeping', 'hooks', 'state_dict'],
      fc.tuple(fc.constantFrom(...hooks), fc.option(lr)).map(([on, sets]) => ({ kind: 'hook', on, sets })),
    ],
  ];
  return table.flatMap(([needs, arbitrary]) => (needs.every((need) => claims.has(need)) ? [arbitrary] : []));
}

function scenarioOf({ dtype, shapes, values, options, groupOptions, stages }: Draft): Scenario {
  const names = shapes.map((_, i) => `p${i}`);
  const tensors: Record<string, TensorSpec> = {};
  shapes.forEach((shape, i) => (tensors[names[i]!] = { dtype, shape, bits: values[i]!.join(' '), parameter: true }));
  const gradients: Record<string, readonly Gradients[]> = {};
  let params = paramsOf(names, groupOptions);
  const program: Op[] = [{ op: 'optimizer', params, options }];
  // A gradient that is not there yet, or was cleared, cannot be kept: it is given.
  let there = new Set<number>();
  stages.forEach(({ before, gradients: steps }, i) => {
    if (before) program.push(...happens(before, i, dtype, tensors, params));
    if (before?.kind === 'add_group') params = [...grouped(params), added(i, {})];
    if (before?.kind === 'zero_grad') there = new Set();
    gradients[`g${i}`] = steps.map((step) => {
      const set = step.flatMap((bits, p): (readonly [string, string | null])[] => {
        if (bits === 'kept' && there.has(p)) return [];
        if (bits === null) there.delete(p);
        else there.add(p);
        return [[names[p]!, bits === null ? null : bits === 'kept' ? values[p]!.join(' ') : bits.join(' ')]];
      });
      return Object.fromEntries(set);
    });
    program.push(
      { op: 'train', gradients: `g${i}`, steps: steps.length },
      { op: 'read', tensors: names },
      { op: 'state' },
    );
  });
  return { id: 'fuzz/found/program', tensors, gradients, program };
}

/** All in one group, or the first in one of its own. */
function paramsOf(names: readonly string[], groupOptions: Readonly<Record<string, Value>> | null): readonly Value[] {
  const refs = names.map((name) => `$${name}`);
  if (groupOptions === null) return refs;
  const group = (params: readonly string[], own: Readonly<Record<string, Value>>): Value => ({
    $dict: [['params', params], ...Object.entries(own)],
  });
  return [group(refs.slice(0, 1), groupOptions), ...(refs.length > 1 ? [group(refs.slice(1), {})] : [])];
}

function grouped(params: readonly Value[]): readonly Value[] {
  return params.every(isDict) ? params : [{ $dict: [['params', params]] }];
}

/** The group that a stage adds. */
function added(at: number, options: Readonly<Record<string, Value>>): Value {
  return { $dict: [['params', [`$q${at}`]], ...Object.entries(options)] };
}

function happens(
  what: Happening,
  at: number,
  dtype: OpmathDType,
  tensors: Record<string, TensorSpec>,
  params: readonly Value[],
): readonly Op[] {
  switch (what.kind) {
    case 'set':
      return [{ op: 'set', group: 0, option: what.option, value: what.value }];
    case 'add_group': {
      const name = `q${at}`;
      tensors[name] = {
        dtype,
        shape: [1],
        bits: dtype === 'float32' ? '3f800000' : '3ff0000000000000',
        parameter: true,
      };
      return [{ op: 'add_param_group', group: added(at, what.options) }];
    }
    case 'reload':
      return [{ op: 'state_dict' }, { op: 'load_state_dict' }, { op: 'look', at: ['opt', 'param_groups'] }];
    // Another optimizer goes on for a step, and then the one that was there.
    case 'resume':
      return [
        { op: 'save' },
        { op: 'optimizer', as: 'next', params, options: {} },
        { op: 'load', optimizer: 'next' },
        { op: 'train', optimizer: 'next', gradients: `g${at}`, steps: 1 },
        { op: 'save', optimizer: 'next', as: 'later' },
      ];
    case 'exchange':
      return [
        {
          op: 'optimizer',
          as: 'other',
          params: Object.keys(tensors).map((name) => `$${name}`),
          options: what.options,
        },
        { op: 'state_dict', as: 'mine' },
        { op: 'load_state_dict', optimizer: 'other', from: 'mine' },
        { op: 'state', optimizer: 'other' },
        { op: 'step', optimizer: 'other' },
      ];
    case 'deepcopy':
      return [
        { op: 'copy', of: 'opt', as: 'copied' },
        { op: 'look', at: ['copied', 'param_groups'] },
      ];
    case 'hook': {
      const sets = what.sets === null ? [] : [{ set_option: ['lr', what.sets] as const }];
      // A load hook is given what it may edit; only those that see the optimizer set an option of it.
      const does = [{ log: `${what.on} ${at}` }, ...(what.on === 'load_state_dict_pre' ? [] : sets)];
      return [
        { op: 'hook', on: what.on, does },
        { op: 'state_dict', as: 'seen' },
      ];
    }
    case 'zero_grad':
    case 'repr':
      return [{ op: what.kind }];
  }
}
