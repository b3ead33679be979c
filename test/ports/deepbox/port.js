/** `RMSprop` of deepbox/optim. */
import { readFileSync } from 'node:fs';
import { parameter, tensor } from 'deepbox/ndarray';
import { RMSprop } from 'deepbox/optim';

const TO_PACKAGE = { weight_decay: 'weightDecay' };
const toPackage = (options) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [TO_PACKAGE[name] ?? name, value]));

/** @type {import('rmsproof/port').Port} */
export default {
  name: 'deepbox',
  version: JSON.parse(readFileSync(new URL('../node_modules/deepbox/package.json', import.meta.url), 'utf8')).version,
  supports: [
    ...['numbers', 'float32', 'float64', 'state', 'momentum', 'centered', 'weight_decay'],
    ...['none-gradients', 'lr-change', 'groups'],
  ],
  tensor: ({ data, dtype, shape }) => parameter(tensor(data, { dtype }).reshape(shape)),
  read: ({ tensor: { data } }) => data,
  setGrad: (param, grad) => {
    if (grad === null) param._grad = null;
    else param.setGrad(tensor(grad, { dtype: param.dtype }).reshape(param.shape));
  },
  grad: ({ grad }) => grad?.data ?? null,
  optimizer: (groups, options) =>
    new RMSprop(
      groups.map(({ params, options: own }) => ({ params, ...toPackage(own) })),
      toPackage(options),
    ),
  step: (optimizer) => optimizer.step(),
  setOption: (optimizer, group, name, value) => {
    optimizer.paramGroups[group].options[TO_PACKAGE[name] ?? name] = value;
  },
  state: (optimizer, param) => {
    const state = optimizer.state.get(param);
    if (state === undefined) return undefined;
    const { squareAvg: square_avg, momentumBuffer: momentum_buffer, gradAvg: grad_avg } = state;
    return { square_avg, ...(momentum_buffer && { momentum_buffer }), ...(grad_avg && { grad_avg }) };
  },
};
