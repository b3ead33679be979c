import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { AdapterError, check, type CheckEvent, REPORTERS } from '../src/check.ts';
import { validate } from '../src/scenario/schema.ts';
import port from './fixtures/ports/typed-arrays.ts';
import { temporaryFolder } from './fixtures/temporary.ts';

const fixture = (name: string): URL => new URL(`fixtures/ports/${name}`, import.meta.url);
const ONE = { only: 'step/flags-float32/plain+foreach=false' };

describe('check', () => {
  test('takes the path or URL of a module, or a port, and says that it conforms', async () => {
    for (const given of [fileURLToPath(fixture('typed-arrays.ts')), fixture('typed-arrays.ts'), port]) {
      const result = await check(given, ONE);
      expect(result).toMatchObject({ conforms: true, footer: { outcome: 'conforms', counts: { exact: 1 } } });
    }
  });

  test('takes the command line of a program in any language', async () => {
    const python = `python3 ${fileURLToPath(new URL('../spec/adapters/rmsprop.py', import.meta.url))}`;
    const result = await check({ command: python }, { only: 'step/dense-float32/plain' });
    expect(result).toMatchObject({ conforms: true, footer: { cases: 1 } });
    expect(result.command).toBe(`npx rmsproof check --command '${python}'`);
  });

  test('takes a function from target to port', async () => {
    const targets: string[] = [];
    const made = await check(({ version, arithmetic }) => (targets.push(`${version}/${arithmetic}`), port), {
      ...ONE,
      reference: 'torch-2.1*.*/separate',
    });
    expect(targets).toEqual(made.runs.map(({ reference }) => reference.replace('torch-', '')));
    expect(targets.length).toBeGreaterThan(1);
  });

  test('says what happens: opened, progress, then the stream of the report', async () => {
    const events: CheckEvent[] = [];
    await check(port, { ...ONE, fresh: 2, seed: 5, onEvent: (event) => events.push(event) });
    expect(events.map(({ type }) => type)).toEqual([
      'opened',
      'progress',
      'header',
      'run',
      'case',
      'fresh',
      'fresh',
      'end',
      'footer',
    ]);
    expect(events[0]).toMatchObject({ opened: { subject: { name: port.name } } });
    expect(events[2]).toMatchObject({ header: { seed: 5 } });
  });

  test('names the rule of a wrong port, and renders every report', async () => {
    const path = fileURLToPath(fixture('eps-inside-root.ts'));
    const result = await check(path, {
      only: 'step/flags-float32/momentum+foreach=false',
      reference: '*2.15.0/separate',
    });
    expect(result.conforms).toBe(false);
    expect(result.runs[0]!.diagnosis!.rules[0]!.axes).toMatchObject([{ axis: 'eps', value: 'inside' }]);
    expect(result.runs[0]!.trajectories!.size).toBe(1);
    for (const reporter of REPORTERS) expect(result.render(reporter)).toContain('eps inside the root');
    validate('report', JSON.parse(result.render('json')), 'report');
    expect(result.render('html')).toContain(
      `npx rmsproof check ${relative('', path)} --reference &#39;*2.15.0/separate&#39; --only step/`,
    );
    expect(result.render('junit')).toContain(`npx rmsproof check ${relative('', path)} --reference`);
  });

  test('stops, narrows and repeats as the command does', async () => {
    const wrong = fixture('eps-inside-root.ts');
    const ended = await check(wrong, {
      only: 'step/flags-float32/momentum*',
      reference: '*2.15.0/separate',
      bail: true,
    });
    expect(ended.footer).toMatchObject({ cases: 1 });
    const doubles = fixture('doubles.ts');
    const only = 'step/flags-float32/momentum+centered+foreach=none';
    expect((await check(doubles, { only })).footer.counts).toMatchObject({ bounded: 1 });
    expect((await check(doubles, { only, exact: true })).footer.counts).toMatchObject({ failed: 1 });
    expect((await check(doubles, { only, ulp: 0.001 })).footer.counts).toMatchObject({ failed: 1 });
    expect((await check(doubles, { only, command: 'make check' })).command).toBe('make check');
  });

  test('holds a port against what is expected of it', async () => {
    const only = 'step/flags-float32/momentum+foreach=false';
    const wrong = (await import('./fixtures/ports/eps-inside-root.ts')).default;
    const bare = await check(wrong, { only, expect: false, reference: '*2.15.0/separate' });
    expect(bare.judgement).toBeUndefined();
    const { claims } = bare.header;
    const expectations = (accepted: readonly object[]): string => {
      const file = join(temporaryFolder(), 'rmsproof.expectations.json');
      const own = { format: 1, rmsproof: '0.1.0', references: ['torch-2.15.0/separate'], claims, accepted };
      writeFileSync(file, JSON.stringify(own));
      return file;
    };
    const known = expectations([{ rule: 'eps=inside', count: 1, reason: 'known' }]);
    const accepted = await check(wrong, { only, expect: known });
    expect(accepted).toMatchObject({ conforms: true, footer: { outcome: 'as expected', fresh: 0 } });
    expect(accepted.runs.map(({ reference }) => reference)).toEqual(['torch-2.15.0/separate']);
    const unexpected = await check(wrong, { only, expect: expectations([]) });
    expect(unexpected).toMatchObject({ conforms: false, footer: { outcome: 'differs' } });
    await expect(check(wrong, { only, expect: 'absent.json' })).rejects.toThrow('there is no absent.json');
  });

  test('refuses what is no port, and a case or reference that there is not', async () => {
    const broken = { ...port, step: undefined } as unknown as typeof port;
    await expect(check(broken, ONE)).rejects.toThrow('expected the port to have a function step, got undefined');
    await expect(check(broken, ONE)).rejects.toThrow(AdapterError);
    await expect(check(null as never, ONE)).rejects.toThrow('expected a default export that is a port, got null');
    const stuck = { ...port, step: () => {} } as typeof port;
    await expect(check(stuck, ONE)).rejects.toThrow('left the tensor as it was');
    await expect(check(port, { only: 'nothing/*' })).rejects.toThrow('no case matches nothing/*');
    await expect(check(port, { reference: 'torch-9*' })).rejects.toThrow('no reference matches torch-9*');
    await expect(check('absent.ts')).rejects.toThrow('absent.ts: there is no such file');
  });

  test('ends a module that takes too long', async () => {
    await expect(check(fixture('typed-arrays.ts'), { ...ONE, timeout: 0.0001 })).rejects.toThrow('took more than');
  });
});
