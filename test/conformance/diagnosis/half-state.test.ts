import { describe, expect, it } from 'vitest';
import { run } from '../../../src/conformance/run.ts';
import { readGolden } from '../../../src/golden/read.ts';
import type { Port } from '../../../src/scenario/port.ts';
import { portSource } from '../../../src/subject/module.ts';
import { toBfloat16 } from '../../../src/tensor/half.ts';
import bfloat16 from '../../fixtures/ports/bfloat16.ts';
import typedArrays from '../../fixtures/ports/typed-arrays.ts';

const golden = readGolden(undefined, (name) => name === 'dtypes/flags-bfloat16');
const references = ['torch-2.15.0/separate'] as const;

describe('a port of bfloat16', () => {
  it('that rounds every result is exact', async () => {
    const { runs } = await run(
      golden,
      portSource('bfloat16', () => bfloat16),
      { references },
    );
    const verdicts = new Set(runs[0]!.cases.map(({ verdict }) => verdict));
    expect(verdicts).toEqual(new Set(['exact', 'unsupported']));
  });

  it('that keeps float32 state is told so in one sentence', async () => {
    const wide: typeof typedArrays = {
      ...typedArrays,
      supports: [...typedArrays.supports, 'bfloat16'],
      step(optimizer) {
        void typedArrays.step(optimizer);
        for (const { params } of optimizer.groups)
          for (const { data } of params) data.forEach((x, i) => (data[i] = toBfloat16(x)));
      },
    };
    const { runs } = await run(
      golden,
      portSource('wide', () => wide as Port<never, never>),
      { references },
    );
    expect(runs[0]!.cases.some(({ verdict }) => verdict === 'failed')).toBe(true);
    expect(runs[0]!.diagnosis!.sanity).toEqual([
      "keeps state of half parameters in float32 (float32-state); PyTorch keeps it in the parameter's element type (STA-3)",
    ]);
  });

  it('of which other things are wrong is not', async () => {
    const wrong: typeof bfloat16 = { ...bfloat16, step: () => {}, state: () => ({ square_avg: Uint16Array.of(1) }) };
    const { runs } = await run(
      golden,
      portSource('wrong', () => wrong),
      { references },
    );
    expect(runs[0]!.diagnosis!.sanity.filter((line) => line.includes('float32-state'))).toEqual([]);
  });
});
