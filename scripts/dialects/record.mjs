/**
 * Records what real npm packages compute of scripts/dialects/programs.json, into test/conformance/diagnosis/dialects.json.
 *
 *     node scripts/dialects/record.mjs FOLDER     a folder in whose node_modules the packages of PACKAGES are
 *
 * Two steps with the first lr, two with another; the parameter after each, as bits of float32.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const require = createRequire(join(folder, 'package.json'));
const out = new URL('../../test/conformance/diagnosis/dialects.json', import.meta.url);
const { start, gradients, lr_after_two, programs } = JSON.parse(
  readFileSync(new URL('programs.json', import.meta.url), 'utf8'),
);

const bits = (numbers) => {
  const view = new DataView(new ArrayBuffer(4));
  return Array.from(numbers, (x) => (view.setFloat32(0, x), view.getUint32(0).toString(16).padStart(8, '0'))).join(' ');
};

async function* tfjs({ alpha, eps, momentum = 0, centered = false }, lrs) {
  const tf = require('@tensorflow/tfjs-core');
  require('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  const w = tf.variable(tf.tensor1d(start, 'float32'));
  const optimizer = new tf.RMSPropOptimizer(lrs[0], alpha, momentum, eps, centered);
  for (const [i, g] of gradients.entries()) {
    optimizer.learningRate = lrs[i];
    optimizer.applyGradients({ [w.name]: tf.tensor1d(g, 'float32') });
    yield w.dataSync();
  }
}

async function* deepbox({ alpha, eps, momentum = 0, centered = false, weight_decay = 0 }, lrs) {
  const { RMSprop } = await import(pathToFileURL(require.resolve('deepbox/optim')).href);
  const { parameter, tensor } = await import(pathToFileURL(require.resolve('deepbox/ndarray')).href);
  const w = parameter(tensor(start, { dtype: 'float32' }));
  const optimizer = new RMSprop([w], { lr: lrs[0], alpha, eps, momentum, centered, weightDecay: weight_decay });
  for (const [i, g] of gradients.entries()) {
    optimizer.paramGroups[0].options.lr = lrs[i];
    w.setGrad(tensor(g, { dtype: 'float32' }));
    optimizer.step();
    yield w.tensor.data;
  }
}

async function* adnn({ alpha }, lrs) {
  const Tensor = require('adnn/tensor');
  const { rmsprop } = require('adnn/opt');
  const w = new Tensor([start.length]).fromFlatArray(start);
  const step = rmsprop({ stepSize: (i) => lrs[i], decayRate: alpha });
  for (const [i, g] of gradients.entries()) {
    step(new Tensor([g.length]).fromFlatArray(g), w, i);
    yield w.data;
  }
}

async function* convnetjs({ alpha, eps, weight_decay = 0 }, lrs) {
  const { Trainer } = require('convnetjs');
  const params = Float64Array.from(start);
  const grads = new Float64Array(start.length);
  const net = { forward() {}, backward: () => 0, getParamsAndGrads: () => [{ params, grads }] };
  const trainer = new Trainer(net, { method: 'windowgrad', ro: alpha, eps, l2_decay: weight_decay, batch_size: 1 });
  for (const [i, g] of gradients.entries()) {
    trainer.learning_rate = lrs[i];
    grads.set(g);
    trainer.train(null, null);
    yield params;
  }
}

/** By the dialect's name: the package, what runs it, and the programs that it has options for. */
const PACKAGES = {
  'TensorFlow.js': ['@tensorflow/tfjs-core', tfjs, ['plain', 'momentum', 'centered']],
  deepbox: ['deepbox', deepbox, ['plain', 'momentum', 'centered', 'weight_decay']],
  adnn: ['adnn', adnn, ['plain']],
  ConvNetJS: ['convnetjs', convnetjs, ['plain', 'weight_decay']],
};

const recorded = existsSync(out) ? JSON.parse(readFileSync(out, 'utf8')) : {};
for (const [name, [pack, run, own]] of Object.entries(PACKAGES)) {
  const parameters = {};
  for (const program of own) {
    const options = programs[program];
    const lrs = [options.lr, options.lr, lr_after_two, lr_after_two];
    parameters[program] = [];
    for await (const w of run(options, lrs)) parameters[program].push(bits(w));
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', pack, 'package.json'), 'utf8'));
  recorded[name] = { package: pack, version, registry: 'npm', parameters };
  console.log(name, version, JSON.stringify(parameters));
}
const sorted = Object.fromEntries(Object.entries(recorded).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(out, `${JSON.stringify(sorted, null, 2)}\n`);
