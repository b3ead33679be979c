/** The method `windowgrad` of convnetjs's Trainer, over a net that has nothing but parameters and gradients. */
import { createRequire } from 'node:module';
import convnetjs from 'convnetjs';

const TO_PACKAGE = { lr: 'learning_rate', alpha: 'ro', eps: 'eps', weight_decay: 'l2_decay' };
const toPackage = (options) =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (TO_PACKAGE[name] ? [[TO_PACKAGE[name], value]] : [])),
  );

/** @type {import('rmsproof/port').Port} */
export default {
  name: 'convnetjs',
  version: createRequire(import.meta.url)('convnetjs/package.json').version,
  supports: ['numbers', 'float64', 'state', 'weight_decay', 'lr-change', 'empty-tensors'],
  tensor: ({ data }) => ({ params: data, grads: new Float64Array(data.length) }),
  read: ({ params }) => params,
  // It sets the gradients to zero itself, so it works on a copy.
  setGrad: (tensor, grad) => tensor.grads.set(grad),
  optimizer: ([{ params }], options) => {
    const net = { forward() {}, backward: () => 0, getParamsAndGrads: () => params };
    return new convnetjs.Trainer(net, { method: 'windowgrad', ...toPackage(options) });
  },
  step: (trainer) => void trainer.train(),
  setOption: (trainer, _group, name, value) => {
    trainer[TO_PACKAGE[name]] = value;
  },
  state: (trainer, tensor) => {
    const at = trainer.net.getParamsAndGrads().indexOf(tensor);
    return trainer.gsum[at] && { square_avg: Float64Array.from(trainer.gsum[at]) };
  },
};
