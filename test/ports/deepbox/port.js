/** `RMSprop` of deepbox/optim. */
import { readFileSync } from 'node:fs';
import { parameter, tensor } from 'deepbox/ndarray';
import { RMSprop } from 'deepbox/optim';

const TO_PACKAGE = { weight_decay: 'weightDecay' };
const BUFFERS = { square_avg: 'squareAvg', momentum_buffer: 'momentumBuffer', grad_avg: 'gradAvg' };
const toPackage = (options) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [TO_PACKAGE[name] ?? name, value]));

const BOTH = Object.entries(BUFFERS);
const fromPackage = (state) =>
  Object.fromEntries(BOTH.flatMap(([name, own]) => (state[own] ? [[name, state[own]]] : [])));
// Its state has no count of steps.
const toBuffers = (state) =>
  Object.fromEntries(BOTH.flatMap(([name, own]) => (state[name] ? [[own, Float64Array.from(state[name])]] : [])));

/** @type {import('rmsproof/port').Port} */
export default {
  name: 'deepbox',
  version: JSON.parse(readFileSync(new URL('../node_modules/deepbox/package.json', import.meta.url), 'utf8')).version,
  supports: [
    ...['numbers', 'float32', 'float64', 'state', 'momentum', 'centered', 'weight_decay'],
    ...['none-gradients', 'lr-change', 'groups', 'resume'],
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
    return state && fromPackage(state);
  },
  load: (optimizer, { groups, state }) =>
    optimizer.loadStateDict({
      paramGroups: groups.map(({ params, options }) => ({ params, options: toPackage(options) })),
      state: [...state].map(([param, own]) => ({ param, state: toBuffers(own) })),
    }),
  save: (optimizer) => ({
    groups: optimizer.paramGroups.map(({ params, options }) => ({
      params,
      options: { ...options, weight_decay: options.weightDecay },
    })),
    state: new Map(optimizer.stateDict().state.map(({ param, state }) => [param, fromPackage(state)])),
  }),
};
