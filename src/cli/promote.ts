/**
 * `rmsproof promote FILE`: takes a counterexample into golden/, recorded from real PyTorch.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '../golden/format.ts';
import { record } from '../golden/record.ts';
import type { GoldenFile } from '../golden/types.ts';
import { writeText } from '../golden/write.ts';
import { needsOf } from '../scenario/needs-of.ts';
import { readScenario } from './diff.ts';
import { EXIT } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';
import { refusePacked } from './writable.ts';

/** Options of the command. */
export interface PromoteOptions {
  readonly golden: string;
  readonly python: string;
  readonly name: string;
  readonly clauses: readonly string[];
}

/**
 * Runs the command; nothing stays behind where PyTorch cannot record it.
 *
 * @throws UsageError for a name that is taken or no slug, or a packed folder
 */
export async function promote(file: string, options: PromoteOptions): Promise<number> {
  const { golden, python, name, clauses } = options;
  if (!/^[a-z0-9-]+$/.test(name)) throw new UsageError(`--name: expected letters, digits and hyphens, got ${name}`);
  refusePacked(golden);
  const path = join(golden, 'found', `${name}.json`);
  if (existsSync(path)) throw new UsageError(`--name: ${path} is there already; ids are immutable`);
  const { scenario } = readScenario(file);
  const needs = needsOf(scenario);
  const { tensors, gradients, program } = scenario;
  const entry = { id: `found/${name}/program`, clauses, needs, program, observed: {} };
  const made: GoldenFile = {
    ...{ format: 1, area: 'found', name, title: `found by fuzzing: ${name}` },
    ...{ tensors, gradients, cases: [entry], observations: [] },
  };
  writeText(path, format(made));
  try {
    for (const { reference, changed } of await record({
      folder: golden,
      python,
      device: 'cpu',
      verify: false,
      add: false,
    }))
      console.log(`${reference}  ${changed.length} changed`);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
  console.log(`written  ${path}`);
  return EXIT.ok;
}
