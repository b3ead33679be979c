/**
 * What the reports for people say of what was expected of a port.
 */
import { type Judgement, nameOf } from '../conformance/expectations.ts';
import { claimedCases, isWithoutItsValues, type Run } from '../conformance/verdicts.ts';

/** Cases that are named of one list. */
const SHOWN = 5;

/** Lines of a judgement, each a sentence; none where there is nothing to say. */
export function judgementTexts(judgement: Judgement | undefined): readonly string[] {
  if (judgement === undefined) return [];
  const { accepted, unexpected, broken, worse, stale, fresh, pinned, unpromised = false, untried = false } = judgement;
  const ids = [...new Set(unexpected.map(({ id }) => id))];
  const used = accepted.filter(({ found }) => found > 0);
  return [
    ...used.slice(0, SHOWN).map(({ entry, found }) => {
      const link = entry.link === undefined ? '' : ` ${entry.link}`;
      return `accepted: ${nameOf(entry)} (${found}): ${entry.reason}${link}`;
    }),
    ...(used.length > SHOWN ? [`accepted: ${used.length - SHOWN} entries more`] : []),
    ...(accepted.length > 0 && ids.length > 0 ? [`not accepted: ${listed(ids)}`] : []),
    ...broken,
    ...worse,
    ...stale.map((text) => `stale: ${text}`),
    ...(untried ? ['fresh programs are not tried while failures are accepted'] : []),
    ...(unpromised ? ['no claims are promised yet: --update writes them'] : []),
    ...(fresh.length > 0 ? [`new since rmsproof ${pinned}: ${listed(fresh)}`] : []),
  ];
}

/** Which share of the claimed cases of a run was run; nothing where all were. */
export function claimedTexts(run: Run): readonly string[] {
  const { cases, ran } = claimedCases(run);
  if (ran === cases) return [];
  const percent = Math.floor((100 * ran) / cases);
  const share = `${ran.toLocaleString('en-US')} of ${cases.toLocaleString('en-US')} claimed cases ran (${percent} %)`;
  if (!isWithoutItsValues(run)) return [share];
  const stand = run.fresh === undefined ? '' : '; fresh programs stand in, held against the port of this package';
  return [`${share}: none has ${run.fixed!.join(' and ')}${stand}`];
}

/** The cases of a run that failed as it is accepted. */
export function acceptedIn({ reference, cases }: Run, judgement: Judgement | undefined): ReadonlySet<string> {
  if (judgement === undefined) return new Set();
  const unexpected = new Set(judgement.unexpected.filter((one) => one.reference === reference).map(({ id }) => id));
  return new Set(cases.filter(({ id, verdict }) => verdict === 'failed' && !unexpected.has(id)).map(({ id }) => id));
}

function listed(ids: readonly string[]): string {
  const more = ids.length - SHOWN;
  return `${ids.slice(0, SHOWN).join(', ')}${more > 0 ? `, and ${more.toLocaleString('en-US')} more` : ''}`;
}
