import { expect, test } from 'vitest';
import { consumer } from '../../scripts/consumer.ts';
import { ENGINES, tryEngine } from '../../scripts/engines.ts';

test('this engine does all that the engines are asked for, and one that does not is told apart', () => {
  const folder = consumer();
  const ok = { module: 'ok', program: 'ok', library: 'ok', 'state dict': 'ok' };
  expect(tryEngine([process.execPath], folder)).toEqual(ok);
  expect(tryEngine(['/bin/echo', '--'], folder)['library']).toBe('-- library.ts');
});

test('the engines are five, each pinned', () => {
  expect(Object.keys(ENGINES)).toEqual(['node20', 'node22', 'node24', 'deno', 'bun']);
  for (const engine of Object.values(ENGINES)) expect(engine.package).toMatch(/@\d+\.\d+\.\d+$/);
});
