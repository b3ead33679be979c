/**
 * A small RMSprop that is wrong where it is told to be, written from the formulas: one value on every axis, in one kind of arithmetic.
 */
import type { OpmathDType } from '../../tensor/dtype.ts';
import { type At, type Axis, type AxisName, type Hyper, type Parts, valueOf } from './axes/axis.ts';
import { AXES, AXIS_NAMES } from './axes/table.ts';
import { type Kind, type Ops, opsOf } from './kinds.ts';

/** A rule: the names of its values on those axes on which it is wrong. */
export type Rule = Readonly<Partial<Record<AxisName, string>>>;

/** The parts of a rule. */
export function partsOf(rule: Rule): Parts {
  const parts: Record<string, unknown> = { ...RIGHT };
  for (const [name, value] of Object.entries(rule)) parts[name] = valueOf(AXES[name as AxisName] as Axis, value).part;
  return parts as unknown as Parts;
}

const RIGHT = Object.fromEntries(AXIS_NAMES.map((name) => [name, AXES[name].values[0]!.part])) as unknown as Parts;

/** A tensor that is trained. */
export interface Trained {
  readonly name: string;
  readonly dtype: OpmathDType;
  readonly data: Float64Array;
  grad: Float64Array | null;
}

/** The buffers of one tensor; an optimizer has made them by the first step of the tensor. */
export interface Buffers {
  readonly square_avg: number[];
  readonly momentum_buffer: number[];
  readonly grad_avg: number[];
  /** The largest mean of squares so far, of who keeps it. */
  readonly largest: number[];
  /** Steps as the state counts them. */
  step: number;
}

/** A group: tensors and the options that were given, the group's over the optimizer's. */
export interface RuleGroup {
  readonly params: readonly Trained[];
  readonly given: Partial<Hyper>;
  readonly own: Partial<Hyper>;
  /** Set since. */
  readonly changed: Partial<Hyper>;
}

/** An optimizer that computes a rule. */
export class RuleOptimizer {
  readonly groups: readonly RuleGroup[];
  readonly #parts: Parts;
  readonly #kind: Kind;
  readonly #states = new Map<unknown, Buffers>();
  readonly #hypers = new Map<RuleGroup, Hyper>();
  readonly #first = new Map<RuleGroup, number>();

  constructor(parts: Parts, kind: Kind, groups: readonly RuleGroup[]) {
    this.#parts = parts;
    this.#kind = kind;
    this.groups = groups;
    for (const group of groups) this.#first.set(group, this.hyper(group).lr);
  }

  /** The hyper-parameters of a group at present. */
  hyper(group: RuleGroup): Hyper {
    const known = this.#hypers.get(group);
    if (known !== undefined) return known;
    const parts = this.#parts;
    const { given, own, changed } = group;
    const made: { -readonly [K in keyof Hyper]: Hyper[K] } = {
      lr: parts.default_lr,
      alpha: parts.default_alpha,
      eps: parts.default_eps,
      momentum: parts.default_momentum,
      weight_decay: parts.default_weight_decay,
      centered: parts.default_centered,
      maximize: parts.default_maximize,
    };
    Object.assign(made, given, heeded(parts.groups, own, this.groups[0]!.own), changed);
    made.alpha = parts.fixed_alpha ?? made.alpha;
    made.momentum = parts.fixed_momentum ?? made.momentum;
    made.centered ||= parts.always_centered;
    this.#hypers.set(group, made);
    return made;
  }

  /** Sets an option of a group, counted from 0. */
  set(group: number, option: string, value: number | boolean): void {
    const changed = this.groups[group];
    if (changed === undefined) return;
    Object.assign(changed.changed, { [option]: value });
    this.#hypers.delete(changed);
  }

  /** The buffers of a tensor, if it has any. */
  state(tensor: Trained): Buffers | undefined {
    return this.#states.get(this.#parts.state === 'shared' ? 'shared' : tensor);
  }

  /** Puts other buffers in the place of all that there are. */
  replace(states: ReadonlyMap<Trained, Buffers>): void {
    this.#states.clear();
    for (const [tensor, buffers] of states)
      this.#states.set(this.#parts.state === 'shared' ? 'shared' : tensor, buffers);
  }

