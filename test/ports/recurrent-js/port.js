/** `Solver` of recurrent-js, with neither clipping nor regularization unless asked for. */
import { createRequire } from 'node:module';
import solver from 'recurrent-js/dist/solver.js';

const { Solver } = solver;

/** @type {import('rmsproof/port').Port} */
export default {
  name: 'recurrent-js',
  version: createRequire(import.meta.url)('recurrent-js/package.json').version,
  supports: ['numbers', 'float64', 'state', 'weight_decay', 'lr-change'],
  tensor: ({ name, data }) => ({ name, n: data.length, d: 1, w: data, dw: new Float64Array(data.length) }),
  read: ({ w }) => w,
  // It sets the gradients to zero itself, so it works on a copy.
  setGrad: (tensor, grad) => tensor.dw.set(grad),
  optimizer: ([{ params }], { lr = 0.01, alpha, eps, weight_decay = 0 }) => ({
    model: Object.fromEntries(params.map((tensor) => [tensor.name, tensor])),
    solver: new Solver(alpha, eps),
    ...{ lr, weight_decay },
  }),
  step: ({ model, solver: own, lr, weight_decay }) => void own.step(model, lr, weight_decay, Infinity),
  setOption: (optimizer, _group, name, value) => {
    if (name === 'alpha') optimizer.solver.decayRate = value;
    else if (name === 'eps') optimizer.solver.smoothEps = value;
    else optimizer[name] = value;
  },
  state: ({ solver: own }, { name }) => own.stepCache[name] && { square_avg: own.stepCache[name].w },
};
