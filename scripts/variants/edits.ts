/**
 * Every wrong value as an author would write it, as a table: edits to the text of a right port. The names are those of the axes; the
 * arithmetic of the diagnosis has no part in it.
 */

/** An exact text, and what stands in its place everywhere. */
export type Edit = readonly [from: string, to: string];

/** The edits of one wrong value: in both texts alike, and in each. */
export interface Slip {
  readonly axis: string;
  readonly value: string;
  readonly both?: readonly Edit[];
  readonly operations?: readonly Edit[];
  readonly expression?: readonly Edit[];
}

/** A line, and its other forms in each text. */
type Form = readonly [value: string, operations: string, expression: string];

/** Slips that rewrite one line of each text. */
function rewritten(axis: string, [, ...right]: Form, ...wrong: readonly Form[]): readonly Slip[] {
  return wrong.map(([value, operations, expression]) => ({
    ...{ axis, value },
    operations: [[right[0]!, operations]],
    expression: [[right[1]!, expression]],
  }));
}

/** Slips that edit both texts alike. */
function shared(axis: string, wrong: Readonly<Record<string, readonly Edit[]>>): readonly Slip[] {
  return Object.entries(wrong).map(([value, both]) => ({ axis, value, both }));
}

/** Other defaults of an option. */
function defaults(option: string, right: string, ...wrong: readonly string[]): readonly Slip[] {
  const at = (value: string): string => ` ${option}: ${value}`;
  // The table names numbers as JavaScript prints them.
  const named = wrong.map((value) => [String(JSON.parse(value)), [[at(right), at(value)]]] as const);
  return shared(`default_${option}`, Object.fromEntries(named));
}

const DECAY: Form = [
  'coupled',
  'if (weight_decay !== 0) g = r(g + r(r(weight_decay) * w));',
  'if (weight_decay !== 0) g += weight_decay * w;',
];
const SQUARES: Form = [
  'alpha',
  'v[i] = r(r(old * r(alpha)) + r(r(r(1 - alpha) * g) * g));',
  'v[i] = alpha * old + (1 - alpha) * g ** 2;',
];
const DIVISOR: Form = [
  'outside',
  'const d = r(r(Math.sqrt(variance)) + r(eps));',
  'const d = Math.sqrt(variance) + eps;',
];
const MEAN: Form = ['alpha', 'm[i] = lerp(before, g, 1 - alpha);', 'm[i] = alpha * before + (1 - alpha) * g;'];
const CENTER: Form = ['right', 'variance = r(variance - r(mean * mean));', 'variance -= mean ** 2;'];
/** Both lines of a step with momentum, the line without it. */
const WHOLE = {
  operations: {
    buffer: 'b[i] = r(r(b[i] * r(momentum)) + r(numerator / d));',
    moved: 'p.data[i] = r(w - r(r(lr) * b[i]));',
    plain: 'p.data[i] = r(w - r(r(r(lr) * numerator) / d));',
  },
  expression: {
    buffer: 'b[i] = momentum * b[i] + numerator / d;',
    moved: 'p.data[i] = w - lr * b[i];',
    plain: 'p.data[i] = w - (lr * numerator) / d;',
  },
};

/** A slip in momentum: other lines of buffer and parameter, in each text. */
function momentum(
  value: string,
  operations: readonly [buffer: string, moved: string],
  expression: readonly [buffer: string, moved: string],
): Slip {
  const edits = (of: 'operations' | 'expression', [buffer, moved]: readonly [string, string]): readonly Edit[] => [
    [WHOLE[of].buffer, buffer],
    [WHOLE[of].moved, moved],
  ];
  return {
    axis: 'momentum',
    value,
    operations: edits('operations', operations),
    expression: edits('expression', expression),
  };
}

/** After the lines of an element. */
const END = '    }\n  }\n}\n\nexport';
const ABSENT = 'if (grad === null) continue;';
const STATE = 'const state = this.stateOf(p, p, group.options);';
const norm = (values: string): string => `Math.sqrt(${values}.reduce((sum, x) => sum + x * x, 0))`;
const clipped = (most: number): readonly Edit[] => [
  [
    STATE,
    `const norm = ${norm('grad')};\n        if (norm > ${most}) grad = grad.map((x) => x * (${most} / norm));\n        ${STATE}`,
  ],
];
const limited = (most: number): readonly Edit[] => [
  [STATE, `grad = grad.map((x) => Math.max(-${most}, Math.min(${most}, x)));\n        ${STATE}`],
];

