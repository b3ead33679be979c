/**
 * Optimizers of other packages, asked line by line: `run.mjs cpu | wasm | deepbox`. What they have no option for they do not answer.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastest, serve } from '../timing.mjs';

const filled = (length, x) => Float32Array.from({ length }, (_, i) => x + (i % 97) / 1000);

async function tfjs(backend) {
  const tf = await import('@tensorflow/tfjs-core');
  const own = await import(`@tensorflow/tfjs-backend-${backend}`);
  if (backend === 'wasm')
    own.setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`);
  await tf.setBackend(backend);
  await tf.ready();
  return ({ tensors, elements, time, options: { lr, momentum = 0, centered = false, weight_decay, maximize } }) => {
    if (weight_decay || maximize) return null;
    const vars = Array.from({ length: tensors }, () => tf.variable(tf.tensor1d(filled(elements, 0.5))));
    const grads = Object.fromEntries(vars.map(({ name }) => [name, tf.tensor1d(filled(elements, -0.05))]));
    const optimizer = new tf.RMSPropOptimizer(lr, 0.99, momentum, 1e-8, centered);
    const taken = fastest(() => optimizer.applyGradients(grads), time);
    tf.dispose([vars, Object.values(grads)]);
    optimizer.dispose();
    return taken;
  };
}

async function deepbox() {
  const { RMSprop } = await import('deepbox/optim');
  const { parameter, tensor } = await import('deepbox/ndarray');
  return ({ tensors, elements, time, options: { lr, momentum = 0, centered = false, weight_decay = 0, maximize } }) => {
    if (maximize) return null;
    const params = Array.from({ length: tensors }, () =>
      parameter(tensor(filled(elements, 0.5), { dtype: 'float32' })),
    );
    for (const param of params) param.setGrad(tensor(filled(elements, -0.05), { dtype: 'float32' }));
    const optimizer = new RMSprop(params, { lr, momentum, centered, weightDecay: weight_decay });
    return fastest(() => optimizer.step(), time);
  };
}

const mode = process.argv[2];
await serve(await (mode === 'deepbox' ? deepbox() : tfjs(mode)));
