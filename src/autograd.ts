/**
 * `rmsproof/autograd`: gradients that flow, also through the steps of optimizers made with `differentiable`. Importing it puts
 * the graph into the tensors of `rmsproof`. Imports nothing of Node.
 */
import './autograd/put.ts';
import { set_grad_enabled } from './tensor/grad-mode.ts';

export { backward, type Root } from './autograd/engine.ts';
export * from './autograd/functions.ts';
export { gradcheck, type GradcheckOptions } from './autograd/gradcheck.ts';
export { clone, detach, expand, narrow, t, view } from './autograd/views.ts';
export type { BackwardOptions, GradFn } from './tensor/autograd.ts';

/** Runs without recording: `torch.no_grad()`. */
export const no_grad = <R>(body: () => R): R => set_grad_enabled(false, body);

/** Runs with recording: `torch.enable_grad()`. */
export const enable_grad = <R>(body: () => R): R => set_grad_enabled(true, body);
