/** `RNN.adjustWeights` of brain.js, which trains its recurrent nets; it does not clip here. */
import { createRequire } from 'node:module';
import brain from 'brain.js';

const { adjustWeights } = brain.recurrent.RNN.prototype;
const TO_PACKAGE = { alpha: 'decayRate', eps: 'smoothEps', weight_decay: 'regc' };
const toPackage = (options) =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (TO_PACKAGE[name] ? [[TO_PACKAGE[name], value]] : [])),
  );

/** @type {import('rmsproof/port').Port} */
export default {
  name: 'brain.js',
  version: createRequire(import.meta.url)('brain.js/package.json').version,
  supports: ['numbers', 'float32', 'state', 'weight_decay', 'lr-change', 'empty-tensors'],
  tensor: ({ data }) => ({ rows: data.length, columns: 1, weights: data, deltas: new Float32Array(data.length) }),
  read: ({ weights }) => weights,
  setGrad: (tensor, grad) => tensor.deltas.set(grad),
  grad: ({ deltas }) => deltas,
  optimizer: ([{ params }], options) => ({
    options: { ...new brain.recurrent.RNN().options, clipval: Infinity, ...toPackage(options) },
    trainOpts: { learningRate: options.lr ?? 0.01 },
    model: { allMatrices: params },
    stepCache: {},
  }),
  step: (net) => adjustWeights.call(net),
  setOption: (net, _group, name, value) => {
    if (name === 'lr') net.trainOpts.learningRate = value;
    else net.options[TO_PACKAGE[name]] = value;
  },
  state: ({ model, stepCache }, tensor) => {
    const square_avg = stepCache[model.allMatrices.indexOf(tensor)];
    return square_avg && { square_avg };
  },
};
