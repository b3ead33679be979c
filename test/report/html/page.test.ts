import { expect, test } from 'vitest';
import { eventsOf, reportOf } from '../../../src/conformance/events.ts';
import { htmlReport } from '../../../src/report/html/page.ts';
import { hostileReport, report, result } from '../../fixtures/report.ts';

const page = htmlReport(report(), 'npx rmsproof check ./p.ts');

test('the verdict and the rule stand on top, and the header below them', () => {
  const [header] = /<header[^]*?<\/header>/.exec(page)!;
  expect(header).toContain('<h1>BROKEN</h1>');
  expect(header).toContain('the port computes eps inside the root (as ConvNetJS 0.3.0 does)');
  expect(header).toContain('<dt>seed</dt><dd>7</dd>');
  expect(header).toContain('<dt>claims</dt><dd>numbers, float32</dd>');
});

test('a matrix has areas by profiles', () => {
  const [matrix] = /<table class="matrix"[^]*?<\/table>/.exec(page)!;
  expect(matrix).toContain('<th scope="col">numbers<small>2 of 11 claimed</small></th>');
  expect(matrix).toContain('<th scope="row">groups</th>');
  expect(matrix).toContain('<b class="failed">1</b> failed');
});

test('a cause shows its plainest case, its course in two pictures, and the command that repeats it', () => {
  const failures = page.slice(page.indexOf('Failures by cause'));
  expect(failures).toContain('step/a/failed');
  expect(failures).toContain('w[0] over the steps, 1 steps not finite');
  expect(failures).toContain('distance in ulp over the steps');
  expect(failures).toContain('--only &#39;step/a/failed&#39;');
  expect(failures).not.toContain('NaN,');
  expect(failures.match(/<svg/g)).toHaveLength(2);
});

test('what was expected, and how it came, stands below the verdict', () => {
  const judgement = { accepted: [], unexpected: [], broken: ['promised <b>'], worse: [], stale: [], fresh: [] };
  const { header: _, footer: __, ...told } = report({ cases: [result('exact')] });
  const text = htmlReport(reportOf(eventsOf({ ...told, judgement })), 'x');
  expect(/<header[^]*?<\/header>/.exec(text)![0]).toContain('<li>promised &lt;b&gt;</li>');
});

test('nothing is fetched', () => {
  expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
  expect(page).toContain("default-src 'none'");
});

test("a stranger's texts are texts", () => {
  const hostile = htmlReport(hostileReport(), 'x');
  expect(hostile).not.toContain('<img');
  expect(hostile.match(/<script/g)).toHaveLength(2);
  expect(hostile.match(/<\/script/g)).toHaveLength(2);
});

test('a report of the size of all cases against all references stays below 3 MB', () => {
  const unclaimed = ['hooks', 'state_dict'] as const;
  const many = Array.from({ length: 27_000 }, (_, i) =>
    i % 9 === 0
      ? result('failed', {
          id: `numerics/some-long-name-of-a-file/case+with+options=${i}`,
          difference: {
            ...{ op: 1, operation: 'train', facet: 'numbers', where: `step ${i}, matrix[1, 2]` },
            ...{ expected: `${i / 7} (3f000000)`, actual: `${i / 9} (3e800000)`, ulps: String(i) },
          },
        })
      : result('unsupported', { id: `numerics/some-long-name-of-a-file/case+with+options=${i % 3500}`, unclaimed }),
  );
  expect(Buffer.byteLength(htmlReport(report({ cases: many }), 'x'))).toBeLessThan(3_000_000);
});
