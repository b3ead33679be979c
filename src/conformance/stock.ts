/**
 * Stock PyTorch explained: the port, with the square roots that PyTorch took in place of its own, must equal it in every bit.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import { FACETS, NEEDS } from '../scenario/needs.ts';
import type { Port, Target } from '../scenario/port.ts';
import type { Observation } from '../scenario/types.ts';
import { RMSprop } from '../optim/rmsprop.ts';
import type { Case } from '../golden/types.ts';
import { portSubject } from '../subject/module.ts';
import { portOf } from '../subject/port.ts';
import type { Root } from '../subject/protocol.ts';
import { openTorch, type TorchOptions } from '../subject/torch.ts';
import { arithmetics } from '../tensor/arithmetic/index.ts';
import { fromBits, toBits } from '../tensor/bits.ts';
import { dtypeInfo, half_dtypes } from '../tensor/dtype.ts';
import { Elementwise } from '../tensor/ops.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';
import type { RunOptions } from './run.ts';
import { type CaseResult, type Conformance, identityOf, type Run } from './verdicts.ts';

/**
 * Runs the cases over PyTorch with its built-in square root, and the port on the tape of those roots, in both CPU arithmetics.
 *
 * @throws AdapterError when PyTorch cannot be run
 */
export async function runStock(
  cases: readonly Case[],
  torch: TorchOptions,
  options: Pick<RunOptions, 'onProgress'>,
): Promise<Conformance> {
  const runs: Run[] = [];
  let version = '';
  for (const arithmetic of ['separate', 'fused'] as const) {
    const subject = await openTorch(arithmetic, { ...torch, sqrt: 'built-in' });
    version = subject.version;
    const results: CaseResult[] = [];
    const tapes: Root[] = [];
    try {
      // The roots of half types are not MKL's: they are right as built.
      for (const c of cases.filter(({ needs }) => !half_dtypes.some((dtype) => needs.includes(dtype)))) {
        const expected = await subject.run(c.scenario);
        const tape = subject.takeTape();
        tapes.push(...tape);
        results.push(await judge(c, expected, { version, arithmetic }, tape));
        options.onProgress?.(results.length, cases.length);
      }
    } finally {
      await subject.close();
    }
    runs.push({
      reference: `torch-${version}/${arithmetic}, built-in square root`,
      arithmetic,
      claims: NEEDS,
      compared: FACETS,
      cases: results,
      roots: countRoots(tapes),
    });
  }
  return { subject: { name: 'the port on the tape of torch', version }, runs };
}

async function judge(
  c: Case,
  expected: readonly Observation[],
  target: Target,
  tape: readonly Root[],
): Promise<CaseResult> {
  const { scenario } = c;
  const ops = new TapeOps(target.arithmetic, tape);
  try {
    const actual = await portSubject(portOf(RMSprop, target, { ops }) as Port).run(scenario);
    ops.end();
    const { numbers, first } = compare(scenario, expected, actual, new Set(FACETS));
    const difference = first ?? (ops.mismatch && rootDifference(ops.mismatch));
    return difference === undefined
      ? { ...identityOf(c), verdict: 'exact', numbers }
      : { ...identityOf(c), verdict: 'failed', numbers, difference };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return { ...identityOf(c), verdict: 'broken', broken: error.message };
  }
}

function rootDifference({ root, expected, actual }: NonNullable<TapeOps['mismatch']>): Difference {
  return {
    op: 0,
    operation: 'train',
    facet: 'numbers',
    where: `what square root ${root} is taken of`,
    expected,
    actual,
  };
}

/** An arithmetic whose square roots are read from a tape. */
export class TapeOps extends Elementwise {
  readonly #tape: readonly Root[];
  #next = 0;
  /** The first root that the port takes of something else than torch did. */
  mismatch: { readonly root: number; readonly expected: string; readonly actual: string } | undefined;

  constructor(arithmetic: Target['arithmetic'], tape: readonly Root[]) {
    super(arithmetics[arithmetic]);
    this.#tape = tape;
  }

  /** @throws AdapterError when roots are left over */
  end(): void {
    const left = this.#tape.length - this.#next;
    if (left > 0) throw new AdapterError(`the port took ${this.#next} square roots, the tape holds ${left} more`);
  }

  /** @throws AdapterError when the tape has ended */
  protected override root(out: Tensor | undefined, self: Tensor): Tensor {
    const entry = this.#tape[this.#next];
    if (entry === undefined)
      throw new AdapterError(`the tape ends after ${this.#next} square roots; the port takes one more`);
    this.#next += 1;
    const [expected, actual] = [
      `${entry.dtype} ${canonical(entry.input)}`,
      `${self.dtype} ${canonical(toBits(self.elements()))}`,
    ];
    if (expected !== actual) this.mismatch ??= { root: this.#next, expected, actual };
    const roots = fromBits(entry.dtype, entry.output);
    if (roots.length !== self.numel())
      throw new AdapterError(
        `square root ${this.#next}: expected ${self.numel()} elements on the tape, got ${roots.length}`,
      );
    return this.write(out, self, roots);
  }
}

/** Elements on the tape, and those whose root is not IEEE's. */
function countRoots(tape: readonly Root[]): { readonly taken: number; readonly not_ieee: number } {
  let [taken, not_ieee] = [0, 0];
  for (const { dtype, input, output } of tape) {
    const { round } = dtypeInfo(dtype);
    const [x, y] = [fromBits(dtype, input), fromBits(dtype, output)];
    taken += x.length;
    not_ieee += x.filter((value, i) => !Object.is(round(Math.sqrt(value)), y[i])).length;
  }
  return { taken, not_ieee };
}

function canonical(bits: string): string {
  return bits
    .replaceAll(/\b[7f]f[c-f][0-9a-f]{5}\b/g, '7fc00000')
    .replaceAll(/\b[7f]ff[8-f][0-9a-f]{12}\b/g, '7ff8000000000000');
}
