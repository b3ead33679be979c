/**
 * What can be wrong with a state dict of RMSprop beyond its form. Each check gives findings without a word on what PyTorch does,
 * and the smallest state dict that shows the problem: that is tried.
 */
import { elementType } from '../state-dict/element-type.ts';
import { below } from '../state-dict/format-error.ts';
import { isDense, type Node, type TensorNode } from '../state-dict/node.ts';
import { keyText } from '../state-dict/pickle/keys.ts';
import { ofEntry } from './check-entry.ts';
import { ofGroup } from './check-group.ts';
import { type Entry, type Group, idText, type Model } from './model.ts';
import type { Numbers } from './numbers.ts';
import { LEAST_ADDRESS } from './notes.ts';
import { listed, stepOf, type Suspicion } from './suspicion.ts';

/** Everything that is suspicious in a state dict of RMSprop; `numbers` are what was seen of each tensor. */
export function suspicions(model: Model, numbers: Map<TensorNode, Numbers>): Suspicion[] {
  return [
    ...ofIds(model),
    ...model.groups.flatMap(ofGroup),
    ...model.entries.flatMap((entry) => (entry.group === undefined ? [] : ofEntry(entry, entry.group, numbers))),
    ...model.groups.flatMap((group) => ofSteps(model, group)),
    ...ofStorages(model),
    ...ofSaving(model, numbers),
  ];
}

function ofIds({ groups, entries }: Model): Suspicion[] {
  const found: Suspicion[] = [];
  const seen = new Map<string | undefined, string>();
  for (const group of groups)
    group.ids.forEach((id, i) => {
      const [key, pointer] = [keyText(id), `${group.pointer}/params/${i}`];
      const first = seen.get(key);
      if (first === undefined) seen.set(key, pointer);
      else
        found.push({
          code: 'id-twice',
          pointer,
          message: `the id ${idText(id)} stands at ${first} too; its state goes to the last parameter alone`,
        });
    });
  const ids = groups.flatMap((group) => group.ids);
  if (found.length === 0 && !isInOrder(ids))
    found.push({
      code: 'ids-out-of-order',
      pointer: '/param_groups',
      message: `the ids ${listed(ids.map(idText))} are not in the order in which state_dict() numbers them; loading goes by position: wrong if the groups of the optimizer are not in this order`,
    });
  const strange = entries.filter(({ group }) => group === undefined);
  if (strange[0])
    found.push({
      ...{ code: 'state-of-no-parameter', pointer: strange[0].pointer },
      message: `state of ${listed(strange.map(({ id }) => idText(id)))}, which no group names: it is kept and never used`,
    });
  const withState = new Set(entries.map(({ key }) => key));
  const without = ids.filter((id) => !withState.has(keyText(id) ?? ''));
  if (entries.length > 0 && without.length > 0)
    found.push({
      ...{ code: 'parameters-without-state', pointer: '/state' },
      message: `no state of ${listed(without.map(idText))}: such a parameter had no gradient, and starts from zeros`,
    });
  return found;
}

/** Whether ids grow from one parameter to the next, as state_dict() counts them; those of before 1.5 are addresses, in any order. */
function isInOrder(ids: readonly Node[]): boolean {
  const numbers = ids.map((id) => (id.kind === 'int' ? Number(id.value) : NaN));
  return numbers.every((x, i) => !(x < numbers[i - 1]! && x < LEAST_ADDRESS));
}

function ofSteps({ entries }: Model, group: Group): Suspicion[] {
  const own = entries.filter((entry) => entry.group === group);
  const [steps, kinds] = [new Map<number, Entry>(), new Map<string, Entry>()];
  for (const entry of own) {
    const step = entry.values.get('step');
    const x = stepOf(step);
    if (x !== undefined && !steps.has(x)) steps.set(x, entry);
    if (step !== undefined && !kinds.has(step.kind)) kinds.set(step.kind, entry);
  }
  const found: Suspicion[] = [];
  const different = [...steps].map(([x, { id }]) => `${x} (of ${idText(id)})`);
  const pointerOf = (entries: Iterable<Entry>): string => below([...entries][1]!.pointer, 'step');
  if (steps.size > 1)
    found.push({
      code: 'steps-differ',
      pointer: pointerOf(steps.values()),
      message: `steps of one group differ: ${listed(different)}; a parameter counts only the steps in which it had a gradient`,
    });
  if (kinds.size > 1)
    found.push({
      code: 'number-of-step',
      pointer: pointerOf(kinds.values()),
      message: 'some steps of the group are numbers and some tensors: the file was put together',
    });
  return found;
}

/** Buffers of which a step would write elements twice. */
function ofStorages({ entries }: Model): Suspicion[] {
  const spans = entries.flatMap((entry) =>
    entry.buffers.flatMap(([key, { storage, shape, strides, offset, dtype }]) => {
      // Numbers of JSON are shared with nothing.
      if (storage.numbers !== undefined || shape.includes(0) || !isDense({ shape, strides })) return [];
      const size = elementType(dtype).bytes;
      const from = storage.bytes.byteOffset + offset * size;
      const last = shape.reduce((at, n, d) => at + (n - 1) * strides[d]!, 0);
      return [{ pointer: below(entry.pointer, key), buffer: storage.bytes.buffer, from, to: from + (last + 1) * size }];
    }),
  );
  const found: Suspicion[] = [];
  const byBuffer = new Map<ArrayBufferLike, typeof spans>();
  for (const span of spans) {
    const own = byBuffer.get(span.buffer);
    if (own === undefined) byBuffer.set(span.buffer, [span]);
    else own.push(span);
  }
  for (const own of byBuffer.values()) {
    own.sort((a, b) => a.from - b.from);
    for (let i = 1; i < own.length; i++)
      if (own[i]!.from < own[i - 1]!.to)
        found.push({
          code: 'shared-elements',
          pointer: own[i]!.pointer,
          message: `shares elements with ${own[i - 1]!.pointer}: a step writes them twice`,
        });
  }
  return found;
}

/** `get_optimizer_state_dict` of an optimizer that never stepped takes a step with gradients of zero. */
function ofSaving({ entries }: Model, numbers: ReadonlyMap<TensorNode, Numbers>): Suspicion[] {
  const isFresh = (entry: Entry): boolean =>
    stepOf(entry.values.get('step')) === 1 &&
    entry.buffers.every(([, buffer]) => numbers.get(buffer)?.zeros === numbers.get(buffer)?.count);
  if (entries.length === 0 || !entries.every(isFresh)) return [];
  return [
    {
      code: 'zeros-of-saving',
      pointer: '/state',
      message:
        'one step and nothing but zeros: made by saving (torch.distributed.checkpoint takes a step without gradients), not by training',
    },
  ];
}
