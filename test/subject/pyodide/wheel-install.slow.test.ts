/**
 * A torch that is installed into Pyodide: the loading, with a stand-in that is the shim packed as a wheel.
 */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../src/conformance/run.ts';
import { count } from '../../../src/conformance/verdicts.ts';
import { readGolden } from '../../../src/golden/read.ts';
import { AdapterError } from '../../../src/scenario/adapter-error.ts';
import { NEEDS } from '../../../src/scenario/needs.ts';
import { pyodideWheelSource } from '../../../src/subject/pyodide/source.ts';
import { modelText, shimWorld } from '../../../src/subject/pyodide/world.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';
import { writeZip } from './zip-writer.ts';

const NAME = 'torch-2.13.0-py3-none-any.whl';

/** Packs the shim, and the numeric model as its optimizer, as a wheel; PyTorch's optimizers do not say what they claim. */
function packed(requirements = '', init?: string): string {
  const { files } = shimWorld(new Map([['optim/__init__.py', modelText().replace('CLAIMS', '_claims')]]));
  const torch = [...files].filter(([path]) => path.startsWith('torch/'));
  const own = "\n__version__ = '2.13.0+wasm'\n";
  const info = 'torch-2.13.0.dist-info';
  const path = join(temporaryFolder(), NAME);
  writeZip(
    path,
    new Map([
      ...torch.map(([name, text]) => [name, name === 'torch/__init__.py' ? (init ?? text + own) : text] as const),
      [`${info}/METADATA`, `Metadata-Version: 2.1\nName: torch\nVersion: 2.13.0\n${requirements}`],
      [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
      [`${info}/RECORD`, ''],
    ]),
  );
  return path;
}

describe('a wheel', () => {
  test('from a server says its version, and is held against the arithmetic that it is closest to', async () => {
    const bytes = readFileSync(packed('Requires-Dist: no-such-package; extra == "test"\n'));
    const server = createServer((_, response) => response.end(bytes)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const source = await pyodideWheelSource({ wheel: `http://127.0.0.1:${port}/${NAME}` });
    server.close();
    expect(source).toMatchObject({ name: expect.stringContaining(NAME), version: '2.13.0', followsTarget: false });

    const golden = readGolden();
    const cases = golden.cases.filter(({ id }) => id.startsWith('step/flags-float32/'));
    const references = ['torch-2.13.0/fused', 'torch-2.13.0/separate'];
    const { runs } = await run({ ...golden, cases }, source, { references });
    expect(runs.map(({ reference }) => reference)).toEqual(['torch-2.13.0/separate']);
    expect(count(runs[0]!, 'exact')).toBe(cases.length);
    const subject = await source.open({ version: '2.13.0', arithmetic: 'separate' });
    expect(subject.supports).toEqual(NEEDS);
    await source.close();
  });
});

describe('a wheel is refused', () => {
  test.each([
    ['that is not there', () => `/no/such/${NAME}`, 'there is no such wheel'],
    ['that is none', () => temporaryFolder(), 'expected a wheel, a path or URL that ends in .whl'],
    ['that asks for what Pyodide has not', () => packed('Requires-Dist: no-such-package>=1\n'), 'no-such-package'],
    ['that cannot be imported', () => packed('', "raise ImportError('no backend')"), 'ImportError: no backend'],
  ])('%s', async (_name, wheel, message) => {
    const path = wheel();
    const error: unknown = await pyodideWheelSource({ wheel: path }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AdapterError);
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toContain(message);
  });
});
