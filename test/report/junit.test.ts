import { expect, test } from 'vitest';
import { eventsOf, reportOf } from '../../src/conformance/events.ts';
import { junitReport } from '../../src/report/junit.ts';
import { hostileReport, report } from '../fixtures/report.ts';

const xml = junitReport(report(), 'npx rmsproof check ./p.ts');

test('every case is a testcase in the suite of its reference and area, with its verdict', () => {
  expect(xml).toContain('<testsuites name="rmsproof: mine" tests="5" failures="1" errors="1" skipped="1">');
  expect(xml).toContain('<testsuite name="torch-2.15.0/separate step" tests="4" failures="1" errors="1" skipped="1">');
  expect(xml).toContain(
    '<testsuite name="torch-2.15.0/separate groups" tests="1" failures="0" errors="0" skipped="0">',
  );
  expect(xml).toContain('<testcase classname="step.a" name="step/a/exact"/>');
  expect(xml).toContain('<testcase classname="groups.a" name="groups/a/bounded"/>');
  expect(xml).toContain('name="step/a/unsupported"><skipped message="not claimed: hooks"/></testcase>');
  expect(xml).toContain('name="step/a/broken"><error message="read(w) answered with nothing" type="broken">');
});

test('a failure says where, the rule and the command that repeats it', () => {
  const [failure] = /<failure [^]*?<\/failure>/.exec(xml)!;
  expect(failure).toContain('operation 1 (train), step 1, w[0]: expected 0.5 (3f000000), got 0.25 (3e800000)');
  expect(failure).toContain('tries RMS-7 &quot;eps is added to the root&quot;');
  expect(failure).toContain('the port computes eps inside the root (as ConvNetJS 0.3.0 does)');
  expect(failure).toContain(
    'npx rmsproof check ./p.ts --reference &#39;torch-2.15.0/separate&#39; --only &#39;step/a/failed&#39;',
  );
});

test('the first suite has the header as properties', () => {
  expect(xml).toContain('<property name="references" value="torch-2.15.0/separate"/>');
  expect(xml).toContain('<property name="claims" value="numbers float32"/>');
  expect(xml).toContain('<property name="seed" value="7"/>');
  expect(xml).toContain('<property name="version" value="1.0"/>');
  expect(xml.match(/<properties>/g)).toHaveLength(1);
});

test('a failure that is accepted is skipped, and what is stale or not kept fails', () => {
  const judgement = {
    accepted: [{ entry: { cases: 'step/a/failed', count: 1, reason: 'known' }, found: 1 }],
    ...{
      unexpected: [],
      broken: ['the port promised "momentum"'],
      worse: [],
      stale: ['x: accepted until 2020-01-01'],
      fresh: [],
    },
  };
  const { header: _, footer: __, ...result } = report();
  const text = junitReport(reportOf(eventsOf({ ...result, judgement })), 'x');
  expect(text).toContain('name="step/a/failed"><skipped message="fails, which is accepted"/></testcase>');
  expect(text).toContain('tests="7" failures="2" errors="1" skipped="2">');
  expect(text).toContain('<testsuite name="expectations" tests="2" failures="2" errors="0" skipped="0">');
  expect(text).toContain('name="the port promised &quot;momentum&quot;"><failure');
});

test("a stranger's texts are texts: every tag is one of the report's own", () => {
  const tags = new Set([...junitReport(hostileReport(), 'x').matchAll(/<[/!?]?([\w-]*)/g)].map(([, name]) => name));
  expect([...tags].sort()).toEqual(
    ['error', 'failure', 'properties', 'property', 'testcase', 'testsuite', 'testsuites', 'xml'].sort(),
  );
});
