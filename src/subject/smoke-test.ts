/**
 * Holds an adapter, not yet the port behind it, to its contract: what is put in must come back.
 */
import { AdapterError } from '../scenario/adapter-error.ts';
import { claimed } from '../scenario/needs.ts';
import { kind } from '../scenario/encoding.ts';
import type { Port } from '../scenario/port.ts';
import { isElements } from './guard.ts';

/**
 * Makes a tensor, reads it back, and takes one step: the elements must be those given, and then no longer.
 *
 * @throws AdapterError naming the member that broke
 */
export async function smokeTest(port: Port, path: string): Promise<void> {
  const given = [1.5, -0.25, 3];
  const dtype = claimed(port.supports).includes('float32') ? 'float32' : 'float64';
  const data = dtype === 'float32' ? Float32Array.from(given) : Float64Array.from(given);
  const call = async <R>(member: string, body: () => R | Promise<R>): Promise<R> => {
    try {
      return await body();
    } catch (error) {
      if (error instanceof AdapterError) throw new AdapterError(`${path}: ${error.message}`);
      throw new AdapterError(`${path}: ${member} threw: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const tensor = await call('tensor', () =>
    port.tensor({ name: 'smoke', dtype, shape: [3], data, parameter: true, leaf: true }),
  );
  const back = await call('read', () => port.read(tensor));
  if (Array.from(back ?? []).join() !== given.join())
    throw new AdapterError(
      `${path}: read of a tensor just made: expected ${given.join(', ')}, got ${isElements(back) ? Array.from(back).join(', ') : kind(back)}`,
    );
  const optimizer = await call('optimizer', () => port.optimizer([{ params: [tensor], options: {} }], {}));
  await call('setGrad', () => port.setGrad(tensor, data.slice().fill(0.5)));
  await call('step', () => port.step(optimizer));
  const after = await call('read', () => port.read(tensor));
  if (Array.from(after).join() === given.join())
    throw new AdapterError(
      `${path}: a step with gradient 0.5 and default options left the tensor as it was; does setGrad reach it?`,
    );
}