  /** One step. */
  step(): void {
    const { clip } = this.#parts;
    const all =
      clip !== 'none' && clip.by === 'all' ? this.groups.flatMap(({ params }) => params.map(({ grad }) => grad)) : [];
    const together = all.length > 0 ? norm(all) : 0;
    let position = 0;
    for (const group of this.groups) {
      const present = this.hyper(group);
      const lr =
        this.#parts.lr === 'present'
          ? present.lr
          : this.#parts.lr === 'first'
            ? this.#first.get(group)!
            : this.#parts.lr;
      const h = lr === present.lr ? present : { ...present, lr };
      for (const tensor of group.params) {
        let { grad } = tensor;
        const k = opsOf(this.#kind, tensor.dtype);
        if (grad === null) grad = this.#absent(tensor, h, k, position);
        if (grad === null) continue;
        if (clip !== 'none') grad = clipped(grad, clip, together, k);
        this.#update(tensor, grad, h, k, position++);
      }
    }
  }

  #buffers(tensor: Trained, position: number): Buffers {
    const { state } = this.#parts;
    const key = state === 'position' ? position : state === 'shared' ? 'shared' : tensor;
    const kept = state === 'none' ? undefined : this.#states.get(key);
    const buffers = kept ?? { square_avg: [], momentum_buffer: [], grad_avg: [], largest: [], step: 0 };
    this.#states.set(key, buffers);
    if (state === 'position') this.#states.set(tensor, buffers);
    return buffers;
  }

  /** What is done about a gradient that is None; the gradient that stands for it, if any. */
  #absent(tensor: Trained, h: Hyper, k: Ops, position: number): Float64Array | null {
    const { absent, count, start } = this.#parts;
    if (absent === 'zero') return new Float64Array(tensor.data.length);
    if (absent === 'coasts') this.#coast(tensor, h, k);
    if (absent === 'resets') this.#states.delete(tensor);
    if (absent === 'counted') {
      const buffers = this.#buffers(tensor, position);
      buffers.step += count;
      const nowhere: At = { k, h, n: 0, whole: { squares: () => 0, elements: 0 } };
      for (let i = 0; i < tensor.data.length; i++)
        this.#kept(buffers, i, buffers.square_avg[i] ?? k.state(start(nowhere, 0)), nowhere);
    }
    return null;
  }

  /** The buffers of an element that a step leaves alone are there from then on. */
  #kept({ square_avg, momentum_buffer, grad_avg }: Buffers, i: number, old: number, at: At): void {
    square_avg[i] = old;
    if (at.h.momentum > 0) momentum_buffer[i] ??= 0;
    if (at.h.centered) grad_avg[i] ??= at.k.state(this.#parts.first_mean(at, 0));
  }

  #coast(tensor: Trained, h: Hyper, k: Ops): void {
    const buffers = this.state(tensor);
    if (buffers === undefined || !(h.momentum > 0)) return;
    for (let i = 0; i < tensor.data.length; i++) {
      const buf = k.state(k.r((buffers.momentum_buffer[i] ?? 0) * k.r(h.momentum)));
      buffers.momentum_buffer[i] = buf;
      tensor.data[i] = k.param(k.add(tensor.data[i]!, buf, k.r(-h.lr)));
    }
  }

  #update(tensor: Trained, grad: Float64Array, given: Hyper, k: Ops, position: number): void {
    const parts = this.#parts;
    const buffers = this.#buffers(tensor, position);
    const { square_avg, momentum_buffer, grad_avg } = buffers;
    buffers.step += parts.count;
    const h = parts.schedule ? { ...given, lr: given.lr * parts.schedule(buffers.step) } : given;
    const { weight_decay: decay, clip } = parts;
    const [before, after] = [parts.scale * parts.maximize.before(h), parts.maximize.after(h)];
    const momentum = (h.centered ? parts.centered_momentum : undefined) ?? parts.momentum;
    const divisor =
      (h.momentum > 0 ? parts.momentum_eps : undefined) ?? (h.centered ? parts.centered_eps : undefined) ?? parts.eps;
    const decayedOf = (signed: number, p: number): number =>
      h.weight_decay === 0 ? signed : k.add(signed, decay.term ? decay.term(p) : p, k.r(h.weight_decay));
    let sum: number | undefined;
    // Taken once, before any element moves.
    const squares = (): number => {
      if (sum !== undefined) return sum;
      sum = 0;
      for (let i = 0; i < grad.length; i++) {
        const signed = before * grad[i]!;
        sum += (decay.squares ? decayedOf(signed, tensor.data[i]!) : signed) ** 2;
      }
      return sum;
    };
    const at: At = { k, h, n: buffers.step, whole: { squares, elements: grad.length } };
    for (let i = 0; i < grad.length; i++) {
      const signed = before * grad[i]!;
      let p = tensor.data[i]!;
      const decayed = decayedOf(signed, p);
      if (decay.writes && h.weight_decay !== 0) grad[i] = k.param(decayed);
      const forSquares = after * (decay.squares ? decayed : signed);
      const quotient = after * (decay.quotient ? decayed : signed);
      const g = clip !== 'none' && clip.by === 'quotient' ? limited(quotient, clip) : quotient;
      if (decay.before && h.weight_decay !== 0) p = decay.before(at, p);
      const old = square_avg[i] ?? k.state(parts.start(at, forSquares));
      if (parts.zero === 'skipped' && signed === 0) {
        this.#kept(buffers, i, old, at);
        continue;
      }
      const v = k.state(parts.squares(at, old, forSquares));
      square_avg[i] = v;
      const correction = parts.correction(at);
      let variance = k.r(usedOf(parts.used, buffers, i, old) * correction);
      if (h.centered) {
        const stale = grad_avg[i] ?? k.state(parts.first_mean(at, forSquares));
        const mean = (grad_avg[i] = k.state(parts.mean(at, stale, forSquares)));
        variance = parts.centered(at, variance, k.r(mean * correction), k.r(stale * correction));
      }
      const avg = divisor(at, variance);
      const numerator = clip !== 'none' && clip.by === 'step' ? k.r(limited(k.r(g / avg), clip) * avg) : g;
      const late = decay.late && h.weight_decay !== 0 ? k.r(k.r(h.weight_decay) * k.r(p * avg)) : 0;
      const [moved, buf] = momentum(
        at,
        p,
        momentum_buffer[i] ?? 0,
        late === 0 ? numerator : k.r(numerator + late),
        avg,
      );
      if (h.momentum > 0) momentum_buffer[i] = k.state(buf);
      tensor.data[i] = k.param(decay.after && h.weight_decay !== 0 ? decay.after(at, moved) : moved);
    }
    if (parts.limit !== 'none') keep(tensor.data, parts.limit, k);
  }
}