const stepped = (most: number): readonly Edit[] => [
  ['const numerator = g;', `const numerator = Math.max(-${most}, Math.min(${most}, g / d)) * d;`],
];

const together = (most: number): readonly Edit[] => [
  [
    '    for (const group of this.groups) {\n      for',
    `    const all = this.groups.flatMap(({ params }) => params.flatMap(({ grad }) => [...(grad ?? [])]));
    const norm = ${norm('all')};
    for (const group of this.groups) {\n      for`,
  ],
  [STATE, `if (norm > ${most}) grad = grad.map((x) => x * (${most} / norm));\n        ${STATE}`],
];

const within = (most: number): readonly Edit[] => [
  [
    END,
    `    }
    const size = ${norm('p.data')};
    if (size > ${most}) p.data.forEach((x, i) => (p.data[i] = x * (${most} / size)));
  }
}\n\nexport`,
  ],
];

const LARGEST =
  'state.largest ??= new Float64Array(grad.length);\n      let variance = (state.largest[i] = Math.max(state.largest[i], v[i]));';

/** An option that is a constant. */
const fixed = (option: string, value: number): readonly Edit[] => [
  [` ${option}, `, ' '],
  ['const lr =', `const ${option} = ${value};\n    const lr =`],
];

const ELEMENTS = '    for (let i = 0; i < grad.length; i++) {';

/** One square for all elements of a tensor: it takes their sum before any of them. */
function whole(value: string, square: string): readonly Slip[] {
  const sum = `const decayed = (x, j) => (weight_decay === 0 ? x : (maximize ? -x : x) + weight_decay * p.data[j]);
    const whole = grad.reduce((sum, x, j) => sum + decayed(x, j) ** 2, 0);`;
  return rewritten('squares', SQUARES, [
    value,
    `v[i] = r(r(old * r(alpha)) + r(r(1 - alpha) * r(${square})));`,
    `v[i] = alpha * old + (1 - alpha) * ${square};`,
  ]).map((slip) => ({ ...slip, both: [[ELEMENTS, `    ${sum}\n${ELEMENTS}`]] }));
}

/** Other lines where a step with momentum is centered. */
function centeredMomentum(
  value: string,
  operations: readonly [buffer: string, moved: string],
  expression: readonly [buffer: string, moved: string],
): readonly Slip[] {
  const edits = (lines: readonly string[]): readonly Edit[] => [
    [
      'if (momentum > 0) {',
      `if (momentum > 0 && centered) {\n        ${lines.join('\n        ')}\n      } else if (momentum > 0) {`,
    ],
  ];
  return [{ axis: 'centered_momentum', value, operations: edits(operations), expression: edits(expression) }];
}

/**
 * Every slip. Of several in one port those that stand first are made first: what adds to a line before what rewrites it.
 */
