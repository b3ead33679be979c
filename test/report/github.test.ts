import { describe, expect, test } from 'vitest';
import { githubAnnotations, githubSummary } from '../../src/report/github.ts';
import { hostileReport, report, result } from '../fixtures/report.ts';

const command = 'npx rmsproof check ./p.ts';

describe('annotations', () => {
  test('are the verdict with the rule, then a line a cause', () => {
    const lines = githubAnnotations(report(), command, 'src/p.ts').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      '::error file=src/p.ts,title=rmsproof%3A mine::BROKEN: the adapter broke in 1 of 5 cases, 1 failed; this says nothing of the port' +
        '%0A%0Athe port computes eps inside the root (as ConvNetJS 0.3.0 does): explains 1 of 1 failing case',
    );
    expect(lines[1]).toContain('title=broken against torch-2.15.0/separate::the adapter broke');
    expect(lines[2]).toContain("--only 'step/a/failed'");
  });

  test('are one notice where the port conforms', () => {
    expect(githubAnnotations(report({ cases: [result('exact')] }), command, undefined)).toMatch(
      /^::notice title=rmsproof%3A mine::CONFORMS: 1 cases exact.*$/,
    );
  });

  test('are no more than GitHub shows', () => {
    const cases = Array.from({ length: 40 }, (_, i) => result('broken', { id: `step/a/${i}`, broken: `way ${i}` }));
    expect(githubAnnotations(report({ cases }), command, undefined).split('\n')).toHaveLength(10);
  });

  test("are nothing that a stranger's text made up", () => {
    const lines = githubAnnotations(hostileReport(), command, 'a,b:c').split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^::error file=a%2Cb%3Ac,title=[^,:]*::/);
  });

  test('show fresh programs where they alone fail', () => {
    const fresh = { count: 1, seed: 7, programs: new Map(), results: [result('failed', { id: 'fresh/seed=7/1' })] };
    const text = githubAnnotations(report({ cases: [result('exact')], fresh }), command, undefined);
    expect(text).toContain('fresh/seed=7/1');
    expect(text).toContain('--seed 7 --fresh 1');
  });
});

describe('the summary of the step', () => {
  test('has the verdict, the rule, a table of areas, and the header below', () => {
    const text = githubSummary(report(), command);
    expect(text).toContain('## ❌ mine 1.0: BROKEN');
    expect(text).toContain('> the port computes eps inside the root');
    expect(text).toContain('| step | 1 | 0 | 1 | 1 | 1 |');
    expect(text).toContain('claims numbers, float32, seed 7</sub>');
    expect(githubSummary(report({ cases: [result('exact')] }), command)).toContain('## ✅ mine 1.0: CONFORMS');
  });

  test("keeps a stranger's text out of its markup", () => {
    const outside = githubSummary(hostileReport(), command).replaceAll(/^ {2}(`{3,})text\n[^]*?^ {2}\1$/gm, '');
    expect(outside).not.toMatch(/<(?!\/?sub>)|^::|(?<!\\)@me|(?<!\\)\[x\]/m);
  });
});
