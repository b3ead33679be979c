/**
 * Arguments that no program of golden/ can give: positional options, absent arguments, values that JavaScript alone has.
 */
import { describe, expect, test } from 'vitest';
import { deepcopy, Optimizer, Parameter, required, RMSprop } from '../../src/index.ts';

const w = new Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(1) });
const b = new Parameter({ dtype: 'float32', shape: [], data: Float32Array.of(2) });

/** As a program in JavaScript calls them. */
const Untyped = RMSprop as unknown as new (...given: readonly unknown[]) => RMSprop;
const UntypedBase = Optimizer as unknown as new (...given: readonly unknown[]) => Optimizer;

function textOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}

describe('clause OPT-1', () => {
  test.each([0.1, null, 'lr', [], [0.1], new Map(), w])(
    'options that are no plain object are refused: %s',
    (options) => {
      expect(textOf(() => new Untyped([w], options))).toBe(
        'TypeError: RMSprop.__init__() takes keyword arguments as one object; the port has no other positional arguments',
      );
    },
  );

  test('options may be left out', () => {
    expect(new Untyped([w], undefined).param_groups[0]!['lr']).toBe(0.01);
  });
});

describe('clause OPT-2', () => {
  test.each([
    [() => new Untyped(), "RMSprop.__init__() missing 1 required positional argument: 'params'"],
    [() => new UntypedBase(), "Optimizer.__init__() missing 2 required positional arguments: 'params' and 'defaults'"],
    [() => new UntypedBase([w]), "Optimizer.__init__() missing 1 required positional argument: 'defaults'"],
    [() => new UntypedBase(undefined, {}), "Optimizer.__init__() missing 1 required positional argument: 'params'"],
    [
      () => new RMSprop([w]).add_param_group(undefined as never),
      "Optimizer.add_param_group() missing 1 required positional argument: 'param_group'",
    ],
  ])('%s is refused', (run, message) => {
    expect(textOf(run)).toBe(`TypeError: ${message}`);
  });
});

describe('clause ERR-3', () => {
  class Loader {
    *[Symbol.iterator](): Generator<Parameter> {
      yield w;
    }
  }
  test.each([
    [function weights() {}, 'weights'],
    [() => 1, '<lambda>'],
    [Loader, 'Loader'],
    [new Loader(), 'Loader'],
    [Float32Array.of(1), 'Float32Array'],
    [1n, 'bigint'],
    [Symbol('w'), 'symbol'],
    [{ [Symbol.iterator]: () => [w].values() }, 'generator'],
    [Object.create(null) as object, 'dict'],
    [{ constructor: 5 }, 'dict'],
  ])('names the item %#', (item, name) => {
    const items = [w, item];
    expect(textOf(() => new Untyped(items))).toBe(
      `TypeError: optimizer can only optimize Tensors, but one of the params is ${name}`,
    );
  });

  test('names functions by their type elsewhere', () => {
    expect(textOf(() => new Untyped([w], { lr: () => 1 }))).toBe(
      "TypeError: '<=' not supported between instances of 'float' and 'function'",
    );
    expect(textOf(() => new RMSprop([w]).add_param_group(new Loader() as never))).toBe(
      "TypeError: param_group must be a dict, but got <class 'Loader'>",
    );
  });
});

describe('clause OPT-5', () => {
  test('an object that can be gone through is no dictionary, whatever else it has', () => {
    const iterable = { params: [b], [Symbol.iterator]: () => [w].values() };
    expect(new RMSprop(iterable).param_groups[0]!.params).toEqual([w]);
    expect(new RMSprop([{ params: iterable }]).param_groups[0]!.params).toEqual([w]);
  });

  test('an iterable is read once', () => {
    const once = [w].values();
    const optimizer = new RMSprop(once);
    expect(textOf(() => new RMSprop(once))).toBe('ValueError: optimizer got an empty parameter list');
    optimizer.add_param_group({ params: once });
    expect(optimizer.param_groups[1]!.params).toEqual([]);
  });
});

describe('clause GRP-13', () => {
  test('the base class keeps the object of its defaults', () => {
    const defaults = { lr: 0.1 };
    expect(new Optimizer([w], defaults).defaults).toBe(defaults);
  });

  test('a group may give the marker of required options itself', () => {
    const optimizer = new Optimizer([{ params: [w], momentum: required }], { lr: 0.1, momentum: required });
    expect(optimizer.param_groups[0]!['momentum']).toBe(required);
    expect(String(optimizer)).toContain('    momentum: <required parameter>\n');
  });

  test('a copy of the marker prints alike and marks nothing', () => {
    const copied = deepcopy(new Optimizer([{ params: [w], momentum: 0.5 }], { momentum: required }));
    copied.add_param_group({ params: [b] });
    expect(copied.param_groups[1]!['momentum']).not.toBe(required);
    expect(String(copied)).toContain('    momentum: <required parameter>\n');
  });
});
