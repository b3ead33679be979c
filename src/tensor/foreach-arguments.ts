/**
 * What PyTorch's functions over lists of tensors take beside the lists, and how it words what they refuse.
 */
import { RuntimeError, TypeError } from '../python/errors.ts';
import { isReal } from '../python/numbers.ts';
import { isTuple } from '../python/tuple.ts';
import { typeName } from '../python/type-name.ts';
import type { Aten } from './aten.ts';
import { isNumber, numberArgument } from './arguments.ts';
import { Tensor } from './tensor.ts';

type Kernel = 'mul' | 'add' | 'addcdiv';

const MUL = ['tuple of Scalars scalars', 'Tensor other', 'tuple of Tensors other', 'Number scalar'];

/** Signatures after the list that is written to, in PyTorch's order; from 2.4 on they print defaults. */
const SIGNATURES: Readonly<Record<Aten['foreach_wording'], Readonly<Record<Kernel, readonly string[]>>>> = {
  '2.1': {
    mul: MUL,
    add: ['Number scalar', 'tuple of Scalars scalars', 'tuple of Tensors other, *, Number alpha'],
    addcdiv: addcdiv('Number value'),
  },
  '2.4': {
    mul: MUL,
    add: [
      ...['Number scalar', 'tuple of Scalars scalars'],
      ...['Tensor other, *, Number alpha = 1', 'tuple of Tensors other, *, Number alpha = 1'],
    ],
    addcdiv: addcdiv('Number value = 1'),
  },
};

/** A list of tensors, or a tuple: what a function over lists made is a tuple. */
export type Tensors = readonly Tensor[];

/** The arguments of functions over lists, in the words of a version. */
export class ForeachArguments {
  readonly #wording: Aten['foreach_wording'];

  constructor({ foreach_wording }: Aten) {
    this.#wording = foreach_wording;
  }

  /**
   * The `alpha` or `value` of a function over lists, as a double.
   *
   * @param name the function, such as "_foreach_add_"
   * @throws TypeError for what is no Number
   */
  keyword(x: unknown, name: string, key: 'alpha' | 'value', lists: readonly Tensors[]): number {
    // Where one signature alone has the keyword, the refusal is of the argument and lists no signatures.
    const one = key === 'alpha' && this.#wording === '2.1';
    if (isNumber(x) || one) return numberArgument(x, `${name}(): argument '${key}'`);
    throw this.#refusal(name, [...lists, x], key);
  }

  /**
   * What stands beside each tensor of a list as other operand of `_foreach_mul_` or `_foreach_add_`.
   *
   * @throws TypeError or RuntimeError for what is neither a number, nor a tensor of no dimensions, nor a list of as many of either
   */
  others(x: unknown, name: string, tensors: Tensors): readonly (number | Tensor)[] {
    this.checkNone(tensors);
    // In 2.1 this one has no signature with a tensor, so that a Number is all that a tensor can be.
    const numbers = this.#wording === '2.1' && name === '_foreach_add_';
    if (numbers && x instanceof Tensor && !isNumber(x)) throw this.#refusal(name, [tensors, x]);
    if (x instanceof Tensor && x.shape.length > 0) {
      const size = `${x.shape.length} dimensions and ${x.numel()} elements`;
      throw new RuntimeError(`scalar tensor expected to be 0 dim but it has ${size}.`);
    }
    if (Array.isArray(x)) return each(x, tensors);
    if (!isReal(x) && !(x instanceof Tensor)) throw this.#refusal(name, [tensors, x]);
    return tensors.map(() => (x instanceof Tensor ? x : Number(x)));
  }

  /** @throws TypeError for None in a list that a function over lists writes to */
  checkNone(list: readonly unknown[]): void {
    const missing = list.findIndex((x) => x === null);
    if (missing < 0) return;
    throw new TypeError(`expected Tensor as element ${missing} in argument 0, but got NoneType`);
  }

  /** A signature is explained where it has as many arguments as were given; its `*` and its default count as words of it. */
  #refusal(name: string, args: readonly unknown[], key?: string): TypeError {
    const named = (text: string, i: number): string => (key && i === args.length - 1 ? `${key}=${text}` : text);
    const types = args.map((arg, i) => `!${named(fullType(arg), i)}!`).join(', ');
    const lines = SIGNATURES[this.#wording][kernel(name)].map((rest) => {
      const words = `tuple of Tensors self, ${rest}`.split(', ');
      const line = ` * (${words.join(', ')})\n`;
      if (words.length !== args.length) return line;
      const known = key === undefined || words.at(-1)!.split(' ').at(-1) === key;
      const why = known ? `arguments have invalid types: (${types})` : `keywords were incorrect: ${key}`;
      return `${line}      didn't match because some of the ${why}\n`;
    });
    const got = args.map((arg, i) => named(typeName(arg), i)).join(', ');
    return new TypeError(
      `${name}() received an invalid combination of arguments - got (${got}), but expected one of:\n${lines.join('')}`,
    );
  }
}

function each(list: readonly unknown[], tensors: Tensors): readonly (number | Tensor)[] {
  const odd = list.findIndex((x) => !(x instanceof Tensor));
  if (odd >= 0) throw new TypeError(`expected Tensor as element ${odd} in argument 1, but got ${typeName(list[odd])}`);
  if (list.length === tensors.length) return list as readonly Tensor[];
  const counts = `got ${tensors.length} and ${list.length}`;
  throw new RuntimeError(`Tensor lists must have the same number of tensors, ${counts}`);
}

function kernel(name: string): Kernel {
  return name.replace(/^_foreach_/, '').replace(/_$/, '') as Kernel;
}

/** The type of a value; of a list or tuple, also those of its items. */
function fullType(x: unknown): string {
  if (!Array.isArray(x)) return typeName(x);
  const items = x.map(fullType).join(', ');
  return isTuple(x) ? `tuple of (${items}${x.length === 1 ? ',' : ''})` : `list of [${items}]`;
}

function addcdiv(value: string): readonly string[] {
  const tensors = 'tuple of Tensors tensor1, tuple of Tensors tensor2';
  return ['tuple of Scalars scalars', 'Tensor scalars', value].map((last) => `${tensors}, ${last}`);
}
