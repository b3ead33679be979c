/**
 * The report as one page that needs no network: the verdict and the named rule on top, a matrix of areas by profiles, the failures by
 * cause, and a list of all cases to search in.
 */
import { createHash } from 'node:crypto';
import type { Report } from '../../conformance/events.ts';
import type { Run } from '../../conformance/verdicts.ts';
import { diagnosisText } from '../diagnosis.ts';
import { markup, scriptJSON } from '../escape.ts';
import { named } from '../failure.ts';
import { claimedTexts, judgementTexts } from '../judgement.ts';
import { grouped, summaryOf } from '../summary.ts';
import { causes, commandBlock } from './causes.ts';
import { caseData } from './data.ts';
import { matrix } from './matrix.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/**
 * The page.
 *
 * @param command what repeats the check but for what says which cases and references
 * @param whole what repeats the whole of it
 */
export function htmlReport(report: Report, command: string, whole: string = command): string {
  const { header, runs } = report;
  const { outcome, word, text } = summaryOf(report);
  const name =
    header.subject.version === undefined ? header.subject.name : `${header.subject.name} ${header.subject.version}`;
  const rules = [...new Set(runs.flatMap(({ diagnosis }) => diagnosisText(diagnosis, named)))];
  const facts: readonly (readonly [string, string])[] = [
    ['rmsproof', header.rmsproof],
    ['against', header.references.join(', ')],
    ...(header.subject.in_place_of === undefined ? [] : [['in place of', header.subject.in_place_of] as const]),
    ['claims', header.claims.join(', ') || 'nothing'],
    ...(header.seed === undefined ? [] : [['seed', String(header.seed)] as const]),
  ];
  // Nothing of the page is fetched, and no script runs but this one, whatever a port's texts hold.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'; img-src data:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${markup(`${word}: ${name}`)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header class="${outcome.replace(' ', '-')}">
<p class="subject">${markup(name)}</p>
<h1>${word}</h1>
<p>${markup(text)}</p>
${rules.map((rule) => `<p class="rule">${markup(rule)}</p>`).join('\n')}
${list(judgementTexts(report.judgement))}
<dl class="facts">${facts.map(([key, value]) => `<div><dt>${key}</dt><dd>${markup(value)}</dd></div>`).join('')}</dl>
${commandBlock(whole)}
</header>
<main>
${runs.map((run, i) => section(run, i, runs.length, command)).join('\n')}
<section id="cases">
<h2>All cases</h2>
<form class="search" role="search"><input type="search" id="query" placeholder="search by id, clause, profile or message" aria-label="search the cases" autocomplete="off">
<span id="chips" role="group" aria-label="verdicts"></span></form>
<p id="found" class="quiet" role="status">the list needs JavaScript</p>
<div class="scroll"><table class="cases"><tbody id="list"></tbody></table></div>
</section>
</main>
<script type="application/json" id="data">${scriptJSON(caseData(runs))}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** What was expected, and how it came. */
function list(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${markup(text)}</li>`).join('')}</ul>`;
}

/** Runs in which nothing failed are folded where there are several. */
function section(run: Run, index: number, of: number, command: string): string {
  const failures = causes(run, command);
  const open = of === 1 || failures !== '';
  const claimed = claimedTexts(run).map((text) => `<p class="quiet">${markup(text)}</p>`);
  const body = `${matrix(run)}${claimed.join('')}${fresh(run)}${failures}`;
  return `<section id="run-${index}"><details class="run"${open ? ' open' : ''}><summary><h2>${markup(run.reference)}</h2></summary>${body}</details></section>`;
}

function fresh({ fresh: tried }: Run): string {
  if (tried === undefined) return '';
  const bad = tried.results.filter(({ verdict }) => verdict === 'failed' || verdict === 'broken').length;
  return `<p class="quiet">${grouped(tried.count)} fresh programs (seed ${tried.seed}): ${bad === 0 ? 'none differs' : `${grouped(bad)} differ or break`}</p>`;
}
