/** What TensorFlow.js saves and restores of an optimizer: a count of steps, and after it each kind of buffer for every variable. */
import * as tf from '@tensorflow/tfjs-core';

const KINDS = ['square_avg', 'momentum_buffer', 'grad_avg'];
const kindsOf = ({ centered }) => (centered ? KINDS : KINDS.slice(0, 2));

/** Members `load` and `save` of the port. @param names of the package, by PyTorch's */
export const checkpoints = (names) => ({
  load: async ({ params, rmsprop }, { groups: [{ options }], state }) => {
    for (const [name, own] of Object.entries(names)) rmsprop[own] = options[name];
    // It has no place for a variable without state.
    const known = params.filter((tensor) => state.has(tensor));
    const elements = (tensor, kind) => state.get(tensor)[kind] ?? new Float32Array(tensor.variable.size);
    const weight = (tensor, kind) => ({
      name: `${tensor.variable.name}/${kind}`,
      tensor: tf.tensor(Float32Array.from(elements(tensor, kind)), tensor.variable.shape, 'float32'),
    });
    const [{ step = 0 } = {}] = state.values();
    const weights = kindsOf(rmsprop).flatMap((kind) => known.map((tensor) => weight(tensor, kind)));
    await rmsprop.setWeights([{ name: 'iter', tensor: tf.scalar(step, 'int32') }, ...weights]);
  },
  save: async ({ params, rmsprop }) => {
    const [iterations, ...weights] = await rmsprop.getWeights();
    const [step] = iterations.tensor.dataSync();
    const perKind = weights.length / kindsOf(rmsprop).length;
    const state = new Map();
    kindsOf(rmsprop).forEach((kind, k) => {
      for (const { name, tensor } of weights.slice(k * perKind, (k + 1) * perKind)) {
        const of = params.find(({ variable }) => name.startsWith(`${variable.name}/`));
        state.set(of, { step, ...state.get(of), [kind]: tensor.dataSync() });
      }
    });
    const options = Object.fromEntries(Object.entries(names).map(([name, own]) => [name, rmsprop[own]]));
    return { groups: [{ params, options }], state };
  },
});