export const SLIPS: readonly Slip[] = [
  ...rewritten(
    'centered_eps',
    DIVISOR,
    [
      'inside',
      'const d = centered ? r(Math.sqrt(r(r(eps) + variance))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? Math.sqrt(eps + variance) : Math.sqrt(variance) + eps;',
    ],
    [
      'outside',
      'const d = centered ? r(r(eps) + r(Math.sqrt(variance))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? eps + Math.sqrt(variance) : Math.sqrt(variance) + eps;',
    ],
    [
      'subtracted',
      'const d = centered ? r(Math.sqrt(r(variance - r(eps)))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? Math.sqrt(variance - eps) : Math.sqrt(variance) + eps;',
    ],
    [
      'clamped',
      'const d = centered ? r(r(eps) + r(Math.sqrt(Math.max(variance, 0)))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? eps + Math.sqrt(Math.max(variance, 0)) : Math.sqrt(variance) + eps;',
    ],
    [
      'clamped-inside',
      'const d = centered ? r(Math.sqrt(r(r(eps) + Math.max(variance, 0)))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? Math.sqrt(Math.max(variance, 0) + eps) : Math.sqrt(variance) + eps;',
    ],
    [
      'absolute',
      'const d = centered ? r(r(eps) + r(Math.sqrt(Math.abs(variance)))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? eps + Math.sqrt(Math.abs(variance)) : Math.sqrt(variance) + eps;',
    ],
    [
      'floor',
      'const d = centered ? r(Math.sqrt(Math.max(r(eps), variance))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? Math.sqrt(Math.max(eps, variance)) : Math.sqrt(variance) + eps;',
    ],
    [
      'missing',
      'const d = centered ? r(Math.sqrt(variance)) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = centered ? Math.sqrt(variance) : Math.sqrt(variance) + eps;',
    ],
  ),
  ...rewritten(
    'momentum_eps',
    DIVISOR,
    [
      'inside',
      'const d = momentum > 0 ? r(Math.sqrt(r(r(eps) + variance))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = momentum > 0 ? Math.sqrt(eps + variance) : Math.sqrt(variance) + eps;',
    ],
    [
      'outside',
      'const d = momentum > 0 ? r(r(eps) + r(Math.sqrt(variance))) : r(r(Math.sqrt(variance)) + r(eps));',
      'const d = momentum > 0 ? eps + Math.sqrt(variance) : Math.sqrt(variance) + eps;',
    ],
  ),
  ...eps([
    ['inside', 'r(Math.sqrt(r(variance + r(eps))))', 'Math.sqrt(variance + eps)'],
    ['max', 'Math.max(r(Math.sqrt(variance)), r(eps))', 'Math.max(Math.sqrt(variance), eps)'],
    ['max-inside', 'r(Math.sqrt(Math.max(variance, r(eps))))', 'Math.sqrt(Math.max(variance, eps))'],
    ['missing', 'r(Math.sqrt(variance))', 'Math.sqrt(variance)'],
    ['both', 'r(r(Math.sqrt(r(variance + r(eps)))) + r(eps))', 'Math.sqrt(variance + eps) + eps'],
    ['squared', 'r(Math.sqrt(r(variance + r(eps * eps))))', 'Math.sqrt(variance + eps ** 2)'],
    ['fixed-1e-8', 'r(r(Math.sqrt(variance)) + r(1e-8))', 'Math.sqrt(variance) + 1e-8'],
    ['fixed-1e-7', 'r(r(Math.sqrt(variance)) + r(1e-7))', 'Math.sqrt(variance) + 1e-7'],
    ['fixed-1e-8-inside', 'r(Math.sqrt(r(variance + r(1e-8))))', 'Math.sqrt(variance + 1e-8)'],
    ['fixed-1e-7-inside', 'r(Math.sqrt(r(variance + r(1e-7))))', 'Math.sqrt(variance + 1e-7)'],
    ['fixed-0.0003', 'r(r(Math.sqrt(variance)) + r(0.0003))', 'Math.sqrt(variance) + 0.0003'],
    ['fixed-0.001-inside', 'r(Math.sqrt(r(variance + r(0.001))))', 'Math.sqrt(variance + 0.001)'],
    ['fixed-0.00001-max', 'Math.max(r(Math.sqrt(variance)), r(1e-5))', 'Math.max(Math.sqrt(variance), 1e-5)'],
    ['no-root', 'r(variance + r(eps))', '(variance + eps)'],
  ]),
  ...shared('maximize', {
    'after-decay': [
      ['      if (maximize) g = -g;\n', ''],
      ['const old = v[i];', 'if (maximize) g = -g;\n      const old = v[i];'],
    ],
    ignored: [['      if (maximize) g = -g;\n', '']],
    ascends: [['if (maximize) g = -g;', 'if (!maximize) g = -g;']],
  }),
  ...shared('start', {
    one: [
      ['v: new Float32Array(p.data.length)', 'v: new Float32Array(p.data.length).fill(1)'],
      ['v: new Buffer(p.data.length)', 'v: new Buffer(p.data.length).fill(1)'],
    ],
    eps: [
      ['v: new Float32Array(p.data.length)', 'v: new Float32Array(p.data.length).fill(options.eps)'],
      ['v: new Buffer(p.data.length)', 'v: new Buffer(p.data.length).fill(options.eps)'],
    ],
    square: [['const old = v[i];', 'const old = state.step === 1 ? g * g : v[i];']],
    'at-0.1': [
      ['v: new Float32Array(p.data.length)', 'v: new Float32Array(p.data.length).fill(0.1)'],
      ['v: new Buffer(p.data.length)', 'v: new Buffer(p.data.length).fill(0.1)'],
    ],
  }),
  ...rewritten(
    'squares',
    SQUARES,
    [
      'swapped',
      'v[i] = r(r(r(1 - alpha) * old) + r(r(r(alpha) * g) * g));',
      'v[i] = (1 - alpha) * old + alpha * g ** 2;',
    ],
    ['summed', 'v[i] = r(old + r(g * g));', 'v[i] = old + g ** 2;'],
    ['unweighted', 'v[i] = r(r(r(alpha) * old) + r(g * g));', 'v[i] = alpha * old + g ** 2;'],
    ['undecayed', 'v[i] = r(old + r(r(r(1 - alpha) * g) * g));', 'v[i] = old + (1 - alpha) * g ** 2;'],
    [
      'float32',
      'v[i] = r(r(old * Math.fround(alpha)) + r(r((1 - Math.fround(alpha)) * g) * g));',
      'v[i] = Math.fround(alpha) * old + (1 - Math.fround(alpha)) * g ** 2;',
    ],
    [
      'eps-in',
      'v[i] = r(r(r(old * r(alpha)) + r(r(r(1 - alpha) * g) * g)) + r(eps));',
      'v[i] = alpha * old + (1 - alpha) * g ** 2 + eps;',
    ],
    [
      'eps-square',
      'v[i] = r(r(old * r(alpha)) + r(r(1 - alpha) * r(r(g * g) + r(eps))));',
      'v[i] = alpha * old + (1 - alpha) * (g ** 2 + eps);',
    ],
    [
      'magnitude',
      'v[i] = r(r(old * r(alpha)) + r(r(1 - alpha) * Math.abs(g)));',
      'v[i] = alpha * old + (1 - alpha) * Math.abs(g);',
    ],
  ),
  ...rewritten('squares', SQUARES, [
    'additive',
    'v[i] = r(old + r(r(r(1 - alpha) * Math.sign(r(g * g) - old)) * r(g * g)));',
    'v[i] = old - (1 - alpha) * Math.sign(old - g ** 2) * g ** 2;',
  ]),
  ...whole('tensor-sum', 'whole'),
  ...whole('tensor-mean', '(whole / grad.length)'),
  ...rewritten(
    'mean',
    MEAN,
    ['swapped', 'm[i] = lerp(before, g, alpha);', 'm[i] = (1 - alpha) * before + alpha * g;'],
    [
      'float32',
      'm[i] = lerp(before, g, 1 - Math.fround(alpha));',
      'm[i] = Math.fround(alpha) * before + (1 - Math.fround(alpha)) * g;',
    ],
    ['eps', 'm[i] = r(lerp(before, g, 1 - alpha) + r(eps));', 'm[i] = alpha * before + (1 - alpha) * g + eps;'],
  ),
  ...shared('first_mean', {
    eps: [
      ['state.m = new Float32Array(p.data.length)', 'state.m = new Float32Array(p.data.length).fill(options.eps)'],
      ['state.m = new Buffer(p.data.length)', 'state.m = new Buffer(p.data.length).fill(options.eps)'],
    ],
    one: [
      ['state.m = new Float32Array(p.data.length)', 'state.m = new Float32Array(p.data.length).fill(1)'],
      ['state.m = new Buffer(p.data.length)', 'state.m = new Buffer(p.data.length).fill(1)'],
    ],
    gradient: [['const before = m[i];', 'const before = state.step === 1 ? g : m[i];']],
  }),
  ...rewritten(
    'correction',
    ['none', 'let variance = v[i];', 'let variance = v[i];'],
    [
      'bias',
      'let variance = r(v[i] / r(1 - alpha ** state.step));',
      'let variance = v[i] / (1 - alpha ** state.step);',
    ],
  ).map((slip): Slip => ({
    ...slip,
    both: [['const mean = m[i];', 'const mean = m[i] / (1 - alpha ** state.step);']],
  })),
  ...rewritten(
    'used',
    ['present', 'let variance = v[i];', 'let variance = v[i];'],
    ['last', 'let variance = old;', 'let variance = old;'],
    ['largest', LARGEST, LARGEST],
  ),
  ...shared('fixed_alpha', {
    'at-0.9': fixed('alpha', 0.9),
    'at-0.99': fixed('alpha', 0.99),
    'at-0.999': fixed('alpha', 0.999),
    'at-0.95': fixed('alpha', 0.95),
  }),
  ...shared('fixed_momentum', {
    'at-0.9': [...fixed('momentum', 0.9), ['options.momentum > 0', '0.9 > 0']],
    'at-0.85': [...fixed('momentum', 0.85), ['options.momentum > 0', '0.85 > 0']],
  }),
  ...shared('always_centered', {
    always: [
      ['const centered = truth(group.options.centered);', 'const centered = true;'],
      ['if (truth(options.centered)) state', 'state'],
    ],
  }),
  ...shared('zero', { skipped: [['let g = grad[i];', 'let g = grad[i];\n      if (g === 0) continue;']] }),
  ...shared('centered', {
    stale: [
      ['const mean = m[i];', 'const mean = before;'],
      ['const mean = m[i] / (1', 'const mean = before / (1'],
    ],
  }),
  ...rewritten(
    'centered',
    CENTER,
    ['ignored', '', ''],
    ['unsquared', 'variance = r(variance - mean);', 'variance -= mean;'],
  ),
  ...centeredMomentum(
    'outside',
    ['b[i] = r(r(r(momentum) * b[i]) + r(numerator / d));', 'p.data[i] = r(w - r(b[i] * r(lr)));'],
    ['b[i] = numerator / d + momentum * b[i];', 'p.data[i] = w - b[i] * lr;'],
  ),
  ...centeredMomentum(
    'lr-inside',
    ['b[i] = r(r(r(momentum) * b[i]) + r(r(r(lr) * numerator) / d));', 'p.data[i] = r(w - b[i]);'],
    ['b[i] = (lr * numerator) / d + momentum * b[i];', 'p.data[i] = w - b[i];'],
  ),
  ...centeredMomentum('ignored', ['', WHOLE.operations.plain], ['', WHOLE.expression.plain]),
  momentum(
    'lr-inside',
    ['b[i] = r(r(b[i] * r(momentum)) + r(r(r(lr) * numerator) / d));', 'p.data[i] = r(w - b[i]);'],
    ['b[i] = momentum * b[i] + (lr * numerator) / d;', 'p.data[i] = w - b[i];'],
  ),
  momentum(
    'dampened',
    ['b[i] = r(r(b[i] * r(momentum)) + r(r(1 - momentum) * r(numerator / d)));', WHOLE.operations.moved],
    ['b[i] = momentum * b[i] + (1 - momentum) * (numerator / d);', WHOLE.expression.moved],
  ),
  momentum(
    'nesterov',
    [WHOLE.operations.buffer, 'p.data[i] = r(w - r(r(lr) * r(r(numerator / d) + r(r(momentum) * b[i]))));'],
    [WHOLE.expression.buffer, 'p.data[i] = w - lr * (numerator / d + momentum * b[i]);'],
  ),
  momentum(
    'nesterov-lr-inside',
    [
      'b[i] = r(r(b[i] * r(momentum)) + r(r(lr) * r(numerator / d)));',
      'p.data[i] = r(w - r(r(r(momentum) * b[i]) + r(r(lr) * r(numerator / d))));',
    ],
    ['b[i] = momentum * b[i] + (lr * numerator) / d;', 'p.data[i] = w - (momentum * b[i] + (lr * numerator) / d);'],
  ),
  momentum(
    'squared',
    [
      'b[i] = r(r(b[i] * r(momentum * momentum)) + r(r(1 + momentum) * r(r(lr) * r(numerator / d))));',
      'p.data[i] = r(w - b[i]);',
    ],
    ['b[i] = momentum ** 2 * b[i] + (1 + momentum) * ((lr * numerator) / d);', 'p.data[i] = w - b[i];'],
  ),
  momentum(
    'of-gradients',
    ['b[i] = r(r(b[i] * r(momentum)) + numerator);', 'p.data[i] = r(w - r(r(r(lr) * b[i]) / d));'],
    ['b[i] = momentum * b[i] + numerator;', 'p.data[i] = w - (lr * b[i]) / d;'],
  ),
  momentum(
    'dampened-lr-inside',
    ['b[i] = r(r(b[i] * r(momentum)) + r(r(r(lr) * r(1 - momentum)) * r(numerator / d)));', 'p.data[i] = r(w - b[i]);'],
    ['b[i] = momentum * b[i] + (1 - momentum) * ((lr * numerator) / d);', 'p.data[i] = w - b[i];'],
  ),
  ...shared('momentum', { ignored: [['if (momentum > 0) {', 'if (momentum < 0) {']] }),
  ...rewritten(
    'weight_decay',
    DECAY,
    [
      'decoupled',
      'if (weight_decay !== 0) w = r(w * r(1 - lr * weight_decay));',
      'if (weight_decay !== 0) w *= 1 - lr * weight_decay;',
    ],
    [
      'unscaled',
      'if (weight_decay !== 0) w = r(w * r(1 - weight_decay));',
      'if (weight_decay !== 0) w *= 1 - weight_decay;',
    ],
    [
      'sign-decoupled',
      'if (weight_decay !== 0) w = r(w - r(r(lr * weight_decay) * Math.sign(w)));',
      'if (weight_decay !== 0) w -= lr * weight_decay * Math.sign(w);',
    ],
    ['ignored', '', ''],
    [
      'doubled',
      'if (weight_decay !== 0) g = r(g + r(r(2 * weight_decay) * w));',
      'if (weight_decay !== 0) g += 2 * weight_decay * w;',
    ],
    [
      'halved',
      'if (weight_decay !== 0) g = r(g + r(r(weight_decay / 2) * w));',
      'if (weight_decay !== 0) g += (weight_decay / 2) * w;',
    ],
    [
      'sign',
      'if (weight_decay !== 0) g = r(g + r(r(weight_decay) * Math.sign(w)));',
      'if (weight_decay !== 0) g += weight_decay * Math.sign(w);',
    ],
    [
      'into-gradient',
      'if (weight_decay !== 0) g = grad[i] = r(g + r(r(weight_decay) * w));',
      'if (weight_decay !== 0) g = grad[i] = g + weight_decay * w;',
    ],
  ),
  {
    axis: 'weight_decay',
    value: 'decoupled-late',
    operations: [
      [`      ${DECAY[1]}\n`, ''],
      [END, `      if (weight_decay !== 0) p.data[i] = r(p.data[i] * r(1 - lr * weight_decay));\n${END}`],
    ],
    expression: [
      [`      ${DECAY[2]}\n`, ''],
      [END, `      if (weight_decay !== 0) p.data[i] *= 1 - lr * weight_decay;\n${END}`],
    ],
  },
  {
    axis: 'weight_decay',
    value: 'unscaled-late',
    operations: [
      [`      ${DECAY[1]}\n`, ''],
      [END, `      if (weight_decay !== 0) p.data[i] = r(p.data[i] * r(1 - weight_decay));\n${END}`],
    ],
    expression: [
      [`      ${DECAY[2]}\n`, ''],
      [END, `      if (weight_decay !== 0) p.data[i] *= 1 - weight_decay;\n${END}`],
    ],
  },
  {
    axis: 'weight_decay',
    value: 'left-out-of-mean',
    operations: [
      [`      ${DECAY[1]}\n`, ''],
      ['const numerator = g;', 'const numerator = weight_decay === 0 ? g : r(g + r(r(weight_decay) * w));'],
    ],
    expression: [
      [`      ${DECAY[2]}\n`, ''],
      ['const numerator = g;', 'const numerator = g + weight_decay * w;'],
    ],
  },
  {
    axis: 'weight_decay',
    value: 'mean-only',
    both: [['const numerator = g;', 'const numerator = maximize ? -grad[i] : grad[i];']],
  },
  {
    axis: 'weight_decay',
    value: 'after-mean',
    operations: [
      [`      ${DECAY[1]}\n`, ''],
      ['r(r(r(lr) * numerator) / d)', 'r(r(lr) * r(r(numerator / d) + r(weight_decay * w)))'],
      ['+ r(numerator / d))', '+ r(r(numerator / d) + r(weight_decay * w)))'],
    ],
    expression: [
      [`      ${DECAY[2]}\n`, ''],
      ['(lr * numerator) / d', 'lr * (numerator / d + weight_decay * w)'],
      ['+ numerator / d', '+ numerator / d + weight_decay * w'],
    ],
  },
  ...shared('schedule', {
    root: [['const lr = group.options.lr;', 'const lr = group.options.lr / Math.sqrt(state.step + 1);']],
    number: [['const lr = group.options.lr;', 'const lr = group.options.lr / (state.step + 1);']],
    'hyperbolic-0.01': [['const lr = group.options.lr;', 'const lr = group.options.lr / (1 + 0.01 * state.step);']],
    'exponential-0.96': [['const lr = group.options.lr;', 'const lr = group.options.lr * 0.96 ** state.step;']],
  }),
  ...shared('scale', {
    'by-0.1': [['let g = grad[i];', 'let g = 0.1 * grad[i];']],
  }),
  ...shared('limit', {
    'value-1': [[END, `      p.data[i] = Math.max(-1, Math.min(1, p.data[i]));\n${END}`]],
    'value-0.25': [[END, `      p.data[i] = Math.max(-0.25, Math.min(0.25, p.data[i]));\n${END}`]],
    'norm-1': within(1),
    'norm-2': within(2),
  }),
  ...shared('lr', {
    first: [
      [
        'this.states = new Map();',
        'this.states = new Map();\n    for (const group of this.groups) group.lr = group.options.lr;',
      ],
      ['const lr = group.options.lr;', 'const lr = group.lr;'],
    ],
    'fixed-0.01': [['const lr = group.options.lr;', 'const lr = 0.01;']],
    'fixed-0.001': [['const lr = group.options.lr;', 'const lr = 0.001;']],
    'fixed-0.07': [['const lr = group.options.lr;', 'const lr = 0.07;']],
  }),
  ...shared('absent', {
    zero: [[ABSENT, 'grad ??= new Float32Array(p.data.length);']],
    coasts: [
      [
        ABSENT,
        `if (grad === null) {
          const { lr, momentum } = group.options;
          const b = this.states.get(p)?.b;
          if (momentum > 0) b?.forEach((x, i) => (p.data[i] -= lr * (b[i] = momentum * x)));
          continue;
        }`,
      ],
    ],
  }),
  ...shared('absent', {
    // The lines change places.
    counted: [
      [`        ${ABSENT}\n`, ''],
      [
        STATE,
        `${STATE}\n        state.step += 1;\n        if (grad === null) {\n          this.order.add(p);\n          continue;\n        }`,
      ],
      ['    state.step += 1;\n    this', '    this'],
    ],
    resets: [[ABSENT, 'if (grad === null) this.states.delete(p);\n        if (grad === null) continue;']],
  }),
  ...shared('count', {
    never: [['state.step += 1;\n', '']],
    doubled: [['state.step += 1;', 'state.step += 2;']],
  }),
  ...shared('clip', {
    'norm-1': clipped(1),
    'norm-5': clipped(5),
    'norm-0.7': clipped(0.7),
    'value-1': limited(1),
    'value-0.3': limited(0.3),
    'value-5': limited(5),
    'value-1-late': [['const numerator = g;', 'const numerator = Math.max(-1, Math.min(1, g));']],
    'value-5-late': [['const numerator = g;', 'const numerator = Math.max(-5, Math.min(5, g));']],
    'value-1-step': stepped(1),
    'value-5-step': stepped(5),
    'all-1': together(1),
    'all-5': together(5),
  }),
  ...shared('state', {
    position: [
      ['  step() {\n', '  step() {\n    let position = 0;\n'],
      [STATE, 'const state = this.stateOf(position++, p, group.options);'],
      ['optimizer.states.get(p)', 'optimizer.states.get(optimizer.groups.flatMap(({ params }) => params).indexOf(p))'],
    ],
    shared: [
      [STATE, "const state = this.stateOf('all', p, group.options);"],
      ['optimizer.states.get(p)', "optimizer.states.get('all')"],
    ],
    none: [['  step() {\n', '  step() {\n    this.states.clear();\n']],
  }),
  ...shared('groups', {
    ignored: [[', ...group.options }', ' }']],
    'lr-alone': [[', ...group.options }', ', ...(group.options.lr === undefined ? {} : { lr: group.options.lr }) }']],
    first: [[', ...group.options }', ', ...groups[0].options }']],
  }),
  ...defaults('lr', '0.01', '0.001', '0.1', '0.0001', '0.003', '1'),
  ...defaults('alpha', '0.99', '0.9', '0.95', '0.999', '0.5', '0.97'),
  ...defaults('eps', '1e-8', '1e-7', '1e-6', '1e-10', '1e-5', '1e-3', '3e-4', '1e-12', '1e-30', '0'),
  ...defaults('momentum', '0', '0.9', '0.85'),
  ...defaults('weight_decay', '0', '0.01', '1e-4', '5e-5'),
  ...defaults('centered', 'false', 'true'),
  ...defaults('maximize', 'false', 'true'),
];

/** Other divisors, in place of the right one wherever it stands. */
function eps(wrong: readonly Form[]): readonly Slip[] {
  return wrong.map(([value, operations, expression]) => ({
    ...{ axis: 'eps', value },
    operations: [['r(r(Math.sqrt(variance)) + r(eps))', operations]],
    expression: [['Math.sqrt(variance) + eps', expression]],
  }));
}
