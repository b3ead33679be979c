/**
 * Our port as it is published, asked line by line: `ours.mjs fast | arrays | literal`. And `copy`, which copies as many bytes as a
 * plain step reads and writes: 20 an element.
 */
import { kernelMemory, Parameter, RMSprop, Tensor } from '../../dist/index.js';
import { fastest, serve } from './timing.mjs';

const mode = process.argv[2];
const memory = kernelMemory();

function filled(length, x) {
  const data = mode === 'fast' && memory !== undefined ? memory.allocate('float32', length) : new Float32Array(length);
  for (let i = 0; i < length; i++) data[i] = x + (i % 97) / 1000;
  return data;
}

function step({ tensors, elements, options, time }) {
  const params = Array.from({ length: tensors }, () => {
    const shape = [elements];
    const param = new Parameter({ dtype: 'float32', shape, data: filled(elements, 0.5) });
    param.grad = new Tensor({ dtype: 'float32', shape, data: filled(elements, -0.05) });
    return param;
  });
  const optimizer = new RMSprop(params, options, { path: mode === 'literal' ? 'literal' : 'fast' });
  const taken = fastest(() => void optimizer.step(), time);
  const state = params.flatMap((param) => Object.values(optimizer.state.get(param)));
  for (const tensor of [...params, ...params.map(({ grad }) => grad), ...state])
    if (tensor instanceof Tensor && memory?.has(tensor.storage)) memory.release(tensor.storage);
  return taken;
}

function copy({ tensors, elements, time }) {
  // A byte that is copied is read once and written once.
  const [from, to] = [new Uint8Array(elements * 10).fill(1), new Uint8Array(elements * 10)];
  return fastest(() => {
    for (let i = 0; i < tensors; i++) to.set(from);
  }, time);
}

await serve(mode === 'copy' ? copy : step);
