/**
 * What was recorded is what the PyTorch at hand says: RMSPROOF_TORCH.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pythons } from './fixtures/torch.ts';
import { type Recorded, recordings } from './autograd/recorded.ts';

test.skipIf(pythons.length === 0).each(pythons)('twin.py in %s', (python) => {
  const env = { ...process.env, ATEN_CPU_CAPABILITY: 'default' };
  const script = fileURLToPath(new URL('autograd/twin.py', import.meta.url));
  const said = JSON.parse(
    execFileSync(python, ['-W', 'ignore', script], { encoding: 'utf8', timeout: 300_000, env }),
  ) as Recorded;
  const { whole, ...exact } = said.two_moons;
  const recorded = recordings.find(({ version }) => version === said.version)!;
  expect({ ...said, two_moons: exact }).toEqual({
    ...recorded,
    two_moons: Object.fromEntries(Object.entries(recorded.two_moons).filter(([name]) => name !== 'whole')),
  });
  // Matrix products are the processor's own affair.
  expect(whole.length).toBe(200);
});
