/**
 * A stand-in for PyTorch's own files: an optimizer whose steps do what a test is about.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scenario } from '../../../src/scenario/types.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const OPTIMIZER = `
_global_optimizer_pre_hooks = {}
_global_optimizer_post_hooks = {}

class Optimizer:
    def __init__(self, params, does):
        self.params = list(params)
        self.does = does

    def step(self):
        raise NotImplementedError
`;

const HOOKS = `
class RemovableHandle:
    next_id = 0
`;

/**
 * A folder with the files of a torch.
 *
 * @param steps bodies of `step`, one of which the option `does` chooses, by name
 * @param top what stands at the top of rmsprop.py
 */
export function standIn(steps: Readonly<Record<string, string>>, top = ''): string {
  const methods = Object.entries(steps).map(([name, body]) => `    def ${name}(self, p):\n        ${body}\n`);
  const rmsprop = `${top}
import torch
from .optimizer import Optimizer

class RMSprop(Optimizer):
    def step(self):
        return getattr(self, self.does)(self.params[0])

${methods.join('\n')}`;
  const files = {
    'optim/optimizer.py': OPTIMIZER,
    'optim/rmsprop.py': rmsprop,
    'utils/hooks.py': HOOKS,
    'version.py': "__version__ = '2.99.0'\n",
  };
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** One step of the stand-in, then a look at its tensor. */
export function stepping(does: string): Scenario {
  return {
    id: does,
    tensors: { w: { dtype: 'float32', shape: [2], bits: '3f800000 40000000', parameter: true } },
    gradients: {},
    program: [{ op: 'optimizer', params: ['$w'], options: { does } }, { op: 'step' }, { op: 'read', tensors: ['w'] }],
  };
}
