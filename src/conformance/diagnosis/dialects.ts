/**
 * The rules of real packages, as combinations of values. Each is held by a test against numbers recorded from the package
 * (test/conformance/diagnosis/dialects.json).
 */
import type { Need } from '../../scenario/needs.ts';
import { AROUND } from './axes/around.ts';
import type { AxisName } from './axes/axis.ts';
import { AXES, AXIS_NAMES } from './axes/table.ts';
import type { Rule } from './rule.ts';

/** A package that computes a rule. */
export interface Dialect {
  readonly name: string;
  /** As its package says it. */
  readonly version: string;
  readonly rule: Rule;
  /** What the package does not have. */
  readonly lacks: readonly Need[];
}

const IN: Rule = { eps: 'inside' };
const IN_LR: Rule = { ...IN, momentum: 'lr-inside' };

/** Every dialect; a new one is a row. */
export const DIALECTS: readonly Dialect[] = [
  { name: 'Keras', version: '3.15.1', rule: { ...IN_LR, weight_decay: 'decoupled' }, lacks: ['maximize'] },
  { name: 'Paddle', version: '3.3.1', rule: IN_LR, lacks: ['maximize'] },
  { name: 'optax', version: '0.2.8', rule: IN_LR, lacks: ['weight_decay', 'maximize'] },
  {
    name: 'TensorFlow.js',
    version: '4.22.0',
    rule: { ...IN_LR, centered_eps: 'subtracted' },
    lacks: ['weight_decay', 'maximize'],
  },
  { name: "timm's RMSpropTF", version: '1.0.31', rule: { ...IN_LR, start: 'one' }, lacks: ['maximize'] },
  {
    name: 'autograd',
    version: '1.9.1',
    rule: { start: 'one' },
    lacks: ['momentum', 'centered', 'weight_decay', 'maximize'],
  },
  { name: 'deepbox', version: '1.0.0', rule: { centered_eps: 'clamped-inside' }, lacks: ['maximize'] },
  {
    name: 'adnn',
    version: '2.0.10',
    rule: { eps: 'fixed-1e-8' },
    lacks: ['momentum', 'centered', 'weight_decay', 'maximize'],
  },
  { name: 'ConvNetJS', version: '0.3.0', rule: IN, lacks: ['momentum', 'centered', 'maximize'] },
  { name: 'bitsandbytes', version: '0.50.2', rule: { momentum: 'ignored' }, lacks: ['centered', 'maximize'] },
];

/** Whether a package's rule has a value on an axis: defaults and what is around a step make it no other rule. */
function isOfStep(name: AxisName): boolean {
  return !name.startsWith('default_') && !Object.hasOwn(AROUND, name);
}

/** The packages whose rule this is, as far as claims and what each package has allow to say. */
export function dialectsOf(rule: Rule, claims: ReadonlySet<Need>): readonly Dialect[] {
  const wrong = (Object.keys(rule) as AxisName[]).filter(isOfStep);
  if (wrong.length === 0) return [];
  return DIALECTS.filter((dialect) => {
    const lacking = new Set(dialect.lacks);
    const shared = AXIS_NAMES.filter(
      (name) => isOfStep(name) && AXES[name].needs.every((need) => claims.has(need) && !lacking.has(need)),
    );
    return wrong.every((name) => shared.includes(name)) && shared.every((name) => rule[name] === dialect.rule[name]);
  });
}
