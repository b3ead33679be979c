/**
 * The matrix of a run: areas by profiles, each cell with a bar of its verdicts.
 */
import { countsOf } from '../../conformance/events.ts';
import { byProfile, type CaseResult, type Run, type Verdict } from '../../conformance/verdicts.ts';
import { markup } from '../escape.ts';
import { grouped } from '../summary.ts';

const ORDER: readonly Verdict[] = ['broken', 'failed', 'bounded', 'exact', 'unsupported'];

/** The table. */
export function matrix(run: Run): string {
  const profiles = byProfile(run).filter(({ cases }) => cases.length > 0);
  const areas = [...new Set(run.cases.map(({ area }) => area))];
  const head = profiles.map(({ profile, claimed, needs }) => {
    const said = claimed === needs ? 'all claimed' : claimed === 0 ? 'not claimed' : `${claimed} of ${needs} claimed`;
    return `<th scope="col">${profile}<small>${said}</small></th>`;
  });
  const rows = areas.map((area) => {
    const own = run.cases.filter((result) => result.area === area);
    const cells = profiles.map(({ profile }) => cell(own.filter((result) => result.profile === profile)));
    return `<tr><th scope="row">${markup(area)}</th>${cells.join('')}<td class="total">${cellBody(own)}</td></tr>`;
  });
  const sums = profiles.map(({ cases }) => cell(cases)).join('');
  return `<div class="scroll"><table class="matrix"><thead><tr><th scope="col">area</th>${head.join('')}<th scope="col">all</th></tr></thead><tbody>${rows.join('')}<tr class="sum"><th scope="row">all</th>${sums}<td class="total">${cellBody(run.cases)}</td></tr></tbody></table></div>`;
}

function cell(results: readonly CaseResult[]): string {
  return results.length === 0 ? '<td class="none"></td>' : `<td>${cellBody(results)}</td>`;
}

function cellBody(results: readonly CaseResult[]): string {
  const counts = countsOf(results);
  const present = ORDER.filter((verdict) => counts[verdict] > 0);
  const bars = present.map((verdict) => `<i class="${verdict}" style="flex-grow:${counts[verdict]}"></i>`);
  const words = present.map((verdict) => `<b class="${verdict}">${grouped(counts[verdict])}</b> ${verdict}`);
  return `<div class="bar">${bars.join('')}</div><span class="counts">${words.join('<br>')}</span>`;
}
