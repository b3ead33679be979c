import { expect, test } from 'vitest';
import type { Port } from '../../src/scenario/port.ts';
import { portSubject } from '../../src/subject/module.ts';
import { port } from '../../src/subject/port.ts';
import { lostInResuming } from '../../src/subject/resuming.ts';
import { type Flaw, resuming } from '../fixtures/ports/resuming.ts';

const lost = (own: Port<any, any>): Promise<readonly string[]> => lostInResuming(portSubject(own as Port));

const aside = (name: string): string =>
  `load leaves ${name} of the checkpoint aside: with another one training goes on the same`;
const notSaved = (name: string): string => `save right after load gives back no ${name}, or always the same one`;

test('nothing is lost by a port that goes on', async () => {
  expect(await lost(resuming())).toEqual([]);
  expect(await lostInResuming(await port.open({ version: '2.15.0', arithmetic: 'fused' }))).toEqual([]);
});

test.each<[Flaw, readonly string[]]>([
  ['forgets-state', [aside('square_avg'), aside('momentum_buffer'), aside('grad_avg'), notSaved('step')]],
  ['keeps-means', [aside('grad_avg')]],
  ['keeps-options', [aside('lr')]],
  ['saves-other-names', [notSaved('square_avg'), notSaved('momentum_buffer'), notSaved('grad_avg')]],
  ['saves-no-options', [notSaved('lr')]],
  ['counts-anew', [notSaved('step')]],
  ['does-not-count', ['save gives 3 as step, one step after a checkpoint of 3']],
])('of one that %s it is said what', async (flaw, sentences) => {
  expect(await lost(resuming(flaw))).toEqual(sentences);
});

test('a port is not asked for what it does not claim, or fixes', async () => {
  const { supports, ...right } = resuming('forgets-state');
  const claims = ['numbers', 'float64', 'resume', 'lr=0.01'] as const;
  expect(await lost({ ...right, supports: claims })).toEqual([aside('square_avg'), notSaved('step')]);
  expect(supports.length).toBeGreaterThan(claims.length);
});

test('nothing is said of a port that throws: its cases say that', async () => {
  const throws = (): never => {
    throw new Error('not implemented');
  };
  expect(await lost({ ...resuming(), load: throws, step: throws })).toEqual([]);
});
