/**
 * Checkpoints between this package and real PyTorch, where RMSPROOF_TORCH names interpreters that have it: every element type,
 * layout, pickle protocol and format, and Python's own values.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RMSprop } from '../../src/optim/rmsprop.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/state-dict/checkpoint.ts';
import { readTree } from '../../src/state-dict/read-tree.ts';
import { writeTree } from '../../src/state-dict/write-tree.ts';
import { Parameter, Tensor } from '../../src/tensor/tensor.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';
import { pythons } from '../fixtures/torch.ts';
import { described } from './described.ts';
import { checkpoints, bytesOf } from './fixtures.ts';
import { real } from './real.ts';

describe.each(pythons)('%s', (python) => {
  test('what it writes is read to the bit, and what is written of that is to it what it was', () => {
    const folder = temporaryFolder();
    mkdirSync(`${folder}/ours`);
    const names = real(python, 'matrix', folder) as string[];
    expect(names.length).toBeGreaterThan(100);
    const ours = names.map((name) => {
      const tree = readTree(readFileSync(`${folder}/${name}.pt`)).root;
      expect(described(tree), name).toEqual(content(folder, name));
      writeFileSync(`${folder}/ours/${name}.pt`, writeTree(tree));
      return `${folder}/ours/${name}.pt`;
    });
    real(python, 'describe', ...ours).forEach((said, i) => expect(said, names[i]).toEqual(content(folder, names[i]!)));
  });

  test('what is written of every recorded state dict it loads with weights_only, and trains on', () => {
    const folder = temporaryFolder();
    const trained = checkpoints('checkpoints').filter(
      (path) => !/training-checkpoint|whole-state|cuda|float16/.test(path),
    );
    const files = trained.flatMap((path, i) => {
      writeFileSync(`${folder}/${i}-theirs.pt`, writeTree(readTree(bytesOf(path)).root));
      writeFileSync(`${folder}/${i}-values.pt`, writeCheckpoint(readCheckpoint(bytesOf(path))));
      return [`${folder}/${i}-theirs.pt`, `${folder}/${i}-values.pt`];
    });
    expect(trained).toHaveLength(15);
    const said = real(python, 'resume', ...files);
    trained.forEach((path, i) => {
      expect(said[2 * i], path).toHaveProperty('dict');
      expect(said[2 * i + 1], path).toEqual(said[2 * i]);
    });
  });

  test("the port's own state dict goes there and trains on as here", () => {
    const folder = temporaryFolder();
    const p = new Parameter({ dtype: 'float64', shape: [3], data: Float64Array.of(1, 1, 1) });
    const optimizer = new RMSprop([p], {}, { arithmetic: 'separate' });
    p.grad = new Tensor({ dtype: 'float64', shape: [3], data: Float64Array.of(0.25, -2, 3) });
    optimizer.step();
    writeFileSync(`${folder}/port.pt`, writeCheckpoint(optimizer.state_dict()));
    const [said] = real(python, 'resume', `${folder}/port.pt`);
    expect(JSON.stringify(said)).toContain('"tensor":"float64"');
    expect(said).toHaveProperty('dict');
  });
});

function content(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
}
