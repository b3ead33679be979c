/**
 * What can be read off where no rule is known: the defaults of options. A port that is given its own default answers as it does where
 * the option is left out, whatever it computes.
 */
import { saysDefault } from './axes/defaults.ts';
import { DEFAULTS } from '../../scenario/fixed.ts';
import type { Op, Scenario, Value } from '../../scenario/types.ts';
import type { Trajectory } from './predict.ts';
import { isOfDefault } from './probes.ts';
import type { Answered } from './search.ts';

/** Numbers that are tried. */
const TRIED = {
  lr: [1e-5, 1e-4, 2e-4, 2.5e-4, 5e-4, 7e-4, 1e-3, 2e-3, 3e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
  alpha: [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999],
  eps: [0, 1e-32, 1e-16, 1e-12, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1],
  momentum: [0, 0.5, 0.9, 0.95, 0.99],
} as const;

/** The defaults that are not PyTorch's, each as what follows "the port"; none of which more than one number tells nothing. */
export async function toldDefaults(
  answered: readonly Answered[],
  answer: (scenario: Scenario) => Promise<Trajectory>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [option, numbers] of Object.entries(TRIED)) {
    const own = answered.filter(({ probe }) => isOfDefault(probe, option));
    const right = DEFAULTS[option as keyof typeof TRIED];
    const same: number[] = [];
    for (const x of own.length === 0 ? [] : numbers) {
      let isSame = true;
      for (const { probe, actual } of own) {
        const other: Trajectory = isSame ? await answer(given(probe.scenario, option, x)) : [];
        isSame &&= actual.every((number, i) => Object.is(number, other[i]));
      }
      if (isSame) same.push(x);
    }
    if (same.length === 1 && same[0] !== right) found.push(saysDefault(option, same[0]!, right));
  }
  return found;
}

/** The same program with an option given. */
function given(scenario: Scenario, option: string, value: Value): Scenario {
  const program = scenario.program.map((op): Op =>
    op.op === 'optimizer' ? { ...op, options: { ...op.options, [option]: value } } : op,
  );
  return { ...scenario, program };
}
