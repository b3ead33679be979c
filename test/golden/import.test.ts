import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { importRecordingCommand } from '../../src/cli/import-recording.ts';
import { run } from '../../src/conformance/run.ts';
import { format } from '../../src/golden/format.ts';
import { importRecording } from '../../src/golden/import.ts';
import { goldenFolder } from '../../src/golden/folder.ts';
import { readGolden, readGoldenFile, readReferences } from '../../src/golden/read.ts';
import { record } from '../../src/golden/record.ts';
import type { Case } from '../../src/golden/types.ts';
import { port } from '../../src/subject/port.ts';
import { emptyGolden, flags, refusal, spoiled, stress } from '../fixtures/recordings.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const REFERENCE = 'torch-2.11.0/cuda';

interface Raw {
  readonly id: string;
  readonly trajectory: readonly Readonly<Record<string, string>>[];
}

let folder: string;

beforeEach(() => {
  folder = emptyGolden();
});

/** The imported case of the flags recording whose id has a text in it. */
function imported(part: string): Case {
  importRecording(flags, folder);
  return readGolden(folder).cases.find(({ id }) => id.includes(part))!;
}

describe('importRecording', () => {
  test('makes a file of each dtype that the suite has, and passes over the others', () => {
    const made = importRecording(flags, folder);
    expect(made.reference).toBe(REFERENCE);
    expect(made.files.map(({ path, cases }) => [path, cases])).toEqual([
      [join(folder, 'cuda/flags-float32.json'), 2],
      [join(folder, 'cuda/flags-float64.json'), 1],
      [join(folder, 'cuda/flags-float16.json'), 1],
    ]);
    expect([...made.passedOver]).toEqual([['complex64', 1]]);
  });

  test('writes canonical files that read back with their digests', () => {
    for (const { path } of [...importRecording(flags, folder).files, ...importRecording(stress, folder).files])
      expect(readFileSync(path, 'utf8')).toBe(format(readGoldenFile(path)));
    const { references, cases } = readGolden(folder);
    expect(Object.keys(references.references[REFERENCE]!.observed)).toEqual([
      'cuda/flags-float16',
      'cuda/flags-float32',
      'cuda/flags-float64',
      'cuda/stress-float32',
    ]);
    expect(cases).toHaveLength(5);
  });

  test('leaves other references as they are', () => {
    copyFileSync(join(goldenFolder, 'references.json'), join(folder, 'references.json'));
    const { [REFERENCE]: _, ...others } = readReferences(folder).references;
    importRecording(flags, folder);
    const { [REFERENCE]: own, ...now } = readReferences(folder).references;
    expect(own).toBeDefined();
    expect(now).toEqual(others);
  });

  test('says the same when it is done again', () => {
    const texts = (): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => readFileSync(join(folder, name), 'utf8'));
    importRecording(flags, folder);
    const once = texts();
    importRecording(flags, folder);
    expect(texts()).toEqual(once);
  });

  test('keeps the provenance', () => {
    importRecording(flags, folder);
    const { provenance, recorder } = readGolden(folder).references.references[REFERENCE]!;
    expect(provenance).toMatchObject({ torch: '2.11.0+cu130', device: 'NVIDIA H100 80GB HBM3', capability: '9.0' });
    expect(recorder).toBe('cb2e3036a18cbe1ddeab7e1108e91019d23cf93195888d0d0e7328270f3fec9b');
  });

  test('leaves the bits as they are, also those of a NaN', () => {
    importRecording(flags, folder);
    importRecording(stress, folder);
    const raw = [flags, stress].flatMap((path) => (JSON.parse(readFileSync(path, 'utf8')) as { cases: Raw[] }).cases);
    for (const { id, observed } of readGolden(folder).cases) {
      const [, file, ...slug] = id.split('/');
      const original = raw.find((c) => c.id === [file!.split('-')[1], ...slug].join('/'))!;
      expect(observed.get(REFERENCE)!.flatMap(({ steps = [] }) => steps)).toEqual(original.trajectory);
    }
    expect(readFileSync(join(folder, 'cuda/stress-float32.json'), 'utf8')).toContain('7fffffff');
  });

  test('splits training where the state was recorded and before a step whose lr was set', () => {
    const { scenario, needs, clauses } = imported('lr-changes');
    expect(scenario.program.slice(1)).toEqual([
      { op: 'train', gradients: 'recorded', steps: 1 },
      { op: 'state' },
      { op: 'train', gradients: 'recorded', steps: 4, after: 1 },
      { op: 'set', group: 0, option: 'lr', value: 0.1 },
      { op: 'train', gradients: 'recorded', steps: 2, after: 5 },
    ]);
    expect(needs).toContain('lr-change');
    expect(clauses).toContain('RMS-10');
  });

  test('makes a tensor of a tensor lr', () => {
    const { scenario, needs, clauses } = imported('tensor-lr');
    expect(scenario.tensors['lr']).toEqual({ dtype: 'float32', shape: [], bits: '3c23d70a' });
    expect(scenario.program[0]).toMatchObject({ options: { capturable: true, lr: '$lr' } });
    expect(needs).toEqual(expect.arrayContaining(['capturable', 'tensor-lr']));
    expect(clauses).toEqual(expect.arrayContaining(['RMS-13', 'OPT-4']));
  });

  test('marks what was not recorded, and keeps the step count as the number it is', () => {
    const { scenario, observed } = imported('default');
    const observations = observed.get(REFERENCE)!;
    expect(scenario.program.map(({ op }, i) => [op, observations[i]!.not_observed])).toEqual([
      ['optimizer', ['warnings']],
      ['train', ['warnings']],
      ['state', ['warnings', 'step-tensor']],
      ['train', ['warnings']],
    ]);
    expect(JSON.stringify(observations[2]!.value)).toMatch(
      /^\{"\$dict":\[\["a",\{"\$dict":\[\["step",1\],\["square_avg",/,
    );
  });

  test('unpacks a gzipped recording', () => {
    const path = join(temporaryFolder(), 'cuda-flags.json.gz');
    writeFileSync(path, gzipSync(readFileSync(flags)));
    expect(importRecording(path, folder)).toEqual(importRecording(flags, folder));
  });

  test('makes cases in which the port is exact', async () => {
    importRecording(flags, folder);
    importRecording(stress, folder);
    const { runs } = await run(readGolden(folder), port, { references: [REFERENCE] });
    expect(runs[0]!.cases.map(({ verdict }) => verdict)).toEqual(['exact', 'exact', 'exact', 'exact', 'exact']);
  });

  test('refuses a recording of another origin than the reference that is there, and writes nothing', () => {
    importRecording(stress, folder);
    const kept = readFileSync(join(folder, 'references.json'), 'utf8');
    const message = refusal(folder, spoiled('H100 80GB HBM3', 'H200'));
    expect(message).toContain(`FILE at /provenance: expected that of ${REFERENCE} in references.json, {"torch":`);
    expect(message).toMatch(/H100.*, got .*H200/);
    expect(readFileSync(join(folder, 'references.json'), 'utf8')).toBe(kept);
    expect(readdirSync(join(folder, 'cuda'))).toEqual(['stress-float32.json']);
  });

  test('refuses to write over what other references observed', () => {
    const { path } = importRecording(stress, folder).files[0]!;
    const text = readFileSync(path, 'utf8').replaceAll(`{ "${REFERENCE}": [`, '{ "torch-2.13.0/cuda": [');
    writeFileSync(path, text);
    expect(refusal(folder, stress)).toBe(
      `${path} at /cases: expected observations of ${REFERENCE} alone, got those of torch-2.13.0/cuda too`,
    );
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

describe('the command import-recording', () => {
  const lines = async (path: string): Promise<readonly [number, string]> => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const code = await importRecordingCommand(path, { golden: folder });
    const text = log.mock.calls.map(([line]) => String(line)).join('\n');
    log.mockRestore();
    return [code, text];
  };

  test('says what it wrote and left out, and holds the port against it', async () => {
    expect(await lines(flags)).toEqual([
      0,
      [
        `written  ${join(folder, 'cuda/flags-float32.json')}: 2 cases of ${REFERENCE}`,
        `written  ${join(folder, 'cuda/flags-float64.json')}: 1 cases of ${REFERENCE}`,
        `written  ${join(folder, 'cuda/flags-float16.json')}: 1 cases of torch-2.11.0/cuda`,
        'left out 1 case of complex64, which this suite does not train',
        'the port is exact in 4 of 4 cases',
      ].join('\n'),
    ]);
    expect(existsSync(join(folder, '.writing'))).toBe(false);
  });

  test('prints where the port computes something else, and exits 1', async () => {
    const [code, text] = await lines(spoiled('"tensor_lr": true', '"tensor_lr": false'));
    expect(code).toBe(1);
    expect(text).toContain('the port is exact in 3 of 4 cases\n  cuda/spoiled-float32/');
    expect(text).toMatch(/train: step 1, c\[0, 3\]: recorded .*, the port\s/);
  });

  test('takes the number of a tensor lr from the options', async () => {
    const path = spoiled('"options": {', '"options": { "lr": 0.25,');
    expect((await lines(path))[0]).toBe(1);
    const { scenario } = readGolden(folder).cases.find(({ id }) => id.includes('tensor-lr'))!;
    expect(scenario.tensors['lr']).toEqual({ dtype: 'float32', shape: [], bits: '3e800000' });
    expect(scenario.program[0]).toMatchObject({ options: { lr: '$lr' } });
  });

  test('is refused while another process writes the folder', async () => {
    writeFileSync(join(folder, '.writing'), String(process.ppid));
    await expect(lines(flags)).rejects.toThrow(`process ${process.ppid} is writing this folder`);
    // A process that is no more holds nothing.
    writeFileSync(join(folder, '.writing'), '4194304999');
    expect((await lines(flags))[0]).toBe(0);
  });
});

describe('record', () => {
  /** Speaks as a PyTorch that observes nothing of any operation. */
  function silentTorch(version: string): string {
    const path = join(temporaryFolder(), 'python');
    const program = `#!${process.execPath}
const arithmetic = process.argv.includes('cuda') ? 'cuda' : process.env.ATEN_CPU_CAPABILITY === 'default' ? 'separate' : 'fused';
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { hello, run } = JSON.parse(line);
  if (!hello && !run) return;
  const answer = hello ? { hello: { name: 'torch', version: '${version}', claims: ['numbers'], arithmetic, provenance: {} } } : { id: run.id, observations: run.program.map(() => ({})) };
  console.log(JSON.stringify(answer));
});
`;
    writeFileSync(path, program);
    chmodSync(path, 0o755);
    return path;
  }

  test.each([
    ['cpu', '2.13.0', [8, 8]],
    ['cuda', '2.11.0', [12]],
  ] as const)('on %s takes the cases of imported files only with a GPU', async (device, version, cases) => {
    copyFileSync(join(goldenFolder, 'references.json'), join(folder, 'references.json'));
    const file = readGoldenFile(join(goldenFolder, 'step/lr-change-float32.json'));
    mkdirSync(join(folder, 'step'));
    writeFileSync(join(folder, 'step/lr-change-float32.json'), format({ ...file, cases: file.cases.slice(0, 8) }));
    importRecording(flags, folder);
    const options = { folder, python: silentTorch(version), device, verify: true, add: false };
    expect((await record(options)).map((result) => result.cases)).toEqual(cases);
  });
});
