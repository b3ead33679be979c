/**
 * A scenario as a stand-alone TypeScript file over a port.
 */
import { CHECKPOINT } from '../../scenario/checkpoint.ts';
import type { Op, Scenario, Value } from '../../scenario/types.ts';
import { isDict, isFloat } from '../../scenario/values.ts';

/** Where the file takes its port from. */
export interface PortImport {
  /** Import statement that binds `port`, a port or a function from target to port. */
  readonly statement: string;
  /** Version and arithmetic that a function is called for. */
  readonly target: { readonly version: string; readonly arithmetic: string };
}

/** The file: it prints what the port gives, numbers as bits. Operations beyond training are written as comments. */
export function typescriptFile(scenario: Scenario, from: PortImport, comment: readonly string[]): string {
  const tensors = Object.entries(scenario.tensors).map(([name, { dtype, shape, bits, parameter = false }]) => {
    const data = `elements('${dtype}', '${bits}')`;
    const rest = `dtype: '${dtype}', shape: ${JSON.stringify(shape)}, data: ${data}, parameter: ${parameter}, leaf: true`;
    return `const ${name} = await port.tensor({ name: '${name}', ${rest} });`;
  });
  const { version, arithmetic } = from.target;
  return [
    ...comment.map((line) => `// ${line}`),
    from.statement,
    '',
    PRELUDE,
    '',
    `const port = typeof exported === 'function' ? await exported({ version: '${version}', arithmetic: '${arithmetic}' }) : exported;`,
    ...tensors,
    ...scenario.program.flatMap((op) => lines(op, scenario)),
    '',
  ].join('\n');
}

const PRELUDE = `function elements(dtype: 'float32' | 'float64', bits: string): Float32Array | Float64Array {
  const patterns = bits === '' ? [] : bits.split(' ');
  const view = new DataView(new ArrayBuffer(8));
  const numbers = patterns.map((pattern) => {
    for (let i = 0; i < pattern.length / 2; i++) view.setUint8(i, parseInt(pattern.slice(2 * i, 2 * i + 2), 16));
    return dtype === 'float32' ? view.getFloat32(0) : view.getFloat64(0);
  });
  return dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers);
}

function show(label: string, x: ArrayLike<number>): void {
  const view = new DataView(new ArrayBuffer(8));
  const bits = Array.from(x, (v) => {
    if (x instanceof Float32Array) view.setFloat32(0, v);
    else view.setFloat64(0, v);
    const bytes = Array.from({ length: x instanceof Float32Array ? 4 : 8 }, (_, i) => view.getUint8(i));
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
  console.log(label, Array.from(x), bits);
}`;

function lines(op: Op, scenario: Scenario): string[] {
  switch (op.op) {
    case 'optimizer':
      return [`const ${op.as ?? 'opt'} = await port.optimizer(${groups(op.params)}, ${options(op.options)});`];
    case 'train':
      return scenario.gradients[op.gradients]!.slice(op.after ?? 0, (op.after ?? 0) + op.steps).flatMap((step, i) => [
        ...Object.entries(step).map(([name, bits]) => {
          const data = bits === null ? 'null' : `elements('${scenario.tensors[name]!.dtype}', '${bits}')`;
          return `await port.setGrad(${name}, ${data});`;
        }),
        `await port.step(${op.optimizer ?? 'opt'});`,
        ...Object.keys(step).map(
          (name) => `show('step ${(op.after ?? 0) + i + 1} ${name}', await port.read(${name}));`,
        ),
      ]);
    case 'set':
      return [`await port.setOption!(${op.optimizer ?? 'opt'}, ${op.group}, '${op.option}', ${expression(op.value)});`];
    case 'read':
      return op.tensors.map((name) => `show('${name}', await port.read(${name}));`);
    case 'state':
      return Object.keys(scenario.tensors).map(
        (name) => `console.log('state ${name}', await port.state?.(${op.optimizer ?? 'opt'}, ${name}));`,
      );
    case 'save':
      return [`const ${op.as ?? CHECKPOINT} = await port.save!(${op.optimizer ?? 'opt'});`];
    case 'load':
      // A search makes no checkpoint of its own.
      if (op.value !== undefined) return [`// ${JSON.stringify(op)}`];
      return [`await port.load!(${op.optimizer ?? 'opt'}, ${op.from ?? CHECKPOINT});`];
    default:
      return [`// ${JSON.stringify(op)}`];
  }
}

function groups(params: Value = []): string {
  const list = Array.isArray(params) ? (params as readonly Value[]) : [params];
  if (!list.some(isDict)) return `[{ params: ${expression(list)}, options: {} }]`;
  const each = list.filter(isDict).map(({ $dict }) => {
    const { params: own = [], ...rest } = Object.fromEntries($dict as readonly [string, Value][]);
    return `{ params: ${expression(own)}, options: ${options(rest)} }`;
  });
  return `[${each.join(', ')}]`;
}

function options(values: Readonly<Record<string, Value>>): string {
  return `{ ${Object.entries(values)
    .map(([name, value]) => `${name}: ${expression(value)}`)
    .join(', ')} }`;
}

function expression(value: Value): string {
  if (typeof value === 'string' && value.startsWith('$')) return value.slice(1);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(expression).join(', ')}]`;
  if (isFloat(value)) return value.$float.replace('nan', 'NaN').replace('inf', 'Infinity');
  return JSON.stringify(value);
}
