/**
 * A case in human terms: its program, and what each reference observed, in decimals.
 */
import { fromBits } from '../tensor/bits.ts';
import { decimal } from '../conformance/decimal.ts';
import type { Case } from '../golden/types.ts';
import type { Observation, Op, TensorSpec, Thrown, Value } from '../scenario/types.ts';
import { isDict, isFloat, isTensor } from '../scenario/values.ts';
import type { DType } from '../tensor/dtype.ts';
import { wrap } from './wrap.ts';

/** Steps of a train operation shown in full. */
const SHOWN = 3;

/** The case as lines of text. */
export function caseText({ id, clauses, needs, catches, scenario, observed }: Case): string {
  const sameAs = new Map<string, string[]>();
  for (const [reference, observations] of observed) {
    const text = JSON.stringify(observations);
    sameAs.set(text, [...(sameAs.get(text) ?? []), reference]);
  }
  return [
    ...[id, `  clauses  ${clauses.join(', ')}`, `  needs    ${needs.join(', ')}`],
    ...(catches.length ? [`  catches  ${catches.join(', ')}`] : []),
    ...[
      '',
      'tensors',
      ...Object.entries(scenario.tensors).map(([name, spec]) => `  ${name} = ${tensorText(spec)}`),
      '',
      'program',
    ],
    ...scenario.program.map((op, i) => `  ${i}  ${opText(op)}`),
    ...[...sameAs].flatMap(([text, references]) => [
      '',
      `observed by ${references.join(', ')}`,
      ...(JSON.parse(text) as Observation[]).flatMap((o, i) =>
        observationLines(o, scenario.program[i]!, i, scenario.tensors),
      ),
    ]),
  ]
    .flatMap((line) => wrap(line))
    .join('\n');
}

function opText({ op, ...rest }: Op): string {
  return `${op} ${Object.entries(rest)
    .map(([key, value]) => `${key}=${typeof value === 'object' ? valueText(value as Value) : String(value)}`)
    .join(' ')}`;
}

function observationLines(o: Observation, op: Op, index: number, tensors: Case['scenario']['tensors']): string[] {
  const lines: string[] = [];
  const steps = o.steps ?? [];
  steps.forEach((params, i) => {
    if (i >= SHOWN && i < steps.length - 1) return;
    const number = op.op === 'train' ? (op.params_at?.[i] ?? (op.after ?? 0) + 1 + i) : i;
    for (const [name, bits] of Object.entries(params))
      lines.push(`step ${number}  ${name} = ${elements(tensors[name]!.dtype, bits)}`);
    if (i === SHOWN - 1 && steps.length > SHOWN + 1) lines.push('…');
  });
  if (o.value !== undefined) lines.push(...valueLines(o.value));
  for (const warning of o.warnings ?? []) lines.push(`warns ${thrownText(warning)}`);
  if (o.error) lines.push(`throws ${thrownText(o.error)}`);
  if (o.skipped) lines.push('skipped: its optimizer could not be made');
  if (o.not_observed) lines.push(`not observed: ${o.not_observed.join(', ')}`);
  return lines.map((line, i) => `  ${i === 0 ? String(index).padEnd(2) : '  '} ${line}`);
}

function valueLines(value: Value): string[] {
  if (!isDict(value)) return [valueText(value)];
  return value.$dict.map(([key, item]) => `${String(key)} = ${valueText(item)}`);
}

function valueText(value: Value | Readonly<Record<string, Value>>): string {
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isTensor(value as Value)) return tensorText((value as { $tensor: TensorSpec }).$tensor);
  if (isFloat(value as Value)) return (value as { $float: string }).$float;
  if (isDict(value as Value))
    return `{${(value as { $dict: [Value, Value][] }).$dict.map(([k, v]) => `${String(k)}: ${valueText(v)}`).join(', ')}}`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${valueText(item as Value)}`)
    .join(', ')}}`;
}

function tensorText({
  dtype,
  shape,
  bits,
}: {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly bits: string;
}): string {
  return `${dtype}[${shape.join(', ')}] ${elements(dtype, bits)}`;
}

function elements(dtype: DType, bits: string): string {
  const data = Array.from(fromBits(dtype, bits), (x) => decimal(dtype, x));
  return data.length > 8 ? `${data.slice(0, 8).join(' ')} … (${data.length})` : data.join(' ');
}

function thrownText({ type, message }: Thrown): string {
  return `${type}: ${message}`;
}
