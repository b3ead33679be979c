/**
 * The gradients that a train operation gives a port, and whether its steps left them as they were (clause RMS-11).
 */
import type { Data } from '../tensor/dtype.ts';
import { elements } from './encoding.ts';
import type { Port } from './port.ts';
import type { NamedTensor } from './program-objects.ts';

interface Given {
  readonly made: NamedTensor;
  readonly gradient: Data | null;
  /** The array that the port was handed, which it may have kept. */
  readonly handed: Data | null;
}

/** The gradients of one train operation. */
export class GivenGradients {
  readonly #port: Port;
  readonly #given = new Map<string, Given>();
  readonly #changed: string[] = [];

  constructor(port: Port) {
    this.#port = port;
  }

  /** Sets the gradient of a tensor, or None, and remembers it. */
  async set(made: NamedTensor, gradient: Data | null): Promise<void> {
    const handed = gradient && gradient.slice();
    this.#given.set(made.name, { made, gradient, handed });
    await this.#port.setGrad(made.tensor, handed);
  }

  /**
   * The tensors whose gradients are or were not what was set, in the order in which that was found: the arrays that the port was
   * handed are looked at, and what its member `grad` reads, if it has one.
   *
   * @throws AdapterError when `grad` answers with neither elements nor null
   */
  async changed(): Promise<readonly string[]> {
    for (const [name, { made, gradient, handed }] of this.#given) {
      if (this.#changed.includes(name)) continue;
      if (!same(gradient, handed) || !same(gradient, await this.#read(made, gradient))) this.#changed.push(name);
    }
    return this.#changed;
  }

  async #read({ name, spec, tensor }: NamedTensor, unread: Data | null): Promise<Data | null> {
    if (this.#port.grad === undefined) return unread;
    const read = await this.#port.grad(tensor);
    return read === null ? null : elements(read, spec.dtype, `grad(${name})`);
  }
}

/** Whether elements are the same, NaNs being one. */
function same(a: Data | null, b: Data | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
}
