/**
 * Area `step`, for ports without None gradients: the options of the formula and an lr that changes, with a gradient in every step.
 */
import type { Need } from '../../src/scenario/needs.ts';
import type { Op, Value } from '../../src/scenario/types.ts';
import type { FloatingDType } from '../../src/tensor/dtype.ts';
import type { Group, ScenarioCase } from './group.ts';
import { catches, clauses, combinations, type Flags, noisy, params } from './step.ts';

const STEPS = 10;

/** The group for one dtype. */
export function denseGroup(dtype: FloatingDType): Group {
  const flags = combinations({ differentiable: [false], foreach: [false] });
  const plain = flags.filter(({ weight_decay, maximize }) => weight_decay === 0 && !maximize);
  return {
    ...{ area: 'step', name: `dense-${dtype}` },
    title: `the options of the formula, a gradient in every step, ${dtype}`,
    tensors: params(dtype, true),
    gradients: { noisy: noisy(dtype, false).slice(0, STEPS) },
    cases: [...flags.map((own) => flagCase(dtype, own)), ...plain.map((own) => lrCase(dtype, own))],
  };
}

function flagCase(dtype: FloatingDType, flags: Flags): ScenarioCase {
  const program: Op[] = [
    { op: 'optimizer', params: ['$scalar', '$vector', '$matrix'], options: given(flags) },
    { op: 'train', gradients: 'noisy', steps: STEPS },
    { op: 'state' },
  ];
  return caseOf(dtype, flags, slug(flags), [], [], program);
}

function lrCase(dtype: FloatingDType, flags: Flags): ScenarioCase {
  const program: Op[] = [
    { op: 'optimizer', params: ['$scalar', '$vector', '$matrix'], options: given(flags) },
    { op: 'train', gradients: 'noisy', steps: 4 },
    { op: 'set', group: 0, option: 'lr', value: 0.1 },
    { op: 'train', gradients: 'noisy', steps: 3, after: 4 },
    { op: 'set', group: 0, option: 'lr', value: 0.00001 },
    { op: 'train', gradients: 'noisy', steps: 3, after: 7 },
    { op: 'state' },
  ];
  return caseOf(dtype, flags, `lr-change-${slug(flags)}`, ['RMS-10'], ['lr-change'], program);
}

function caseOf(
  dtype: FloatingDType,
  flags: Flags,
  id: string,
  cited: readonly string[],
  needed: readonly Need[],
  program: readonly Op[],
): ScenarioCase {
  // No gradient is None.
  const own = clauses(flags).filter((clause) => clause !== 'RMS-1');
  const needs: Need[] = ['numbers', dtype, ...(Object.keys(given(flags)) as Need[]), ...needed];
  return { id, clauses: [...own, ...cited], needs, catches: catches(flags), program };
}

/** The flags that are on. */
function given({ momentum, centered, weight_decay, maximize }: Flags): Record<string, Value> {
  const all: Record<string, Value> = { momentum, centered, weight_decay, maximize };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function slug(flags: Flags): string {
  return Object.keys(given(flags)).join('+') || 'plain';
}
