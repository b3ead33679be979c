/**
 * The tensor shim, operation by operation, against real PyTorch: bits, strides, texts and errors of seeded inputs.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { Python } from '../../../../../../src/subject/pyodide/loader.ts';
import { readTorchFiles } from '../../../../../../src/subject/pyodide/torch-files.ts';
import { modelText, shimWorld } from '../../../../../../src/subject/pyodide/world.ts';
import { pythons } from '../../../../../fixtures/torch.ts';

const PROGRAM = fileURLToPath(new URL('operations.py', import.meta.url));
const PACKAGES = ['scenario', 'subject/torch'].map((path) =>
  fileURLToPath(new URL(`../../../../../../src/${path}`, import.meta.url)),
);
const SEEDS = [1, 2, 3];

const SERVE = `
import json
import operations
import torch

def begin():
    return json.dumps({'version': None})

def answer(text):
    request = json.loads(text)
    torch._shim.become(request['version'], request['arithmetic'])
    return json.dumps([operations.observe(torch, seed) for seed in request['seeds']])
`;

type Outcomes = Readonly<Record<string, unknown>>;

describe.skipIf(pythons.length === 0)('every operation of the shim is PyTorch’s', () => {
  const { files } = shimWorld(new Map([['optim/__init__.py', modelText()]]));
  const world = { files: new Map([...files, ['serve.py', SERVE], ['operations.py', readFileSync(PROGRAM, 'utf8')]]) };
  const shim = pythons.length > 0 ? new Python(world, { timeout: 3600 }) : undefined;
  afterAll(() => shim?.close());

  const runs = pythons.flatMap((python) => ['separate', 'fused'].map((arithmetic) => ({ arithmetic, python })));

  test.each(runs)('$arithmetic, $python', async ({ arithmetic, python }) => {
    const { version } = readTorchFiles(python);
    const [expected, actual] = await Promise.all([
      observeTorch(python, arithmetic),
      shim!.ask({ version, arithmetic, seeds: SEEDS }) as Promise<readonly Outcomes[]>,
    ]);
    SEEDS.forEach((seed, i) => compare(expected[i]!, actual[i]!, seed));
  });
});

function compare(expected: Outcomes, actual: Outcomes, seed: number): void {
  const labels = Object.keys(expected);
  expect(labels.length).toBeGreaterThan(2000);
  expect(Object.keys(actual)).toEqual(labels);
  // One difference is easier to read than thousands of lines.
  const label = labels.find((key) => JSON.stringify(actual[key]) !== JSON.stringify(expected[key]));
  if (label !== undefined) expect({ seed, [label]: actual[label] }).toEqual({ seed, [label]: expected[label] });
}

async function observeTorch(python: string, arithmetic: string): Promise<readonly Outcomes[]> {
  const { ATEN_CPU_CAPABILITY: _, ...env } = process.env;
  if (arithmetic === 'separate') env['ATEN_CPU_CAPABILITY'] = 'default';
  env['PYTHONPATH'] = PACKAGES.join(':');
  const { stdout } = await promisify(execFile)(python, ['-B', PROGRAM, ...SEEDS.map(String)], {
    env,
    maxBuffer: 2 ** 27,
  });
  return JSON.parse(stdout) as Outcomes[];
}
