/**
 * Times state dicts, side by side in one run: reading a large .pt file against torch.load, validating JSON against Ajv alone, and
 * importing the library. Runs the built package. Part of `npm run bench`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { writeCheckpoint } from '../src/state-dict/checkpoint.ts';
import { Tensor } from '../src/tensor/tensor.ts';
import { validateStateDict } from '../src/validation/validate.ts';

const built = new URL('../dist/state-dict.js', import.meta.url).href;

type Row = readonly [string, string, string];

/** Rows of the table of `npm run bench`; against torch.load where a Python is given that has it. */
export function stateDictRows(python: string | undefined): Row[] {
  return [imported(), ...read(python), ...validated()];
}

/** What a program prints in a process of its own: the median of five runs. */
function median(command: string, ...args: readonly string[]): number {
  const numbers = [1, 2, 3, 4, 5].map(() => Number(execFileSync(command, args, { encoding: 'utf8' })));
  return numbers.sort((a, b) => a - b)[2]!;
}

function node(code: string): number {
  return median(process.execPath, '--input-type=module', '-e', code);
}

/** Of processor time, which other work on the machine does not count into. */
function imported(): Row {
  const ms = node(
    `const b = process.cpuUsage(); await import('${built}'); const c = process.cpuUsage(b); console.log((c.user + c.system) / 1000)`,
  );
  return ['import rmsproof/state-dict, processor time', `${ms.toFixed(0)} ms`, '< 60 ms'];
}

/** 256 MB: 64 buffers of 4 MB. */
function read(python: string | undefined): Row[] {
  const folder = mkdtempSync(`${tmpdir()}/rmsproof-`);
  const file = `${folder}/large.pt`;
  const group = { lr: 0.01, momentum: 0, alpha: 0.99, eps: 1e-8, centered: false, weight_decay: 0, params: [] };
  const state = new Map(
    Array.from({ length: 64 }, (_, id) => [
      id,
      {
        step: 3,
        square_avg: new Tensor({ dtype: 'float32', shape: [1024, 1024], data: new Float32Array(2 ** 20).fill(id) }),
      },
    ]),
  );
  try {
    writeFileSync(file, writeCheckpoint({ state, param_groups: [{ ...group, params: [...state.keys()] }] }));
    const ours = `import { readFileSync } from 'node:fs'; const { readCheckpoint } = await import('${built}');`;
    const [ms, unchecked] = ['{}', '{ crc: false }'].map((options) =>
      node(
        `${ours} const b = performance.now(); const v = readCheckpoint(readFileSync('${file}'), ${options}); console.log(performance.now() - b); globalThis.v = v;`,
      ),
    ) as [number, number];
    const inMemory = node(
      `${ours} const bytes = readFileSync('${file}'); const b = performance.now(); const v = readCheckpoint(bytes); console.log(performance.now() - b); globalThis.v = v;`,
    );
    const beyond = node(
      `${ours} const bytes = readFileSync('${file}'); const b = process.memoryUsage().rss; globalThis.v = readCheckpoint(bytes); console.log((process.memoryUsage().rss - b) / 2 ** 20)`,
    );
    const rows: Row[] = [
      ['read a .pt of 256 MB from the disk', `${ms.toFixed(0)} ms`, ''],
      ['  without its CRCs, as torch.load does', `${unchecked.toFixed(0)} ms`, 'at most torch.load'],
      ['  of bytes in memory', `${inMemory.toFixed(0)} ms`, 'at most torch.load'],
      ['  resident memory beyond the file', `${beyond.toFixed(0)} MB`, '< 60 MB'],
    ];
    if (python !== undefined) {
      const theirs = (given: string): string => {
        const code = `import io, time, torch; given = ${given}; b = time.perf_counter(); v = torch.load(given, weights_only=True); print(1000 * (time.perf_counter() - b))`;
        return `${median(python, '-c', code).toFixed(0)} ms`;
      };
      rows.push(['  torch.load from the disk', theirs(`'${file}'`), '']);
      rows.push(['  torch.load of bytes in memory', theirs(`io.BytesIO(open('${file}', 'rb').read())`), '']);
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A state dict of 1,000,000 numbers as JSON, in numbers. */
function validated(): Row[] {
  const path = fileURLToPath(new URL('../spec/schemas/state-dict-2.4.schema.json', import.meta.url));
  const numbers = Array.from({ length: 1000 }, (_, i) => Math.fround((i + 1) / 1000));
  const ids = Array.from({ length: 1000 }, (_, id) => id);
  const entry = {
    step: { dtype: 'float32', shape: [], data: [3] },
    square_avg: { dtype: 'float32', shape: [10, 100], data: numbers },
  };
  const options = { lr: 0.01, momentum: 0, alpha: 0.99, eps: 1e-8, centered: false, weight_decay: 0 };
  const flags = { capturable: false, foreach: null, maximize: false, differentiable: false };
  const text = JSON.stringify({
    state: Object.fromEntries(ids.map((id) => [id, entry])),
    param_groups: [{ ...options, ...flags, params: ids }],
  });
  const check = new Ajv2020({ allowUnionTypes: true, strict: false }).compile(
    JSON.parse(readFileSync(path, 'utf8')) as object,
  );
  // Of processor time, as on import.
  const time = (run: () => boolean): number => {
    const times = Array.from({ length: 9 }, () => {
      const began = process.cpuUsage();
      if (!run()) throw new Error('the state dict is not valid');
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1000;
    });
    return times.sort((a, b) => a - b)[4]!;
  };
  const alone = time(() => check(JSON.parse(text)));
  const ours = time(() => validateStateDict(JSON.parse(text)).findings.length === 0);
  const json = JSON.parse(text) as unknown;
  const [bare, oursBare] = [time(() => check(json)), time(() => validateStateDict(json).findings.length === 0)];
  const ratio = (a: number, b: number): string => `ratio ${(a / b).toFixed(2)}`;
  return [
    ['JSON.parse and validate 1,000,000 numbers, processor time', `${ours.toFixed(0)} ms`, '< 500 ms'],
    ['  JSON.parse and the same schema in Ajv', `${alone.toFixed(0)} ms, ${ratio(ours, alone)}`, '< 1.5'],
    ['  without JSON.parse', `${oursBare.toFixed(0)} ms; Ajv ${bare.toFixed(0)} ms, ${ratio(oursBare, bare)}`, ''],
  ];
}
