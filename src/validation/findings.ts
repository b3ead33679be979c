/**
 * What is found wrong with a state dict of RMSprop: what is suspicious, of the severity of what happened when it was tried.
 */
import type { Node, TensorNode } from '../state-dict/node.ts';
import type { Reference } from '../tensor/aten.ts';
import { suspicions } from './checks.ts';
import { type Suspicion } from './suspicion.ts';
import { dryRun, type DryOptions, type Outcome } from './dry-run.ts';
import { ofExpected, type Shaped } from './expected.ts';
import { type Code, CODES, type Finding, SEVERITIES, type Severity } from './finding.ts';
import type { Found } from './found.ts';
import { type Model } from './model.ts';
import { ofNotes } from './notes.ts';
import type { Numbers } from './numbers.ts';
import { optimizerOf } from './optimizers.ts';
import type { ValidateOptions } from './options.ts';
import { capped } from './sorted.ts';

/** What suspicions are tried for; of the others nothing raises by itself. */
const TRIED: ReadonlySet<Code> = new Set<Code>([
  ...(['wrong-type', 'missing-step', 'missing-square-avg', 'missing-momentum-buffer', 'missing-grad-avg'] as const),
  ...(['missing-option', 'option-type', 'shapes-differ', 'element-type', 'step-type'] as const),
  ...(['number-of-step', 'shape-of-parameter'] as const),
]);
/** The findings of a state dict that lies at a JSON pointer. */
export function ofModel(
  model: Model,
  found: Found,
  at: string,
  references: readonly Reference[],
  options: ValidateOptions,
): Finding[] {
  if (found.optimizer !== 'RMSprop') {
    const by = optimizerOf(model)!.by;
    const message = `a state dict of ${found.optimizer} (${by}), not of RMSprop`;
    return [tried({ code: 'other-optimizer', pointer: at, message }, found.outcomes)];
  }
  const numbers = new Map<TensorNode, Numbers>();
  const runs = new Map<Node, readonly Outcome[]>();
  const run = (shown: Node, how: DryOptions = {}): readonly Outcome[] => {
    if (how.device !== undefined || how.shapes !== undefined) return dryRun(shown, references, how);
    if (!runs.has(shown)) runs.set(shown, dryRun(shown, references));
    return runs.get(shown)!;
  };
  const findings = capped([...suspicions(model, numbers), ...ofNotes(model), ...ofExpected(model, options)]).map(
    (one): Finding => {
      const { code, message, shown } = one;
      const suspicion = { code, message, pointer: at + one.pointer };
      if (code === 'capturable-on-cpu' && !isOnCuda(model)) return tried(suspicion, run(shown!, { device: 'cpu' }));
      if (code === 'shape-of-parameter') return tried(suspicion, run(shown!, { shapes: (one as Shaped).shapes }));
      return TRIED.has(code)
        ? tried(suspicion, shown === undefined ? found.outcomes : run(shown))
        : { ...suspicion, severity: CODES[code] };
    },
  );
  const raised = found.outcomes.find((outcome) => outcome.raised !== undefined);
  if (
    raised?.raised !== undefined &&
    !findings.some(({ severity }) => severity === 'refused' || severity === 'will fail')
  ) {
    const { by, type, message } = raised.raised;
    const code: Code = by === 'step' ? 'step-raises' : 'loading-raises';
    findings.push({
      code,
      severity: CODES[code],
      pointer: at,
      message: `${type}: ${message}`,
      outcomes: found.outcomes,
    });
  }
  return findings;
}

/** A finding whose severity is what happened. */
export function tried({ code, pointer, message }: Suspicion, outcomes: readonly Outcome[]): Finding {
  let severity: Severity = CODES[code];
  for (const { raised } of outcomes) {
    const happened = raised === undefined ? CODES[code] : raised.by === 'step' ? 'will fail' : 'refused';
    if (SEVERITIES.indexOf(happened) < SEVERITIES.indexOf(severity)) severity = happened;
  }
  const all = outcomes.every(({ raised }) => raised !== undefined);
  // Where something raises in every version, that is all that happens.
  if (all && CODES[code] === 'refused' && outcomes.every(({ raised }) => raised!.by === 'step')) severity = 'will fail';
  return outcomes.some(({ raised }) => raised !== undefined)
    ? { code, severity, pointer, message, outcomes }
    : { code, severity, pointer, message };
}

function isOnCuda({ entries }: Model): boolean {
  return entries.flatMap(({ buffers }) => buffers).some(([, { storage }]) => storage.device !== 'cpu');
}
