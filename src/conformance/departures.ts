/**
 * What the verdict bounded lets pass, by name: ways of computing that are not PyTorch's, and no wrong rule either. Each is told by
 * a tiny program whose right answer and whose other answers lie far apart.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import type { Scenario, Value } from '../scenario/types.ts';
import type { Subject } from '../subject/subject.ts';
import { elementBits, fromBits } from '../tensor/bits.ts';

/** A way of computing that a bounded port has. */
export interface Departure {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
}

interface Probe extends Departure {
  readonly scenario: Scenario;
  /** What the parameter, a single float32, is after the last step: this is the departure's, those are of other ports. */
  readonly departing: number;
  readonly others: readonly number[];
}

/** One parameter of 0, and the same gradient for some steps. */
function scenario(name: string, gradient: number, steps: number, options: Readonly<Record<string, Value>>): Scenario {
  return {
    id: `departures/${name}/probe`,
    tensors: { p: { dtype: 'float32', shape: [1], bits: elementBits('float32', 0), parameter: true } },
    gradients: { g: Array.from({ length: steps }, () => ({ p: elementBits('float32', gradient) })) },
    program: [
      { op: 'optimizer', params: ['$p'], options },
      { op: 'train', gradients: 'g', steps },
    ],
  };
}

const ALPHA = 0.999;
/** Its square is no float32. */
const TINY = 1e-30;

const PROBES: readonly Probe[] = [
  {
    name: 'float32-alpha',
    summary: 'forms 1 - alpha from an alpha that is rounded to float32; PyTorch rounds 1 - alpha',
    // One step of lr from 0 goes 1 / sqrt(1 - alpha) far.
    scenario: scenario('float32-alpha', 1, 1, { lr: 1, alpha: ALPHA, eps: 0 }),
    departing: -1 / Math.sqrt(1 - Math.fround(ALPHA)),
    others: [-1 / Math.sqrt(1 - ALPHA)],
  },
  {
    name: 'float64-state',
    summary: "keeps state in float64; PyTorch keeps it in the parameter's element type",
    // The mean of squares is 0 in float32; who computes in doubles has it for the step, and who keeps doubles for the next one too.
    scenario: scenario('float64-state', TINY, 2, { lr: 1, alpha: 0.99, eps: TINY }),
    departing: -1 / (1 + Math.sqrt(0.01)) - 1 / (1 + Math.sqrt(0.0199)),
    others: [-2, -2 / (1 + Math.sqrt(0.01))],
  },
];

/** The departures of a subject; none of one that does not train float32, or breaks or throws where it is asked. */
export async function departuresOf(subject: Subject): Promise<readonly Departure[]> {
  const found: Departure[] = [];
  if (!subject.supports.includes('float32')) return found;
  for (const { name, summary, scenario: program, departing, others } of PROBES) {
    if ((subject.lacks?.(program.program) ?? []).length > 0) continue;
    const last = await lastOf(subject, program);
    if (last === undefined) continue;
    const away = Math.abs(last - departing);
    if (others.every((other) => away * 4 < Math.abs(last - other))) found.push({ name, summary });
  }
  return found;
}

async function lastOf(subject: Subject, program: Scenario): Promise<number | undefined> {
  try {
    const bits = (await subject.run(program))[1]?.steps?.at(-1)?.['p'];
    return bits === undefined ? undefined : fromBits(bits.length === 8 ? 'float32' : 'float64', bits)[0];
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return undefined;
  }
}
