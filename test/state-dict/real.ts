/**
 * Real PyTorch's word on checkpoints: runs real.py.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// As the golden files are recorded: every operation rounds.
const env = { ...process.env, ATEN_CPU_CAPABILITY: 'default' };

const script = fileURLToPath(new URL('real.py', import.meta.url));

type Command = 'matrix' | 'describe' | 'resume' | 'try' | 'files' | 'optimizers' | 'facts' | 'train';

/** What a command of real.py says. */
export function real(python: string, command: Command, ...args: readonly string[]): unknown[] {
  const said = execFileSync(python, [script, command, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28, env });
  return JSON.parse(said) as unknown[];
}
