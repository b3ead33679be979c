/**
 * The failures of a run by cause: the plainest case in full, its course as pictures, and which others fail in the same way.
 */
import type { CauseGroup } from '../../conformance/diagnosis/causes.ts';
import type { Difference } from '../../conformance/difference.ts';
import type { Trajectory } from '../../conformance/trajectory.ts';
import type { CaseResult, Run } from '../../conformance/verdicts.ts';
import { markup } from '../escape.ts';
import { causesIn, named, repeatOf } from '../failure.ts';
import { grouped } from '../summary.ts';
import { plots } from './plot.ts';

/** Causes shown, a run. */
const SHOWN = 40;

/** Cases that are named, a cause. */
const NAMED = 200;

/** The groups; empty where nothing failed. */
export function causes(run: Run, command: string): string {
  const all = causesIn(run);
  if (all.length === 0) return '';
  const rest =
    all.length > SHOWN
      ? `<p class="quiet">and ${all.length - SHOWN} more causes; the list below has all cases</p>`
      : '';
  return `<h3>Failures by cause</h3>${all
    .slice(0, SHOWN)
    .map((one, i) => cause(one, i < 3, run, command))
    .join('')}${rest}`;
}

function cause({ says, results }: CauseGroup, open: boolean, run: Run, command: string): string {
  const [plainest, ...others] = results as readonly [CaseResult, ...CaseResult[]];
  const course = run.trajectories?.get(plainest.id);
  const parts = [
    `<p class="id">${markup(plainest.id)}</p>`,
    plainest.difference === undefined
      ? `<p>${markup(plainest.broken ?? '')}</p>`
      : difference(plainest.difference, plainest),
    course === undefined ? '' : `${other(course, plainest)}${plots(course)}${numbers(course)}`,
    plainest.clauses.length > 0
      ? `<p class="quiet">tries ${plainest.clauses.map((clause) => markup(named(clause))).join(', ')}</p>`
      : '',
    commandBlock(repeatOf(plainest, run, command)),
    alike(others),
  ];
  const count = `<b class="${plainest.verdict}">${grouped(results.length)}</b>`;
  return `<details class="cause"${open ? ' open' : ''}><summary>${count} ${markup(says)}</summary>${parts.join('')}</details>`;
}

/** The course is of another case where the plainest has none. */
function other({ id }: Trajectory, plainest: CaseResult): string {
  return id === plainest.id ? '' : `<p class="quiet">as it goes on in ${markup(id)}:</p>`;
}

function difference(
  { op, operation, where, facet, expected, actual, ulps }: Difference,
  { numbers: n, settled }: CaseResult,
): string {
  const apart =
    ulps === undefined
      ? ''
      : ulps === '0'
        ? ' (the sign of zero)'
        : ` (${ulps.startsWith('-') ? ulps : `+${ulps}`} ulp)`;
  const rows = [
    ['where', `operation ${op} (${operation}), ${where}`],
    ['expected', expected],
    ['actual', actual + apart],
    ...(n !== undefined && n.differing > 0
      ? [['differing', `${grouped(n.differing)} of ${grouped(n.compared)} numbers`]]
      : []),
    ...(settled === undefined
      ? []
      : [
          [
            'why',
            `rounding may decide here, but the port has PyTorch's bits in all ${grouped(settled)} numbers where it cannot`,
          ],
        ]),
  ];
  const cells = rows.map(([name, text]) => `<div><dt>${name}</dt><dd>${markup(text!)}</dd></div>`).join('');
  return `<dl data-facet="${facet}">${cells}</dl>`;
}

/** Steps whose numbers stand in the table. */
const STEPS = 40;

function numbers({ points }: Trajectory): string {
  const rows = points
    .slice(0, STEPS)
    .map(
      ({ step, expected, actual, ulps = '' }) =>
        `<tr><td>${step}</td><td>${expected}</td><td>${actual}</td><td>${ulps}</td></tr>`,
    );
  const rest = points.length > STEPS ? `<p class="quiet">and ${points.length - STEPS} more</p>` : '';
  return `<details><summary>the numbers</summary><div class="scroll"><table class="numbers"><thead><tr><th>step</th><th>expected</th><th>actual</th><th>ulp</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>${rest}</details>`;
}

/** A command with a button that copies it. */
export function commandBlock(command: string): string {
  return `<div class="command"><pre><code>${markup(command)}</code></pre><button type="button" class="copy">copy</button></div>`;
}

function alike(others: readonly CaseResult[]): string {
  if (others.length === 0) return '';
  const items = others.slice(0, NAMED).map(({ id }) => `<li>${markup(id)}</li>`);
  const rest = others.length > NAMED ? `<li>and ${grouped(others.length - NAMED)} more</li>` : '';
  return `<details><summary>${grouped(others.length)} more in the same way</summary><ul class="ids">${items.join('')}${rest}</ul></details>`;
}
