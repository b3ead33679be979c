/**
 * A scenario as a stand-alone PyTorch script.
 */
import { CHECKPOINT } from '../../scenario/checkpoint.ts';
import type { Behaviour, Op, Scenario, Value } from '../../scenario/types.ts';
import { isDict, isFloat } from '../../scenario/values.ts';

/** The script: it prints what the program observes, numbers as bits. */
export function pythonScript(scenario: Scenario, comment: readonly string[]): string {
  const tensors = Object.entries(scenario.tensors).map(([name, { dtype, shape, bits, parameter }]) => {
    const made = `tensor('${dtype}', ${JSON.stringify(shape)}, '${bits}')`;
    return `${name} = ${parameter ? `torch.nn.Parameter(${made})` : made}`;
  });
  const program = scenario.program.flatMap((op) => lines(op, scenario));
  return [...comment.map((line) => `# ${line}`), PRELUDE, '', ...tensors, '', ...program, ''].join('\n');
}

const PRELUDE = `import copy
import struct

import torch


def tensor(dtype, shape, bits):
    code, digits = ('f', 8) if dtype == 'float32' else ('d', 16)
    raw = bytes.fromhex(bits)
    flat = struct.unpack(f'>{len(raw) * 2 // digits}{code}', raw)
    return torch.tensor(flat, dtype=getattr(torch, dtype)).reshape(shape)


def show(label, x):
    if isinstance(x, torch.Tensor):
        code = 'f' if x.dtype == torch.float32 else 'd'
        x = [(v, struct.pack(f'>{code}', v).hex()) for v in x.detach().reshape(-1).tolist()]
    print(label, x)


def show_state(opt):
    for i, state in enumerate(opt.state.values()):
        for key, value in state.items():
            show(f'state {i} {key}', value)`;

function lines(op: Op, scenario: Scenario): string[] {
  switch (op.op) {
    case 'optimizer': {
      const params = op.params === undefined ? [] : [expression(op.params)];
      const options = Object.entries(op.options).map(([name, value]) => `${name}=${expression(value)}`);
      return [`${op.as ?? 'opt'} = torch.optim.RMSprop(${[...params, ...options].join(', ')})`];
    }
    case 'train':
      return scenario.gradients[op.gradients]!.slice(op.after ?? 0, (op.after ?? 0) + op.steps).flatMap((step, i) => [
        ...Object.entries(step).map(([name, bits]) => `${name}.grad = ${gradient(scenario, name, bits)}`),
        `${op.optimizer ?? 'opt'}.step()`,
        ...Object.keys(step).map((name) => `show('step ${(op.after ?? 0) + i + 1} ${name}', ${name})`),
      ]);
    case 'set':
      return [`${op.optimizer ?? 'opt'}.param_groups[${op.group}]['${op.option}'] = ${expression(op.value)}`];
    case 'state':
      return [`show_state(${op.optimizer ?? 'opt'})`];
    case 'read':
      return op.tensors.map((name) => `show('${name}', ${name})`);
    case 'step':
      return [`${op.optimizer ?? 'opt'}.step()`];
    case 'zero_grad':
      return [`${op.optimizer ?? 'opt'}.zero_grad()`];
    case 'repr':
      return [`print(${op.optimizer ?? 'opt'})`];
    case 'add_param_group':
      return [`${op.optimizer ?? 'opt'}.add_param_group(${expression(op.group)})`];
    case 'state_dict':
      return [`${op.as ?? 'saved'} = ${op.optimizer ?? 'opt'}.state_dict()`, `print(${op.as ?? 'saved'})`];
    case 'load_state_dict':
      return [
        `${op.optimizer ?? 'opt'}.load_state_dict(${op.value === undefined ? (op.from ?? 'saved') : expression(op.value)})`,
      ];
    case 'save':
      return [`${op.as ?? CHECKPOINT} = copy.deepcopy(${op.optimizer ?? 'opt'}.state_dict())`];
    case 'load':
      // A search makes no checkpoint of its own.
      if (op.value !== undefined) return [`# ${JSON.stringify(op)}`];
      return [`${op.optimizer ?? 'opt'}.load_state_dict(copy.deepcopy(${op.from ?? CHECKPOINT}))`];
    case 'copy':
      return [`${op.as} = copy.deepcopy(${op.of})`];
    case 'look':
      return [
        `print(${op.at[0]}${op.at
          .slice(1)
          .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
          .join('')})`,
      ];
    case 'hook':
      return hook(op.on, op.does as readonly Behaviour[], op.optimizer ?? 'opt');
    default:
      return [`# ${JSON.stringify(op)}`];
  }
}

function hook(on: string, does: readonly Behaviour[], optimizer: string): string[] {
  const body = does.map((behaviour) => {
    if ('log' in behaviour) return `    print('hook', ${JSON.stringify(behaviour.log)})`;
    if ('set_option' in behaviour)
      return `    o.param_groups[0]['${behaviour.set_option[0]}'] = ${expression(behaviour.set_option[1])}`;
    return `    # ${JSON.stringify(behaviour)}`;
  });
  const register = on.startsWith('global_')
    ? `torch.optim.optimizer.register_optimizer_${on.slice('global_'.length)}_hook`
    : `${optimizer}.register_${on}_hook`;
  return ['', 'def hook(o, *rest):', ...body, '', '', `${register.replace('torch.optim.optimizer.', '')}(hook)`].map(
    (line) =>
      line.startsWith('register_optimizer') ? `from torch.optim.optimizer import ${line.split('(')[0]}\n${line}` : line,
  );
}

function gradient(scenario: Scenario, name: string, bits: string | null): string {
  const { dtype, shape } = scenario.tensors[name]!;
  return bits === null ? 'None' : `tensor('${dtype}', ${JSON.stringify(shape)}, '${bits}')`;
}

function expression(value: Value): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value.startsWith('$') ? value.slice(1) : JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(expression).join(', ')}]`;
  if (isFloat(value)) return `float('${value.$float}')`;
  if (isDict(value))
    return `{${value.$dict.map(([key, item]) => `${expression(key)}: ${expression(item)}`).join(', ')}}`;
  return JSON.stringify(value);
}
