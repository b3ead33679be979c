import { expect, test } from 'vitest';
import { countsOf, eventsOf, type ReportEvent, reportOf } from '../../src/conformance/events.ts';
import { packageVersion } from '../../src/scenario/package-version.ts';
import { report, result } from '../fixtures/report.ts';

const stream = (): ReportEvent[] => [...eventsOf(report())];

test('a stream begins with its header and ends with its footer', () => {
  const events = stream();
  expect(events.map(({ type }) => type)).toEqual(['header', 'run', ...Array(5).fill('case'), 'end', 'footer']);
  expect(events[0]).toEqual({
    type: 'header',
    header: {
      rmsproof: packageVersion(),
      subject: { name: 'mine', version: '1.0' },
      references: ['torch-2.15.0/separate'],
      claims: ['numbers', 'float32'],
      seed: 7,
    },
  });
  const counts = { exact: 1, bounded: 1, failed: 1, unsupported: 1, broken: 1 };
  expect(events.at(-1)).toEqual({ type: 'footer', footer: { outcome: 'broken', cases: 5, fresh: 0, counts } });
});

test('what a stream tells is what it was made of', () => {
  const { header, footer, ...told } = report();
  const { header: _, footer: __, ...again } = reportOf(eventsOf(told));
  expect(again).toEqual(told);
  expect([header.seed, footer.cases]).toEqual([7, 5]);
});

test.each([
  ['header', stream().slice(1), 'a report without its header says nothing'],
  ['footer', stream().slice(0, -1), 'a report without its footer says nothing'],
  ['end of a run', stream().filter(({ type }) => type !== 'end'), 'a report without its footer says nothing'],
  ['case', stream().toSpliced(3, 1), 'the report has 4 cases, and its footer says 5'],
])('a stream that lost its %s is refused', (_, events, message) => {
  expect(() => reportOf(events)).toThrow(message);
});

test('results are counted by verdict', () => {
  expect(countsOf([result('failed'), result('failed'), result('exact')])).toEqual({
    ...{ exact: 1, bounded: 0, failed: 2, unsupported: 0, broken: 0 },
  });
});
