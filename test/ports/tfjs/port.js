/**
 * `tf.train.rmsprop` of TensorFlow.js over one of its backends. As `minimize` does, it gives the optimizer the gradients that there are.
 */
import * as tf from '@tensorflow/tfjs-core';
import { checkpoints } from './checkpoint.js';

const TO_PACKAGE = { lr: 'learningRate', alpha: 'decay', eps: 'epsilon', momentum: 'momentum', centered: 'centered' };

let made = 0;

/** @returns {Promise<import('rmsproof/port').Port>} */
export async function portOver(backend) {
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  await tf.ready();
  return {
    name: `@tensorflow/tfjs, ${backend}`,
    version: tf.version_core,
    supports: [
      ...['numbers', 'float32', 'state', 'momentum', 'centered', 'none-gradients', 'lr-change', 'empty-tensors'],
      'resume',
    ],
    tensor: ({ data, shape }) => ({
      variable: tf.variable(tf.tensor(data, shape, 'float32'), true, `v${made++}`),
      grad: null,
    }),
    read: ({ variable }) => variable.dataSync(),
    setGrad: (tensor, grad) => {
      tensor.grad = grad === null ? null : tf.tensor(grad, tensor.variable.shape, 'float32');
    },
    grad: ({ grad }) => grad?.dataSync() ?? null,
    optimizer: ([{ params }], { lr = 0.01, alpha, momentum, eps, centered }) => ({
      params,
      rmsprop: tf.train.rmsprop(lr, alpha, momentum, eps, centered),
    }),
    step: ({ params, rmsprop }) => {
      const given = params.filter(({ grad }) => grad !== null);
      rmsprop.applyGradients(Object.fromEntries(given.map(({ variable, grad }) => [variable.name, grad])));
    },
    setOption: ({ rmsprop }, _group, name, value) => {
      rmsprop[TO_PACKAGE[name]] = value;
    },
    state: ({ rmsprop }, { variable }) => {
      const of = (list) => list.find((one) => one.originalName.startsWith(`${variable.name}/`))?.variable.dataSync();
      const [square_avg, momentum_buffer, grad_avg] = [
        of(rmsprop.accumulatedMeanSquares),
        rmsprop.momentum > 0 ? of(rmsprop.accumulatedMoments) : undefined,
        of(rmsprop.accumulatedMeanGrads),
      ];
      if (square_avg === undefined) return undefined;
      return { square_avg, ...(momentum_buffer && { momentum_buffer }), ...(grad_avg && { grad_avg }) };
    },
    ...checkpoints(TO_PACKAGE),
  };
}
