/**
 * How a state dict differs from the optimizer that will load it.
 */
import { keyText } from '../state-dict/pickle/keys.ts';
import type { Suspicion } from './suspicion.ts';
import { alone, type Model } from './model.ts';
import type { ValidateOptions } from './options.ts';

/** A suspicion that is tried over parameters of other shapes than the state's. */
export interface Shaped extends Suspicion {
  readonly shapes: readonly (readonly number[])[];
}

/** What differs from the optimizer that will load it. */
export function ofExpected(
  { groups, entries }: Model,
  { options, shapes, names }: ValidateOptions,
): (Suspicion | Shaped)[] {
  const found: (Suspicion | Shaped)[] = [];
  for (const group of groups)
    for (const [option, value] of Object.entries(options ?? {})) {
      const saved = group.options.get(option);
      const shown = saved !== undefined && 'value' in saved ? saved.value : saved?.kind === 'none' ? null : undefined;
      if (saved !== undefined && shown !== value && saved.kind !== 'tensor')
        found.push({
          code: 'option-replaced',
          pointer: `${group.pointer}/${option}`,
          message: `${option} of the constructor, ${String(value)}, becomes ${String(shown)}`,
        });
    }
  const [count, wanted] = [groups.reduce((sum, group) => sum + group.ids.length, 0), (shapes ?? names)?.length];
  if (wanted !== undefined && wanted !== count)
    found.push({
      code: 'number-of-parameters',
      pointer: '/param_groups',
      message: `expected the ${wanted} parameters of the optimizer that will load it, got ${count}: load_state_dict raises ValueError`,
    });
  const ids = shapes === undefined ? [] : groups.flatMap((group) => group.ids.map((id) => ({ group, id })));
  const byKey = new Map(entries.map((one) => [one.key, one]));
  for (const [i, { group, id }] of ids.entries()) {
    const shape = shapes![i];
    const own = byKey.get(keyText(id) ?? '');
    const [first] = own === undefined ? [] : own.buffers;
    if (shape === undefined || own === undefined || first === undefined || String(first[1].shape) === String(shape))
      continue;
    const message = `expected the state of a parameter of shape [${shape.join(', ')}], got [${first[1].shape.join(', ')}]`;
    const shown = alone(group, id, own.node);
    found.push({ code: 'shape-of-parameter', pointer: own.pointer, message, shown, shapes: [shape] });
  }
  const saved = groups.flatMap((group) => {
    const list = group.options.get('param_names');
    return list !== undefined && 'items' in list
      ? list.items.map((name) => (name.kind === 'str' ? name.value : ''))
      : [];
  });
  const differing = names === undefined || saved.length === 0 ? -1 : saved.findIndex((name, i) => name !== names[i]);
  if (differing >= 0)
    found.push({
      code: 'names-differ',
      pointer: '/param_groups',
      message: `the parameter at position ${differing} is ${names![differing] ?? 'none'}, in the file ${saved[differing]}: loading goes by position`,
    });
  return found;
}
