/**
 * A right port, every operation rounded by itself. Wrong ones are made of it by edits (edits.ts): it is read as text.
 */
const r = Math.fround;
const Buffer = Float32Array;

const defaults = { lr: 0.01, alpha: 0.99, eps: 1e-8, weight_decay: 0, momentum: 0, centered: false, maximize: false };

function lerp(start, end, weight) {
  const difference = r(end - start);
  return Math.abs(weight) < 0.5 ? r(start + r(r(weight) * difference)) : r(end - r(difference * r(1 - r(weight))));
}

// To Python NaN is true.
const truth = (x) => Number.isNaN(x) || Boolean(x);

class RMSprop {
  constructor(groups, options) {
    this.groups = groups.map((group) => ({
      params: group.params,
      options: { ...defaults, ...options, ...group.options },
    }));
    this.states = new Map();
    this.order = new Set();
  }

  stateOf(key, p, options) {
    if (!this.states.has(key)) {
      const state = { step: 0, v: new Buffer(p.data.length) };
      if (truth(options.centered)) state.m = new Buffer(p.data.length);
      if (options.momentum > 0) state.b = new Buffer(p.data.length);
      this.states.set(key, state);
    }
    return this.states.get(key);
  }

  step() {
    for (const group of this.groups) {
      for (const p of group.params) {
        let grad = p.grad;
        if (grad === null) continue;
        const state = this.stateOf(p, p, group.options);
        this.update(p, grad, state, group);
      }
    }
  }

  update(p, grad, state, group) {
    const { alpha, eps, weight_decay, momentum, maximize } = group.options;
    const lr = group.options.lr;
    const centered = truth(group.options.centered);
    const { v, m, b } = state;
    state.step += 1;
    this.order.add(p);
    for (let i = 0; i < grad.length; i++) {
      let w = p.data[i];
      let g = grad[i];
      if (maximize) g = -g;
      if (weight_decay !== 0) g = r(g + r(r(weight_decay) * w));
      const old = v[i];
      v[i] = r(r(old * r(alpha)) + r(r(r(1 - alpha) * g) * g));
      let variance = v[i];
      if (centered) {
        const before = m[i];
        m[i] = lerp(before, g, 1 - alpha);
        const mean = m[i];
        variance = r(variance - r(mean * mean));
      }
      const d = r(r(Math.sqrt(variance)) + r(eps));
      const numerator = g;
      if (momentum > 0) {
        b[i] = r(r(b[i] * r(momentum)) + r(numerator / d));
        p.data[i] = r(w - r(r(lr) * b[i]));
      } else {
        p.data[i] = r(w - r(r(r(lr) * numerator) / d));
      }
    }
  }
}

export default {
  name: 'operations',
  supports: [
    ...['numbers', 'state', 'bookkeeping', 'float32', 'momentum', 'centered', 'weight_decay', 'maximize'],
    ...['none-gradients', 'lr-change', 'groups'],
  ],
  tensor: ({ data, shape }) => ({ data, shape, grad: null }),
  read: (p) => p.data,
  setGrad: (p, grad) => void (p.grad = grad),
  optimizer: (groups, options) => new RMSprop(groups, options),
  step: (optimizer) => optimizer.step(),
  setOption: (optimizer, group, option, value) => void (optimizer.groups[group].options[option] = value),
  stateOrder: (optimizer) => [...optimizer.order],
  state: (optimizer, p) => {
    const state = optimizer.states.get(p);
    if (state === undefined) return undefined;
    const { step, v, m, b } = state;
    const shown = (shape, data) => ({ dtype: 'float32', shape, data: Float32Array.from(data) });
    return {
      step: shown([], [step]),
      square_avg: shown(p.shape, v),
      ...(b && { momentum_buffer: shown(p.shape, b) }),
      ...(m && { grad_avg: shown(p.shape, m) }),
    };
  },
};
