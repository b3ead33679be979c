/**
 * Whether operations record gradients: PyTorch's grad mode, one flag a process (clause GRD-1).
 */
let enabled = true;

/** Whether operations record gradients at present: `torch.is_grad_enabled()`. */
export function is_grad_enabled(): boolean {
  return enabled;
}

/**
 * Runs `body` with the grad mode set, and restores the mode whether or not it throws (clause GAD-9); returns what
 * `body` returned.
 */
export function set_grad_enabled<R>(mode: boolean, body: () => R): R {
  const before = enabled;
  enabled = mode;
  try {
    return body();
  } finally {
    enabled = before;
  }
}

/** As in a fresh process: grad mode is on. */
export function forgetGradMode(): void {
  enabled = true;
}