/** The mean of squares that is used, the new one being there already. */
function usedOf(which: Parts['used'], { square_avg, largest }: Buffers, i: number, old: number): number {
  const v = square_avg[i]!;
  if (which === 'present') return v;
  if (which === 'last') return old;
  return (largest[i] = Math.max(largest[i] ?? 0, v));
}

/** The options of a group that count beside those of the optimizer. */
function heeded(which: Parts['groups'], own: Partial<Hyper>, first: Partial<Hyper>): Partial<Hyper> {
  if (which === 'lr') return own.lr === undefined ? {} : { lr: own.lr };
  return { own, ignored: {}, first }[which];
}

function norm(grads: readonly (Float64Array | null)[]): number {
  let sum = 0;
  for (const grad of grads) if (grad !== null) for (const g of grad) sum += g * g;
  return Math.sqrt(sum);
}

function clipped(grad: Float64Array, clip: Exclude<Parts['clip'], 'none'>, together: number, { r }: Ops): Float64Array {
  if (clip.by === 'quotient' || clip.by === 'step') return grad;
  if (clip.by === 'element') return grad.map((g) => limited(g, clip));
  const size = clip.by === 'all' ? together : norm([grad]);
  return size > clip.at ? grad.map((g) => r(g * (clip.at / size))) : grad;
}

/** A number within limits. */
function limited(x: number, { at }: { readonly at: number }): number {
  return Math.min(at, Math.max(-at, x));
}

/** Keeps parameters within limits. */
function keep(data: Float64Array, limit: Exclude<Parts['limit'], 'none'>, { r }: Ops): void {
  const size = limit.by === 'tensor' ? norm([data]) : 0;
  if (limit.by === 'element') data.forEach((x, i) => (data[i] = limited(x, limit)));
  else if (size > limit.at) data.forEach((x, i) => (data[i] = r(x * (limit.at / size))));
}
