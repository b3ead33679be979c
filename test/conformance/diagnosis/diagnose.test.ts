import { describe, expect, test } from 'vitest';
import { portOf, textOf, type Truth } from '../../../scripts/variants/ports.ts';
import { readSelected } from '../../../src/cli/select.ts';
import type { Diagnosis } from '../../../src/conformance/diagnosis/diagnose.ts';
import { run } from '../../../src/conformance/run.ts';
import { repositoryFolder } from '../../../src/golden/folder.ts';
import { AdapterError } from '../../../src/scenario/adapter-error.ts';
import { portSubject } from '../../../src/subject/module.ts';
import type { Scenario } from '../../../src/scenario/types.ts';
import type { Subject } from '../../../src/subject/subject.ts';

const golden = readSelected(repositoryFolder, 'step/flags-float32/*');

async function diagnosed(truth: Truth, other: Partial<Subject> = {}): Promise<Diagnosis | undefined> {
  const subject = { ...portSubject(await portOf(textOf('float32', truth)!)), ...other };
  const source = { name: subject.name, followsTarget: false, open: async () => subject };
  const { runs } = await run(golden, source, { references: ['torch-2.15.0/separate'] });
  return runs[0]!.diagnosis;
}

describe('a diagnosis', () => {
  test('is not made of a port that is right', async () => {
    expect(await diagnosed({})).toBeUndefined();
  });

  test('names the rule, its clauses and whose it is, and blames no clause', async () => {
    const { rules, unknown, kind, explained, failed, causes, clauses } = (await diagnosed({
      eps: 'inside',
      momentum: 'lr-inside',
    }))!;
    expect(rules.map(({ axes }) => axes.map(({ axis, value }) => `${axis}=${value}`))).toEqual([
      ['eps=inside', 'momentum=lr-inside'],
    ]);
    expect(rules[0]!.axes[0]).toMatchObject({ says: 'computes eps inside the root', clauses: ['RMS-7'] });
    expect(rules[0]!.dialects).toEqual(['Paddle 3.3.1', 'optax 0.2.8']);
    expect([unknown, kind, explained, causes, clauses]).toEqual([false, 'separate', failed, [], []]);
  });

  test('names a package whatever its state and its defaults are', async () => {
    const { rules } = (await diagnosed({ start: 'one', state: 'none', default_alpha: '0.9' }))!;
    expect(rules[0]!.axes).toHaveLength(3);
  });

  test('reads off a number that stands in no table', async () => {
    const { rules, explained, failed } = (await diagnosed({ fixed_alpha: 'at-0.95', default_lr: '0.003' }))!;
    expect(rules.map(({ axes }) => axes.map(({ axis, value }) => `${axis}=${value}`))).toEqual([
      ['fixed_alpha=at-0.95', 'default_lr=0.003'],
    ]);
    expect(explained).toBe(failed);
  });

  test('says twice of nothing that an option has no effect', async () => {
    const { sanity, rules } = (await diagnosed({ momentum: 'ignored' }))!;
    expect([sanity, rules[0]!.axes[0]!.says]).toEqual([[], 'ignores momentum']);
  });

  test('names the path that computes a rule, where the other does not', async () => {
    const wrong = portSubject(await portOf(textOf('float32', { fixed_alpha: 'at-0.9' })!));
    const right = portSubject(await portOf(textOf('float32', {})!));
    const loops = ({ program: [first] }: Scenario): boolean =>
      first!.op === 'optimizer' && first!.options['foreach'] !== true;
    const { rules, unexplained } = (await diagnosed(
      {},
      { supports: [...right.supports, 'foreach'], run: (scenario) => (loops(scenario) ? wrong : right).run(scenario) },
    ))!;
    expect(rules.map(({ path, axes }) => [path, axes.map(({ axis, value }) => `${axis}=${value}`)])).toEqual([
      ['foreach=False', ['fixed_alpha=at-0.9']],
    ]);
    expect(unexplained).toEqual([]);
  });

  test("knows no rule of numbers that are nobody's", async () => {
    const text = textOf('float32', {})!.replace(
      'const numerator = g;',
      'const numerator = Math.sin(3 * g) + p.data[i] ** 2;',
    );
    const { unknown, rules } = (await diagnosed({}, { run: portSubject(await portOf(text)).run }))!;
    expect([unknown, rules]).toEqual([true, []]);
  });

  test('says what is read off beside momentum that is known of nobody, which no later stage hangs on', async () => {
    const text = textOf('float32', { eps: 'inside', default_lr: '0.001' })!.replace(
      'b[i] = r(r(b[i] * r(momentum)) + r(numerator / d));',
      'b[i] = r(Math.tanh(r(b[i] * r(momentum))) + r(numerator / d));',
    );
    const { rules, open, unknown, told } = (await diagnosed({}, { run: portSubject(await portOf(text)).run }))!;
    expect(rules.map(({ axes }) => axes.map(({ axis, value }) => `${axis}=${value}`))).toEqual([
      ['eps=inside', 'default_lr=0.001'],
    ]);
    expect([open, unknown, told]).toEqual([['with momentum'], false, []]);
  });

  test('tells defaults of a port of which no rule is known', async () => {
    const text = textOf('float32', { default_lr: '0.001', default_alpha: '0.9' })!.replace(
      'const numerator = g;',
      'const numerator = Math.sin(3 * g) + p.data[i] ** 2;',
    );
    const { unknown, told } = (await diagnosed({}, { run: portSubject(await portOf(text)).run }))!;
    expect(unknown).toBe(true);
    expect(told).toEqual([
      'has 0.001 as its default of lr (PyTorch: 0.01)',
      'has 0.9 as its default of alpha (PyTorch: 0.99)',
    ]);
  });

  test('reads off the numbers of options that have no effect together, and momentum that nobody asked for', async () => {
    const truth = { always_centered: 'always', fixed_alpha: 'at-0.95', lr: 'fixed-0.07', eps: 'fixed-0.001-inside' };
    const { rules, explained, failed } = (await diagnosed(truth))!;
    expect(rules.map(({ axes }) => Object.fromEntries(axes.map(({ axis, value }) => [axis, value])))).toEqual([truth]);
    expect(explained).toBe(failed);
  });

  test('asks each path of a port that has two once', async () => {
    const wrong = portSubject(await portOf(textOf('float32', { eps: 'inside' })!));
    const asked: string[] = [];
    await diagnosed(
      {},
      {
        supports: [...wrong.supports, 'foreach'],
        run: (scenario) => {
          const [first] = scenario.program;
          if (scenario.id === 'probe/centered' && first!.op === 'optimizer')
            asked.push(JSON.stringify(first!.options['foreach']));
          return wrong.run(scenario);
        },
      },
    );
    expect(asked).toEqual(['false', 'true']);
  });

  test('names no rule of a port that does not move', async () => {
    const subject = portSubject(await portOf(textOf('float32', {})!.replace('optimizer.step()', 'undefined')));
    const { sanity, rules, clauses } = (await diagnosed({}, { run: subject.run }))!;
    expect([sanity, rules]).toEqual([['nothing moves: parameters stay as they were'], []]);
    expect(clauses).toEqual([]);
  });

  test('asks no probes of a port of which nothing failed but cases broke', async () => {
    const asked: string[] = [];
    const breaks: Subject['run'] = async ({ id }) => {
      asked.push(id);
      throw new AdapterError('hung');
    };
    const { rules, causes } = (await diagnosed({}, { run: breaks }))!;
    expect(rules).toEqual([]);
    expect(causes[0]!.says).toBe('the adapter broke: hung');
    expect(asked.filter((id) => id.startsWith('probe/'))).toEqual([]);
  });
});
