/** `opt.rmsprop` of adnn. It has neither eps nor momentum; a step size may be a function, which makes it one that changes. */
import { createRequire } from 'node:module';
import methods from 'adnn/opt/methods.js';
import Tensor from 'adnn/tensor.js';

/** @type {import('rmsproof/port').Port} */
export default {
  name: 'adnn',
  version: createRequire(import.meta.url)('adnn/package.json').version,
  supports: ['numbers', 'float64', 'none-gradients', 'lr-change'],
  tensor: ({ name, data }) => ({ name, value: new Tensor([data.length]).fromFlatArray(data), grad: null }),
  read: ({ value }) => value.toFlatArray(),
  setGrad: (tensor, grad) => {
    tensor.grad = grad === null ? null : new Tensor([grad.length]).fromFlatArray(grad);
  },
  grad: ({ grad }) => grad?.toFlatArray() ?? null,
  optimizer: ([{ params }], { lr = 0.1, alpha: decayRate }) => {
    const optimizer = { params, lr };
    optimizer.step = methods.rmsprop({ stepSize: () => optimizer.lr, ...(decayRate !== undefined && { decayRate }) });
    return optimizer;
  },
  step: ({ params, step }) => {
    const given = params.filter(({ grad }) => grad !== null);
    const struct = (of) => Object.fromEntries(given.map((tensor) => [tensor.name, of(tensor)]));
    step(
      struct(({ grad }) => grad),
      struct(({ value }) => value),
      0,
    );
  },
  setOption: (optimizer, _group, name, value) => {
    optimizer[name] = value;
  },
};
