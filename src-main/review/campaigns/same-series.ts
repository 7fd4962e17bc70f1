// Which campaigns follow each other: as their definitions say, and where those say nothing by dates and scope. Pure.
import { ownSeries, type CampaignDefinition } from '#shared/model/campaign.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import type { CampaignRecord } from './campaign-state.ts';

type Reviewed = Pick<CampaignRecord, 'id' | 'definition'>;

/** The id of the first campaign of the series a definition names; null where it names none. */
export const namedSeries = ({ id, definition: { series } }: Reviewed): string | null =>
  series === undefined ? null : series === ownSeries ? id : series;

/** As both definitions say; where neither does, the same dates or the same scope, whose dates may have been changed. */
export function isSameSeries(earlier: Reviewed, later: Reviewed): boolean {
  const [one, other] = [namedSeries(earlier), namedSeries(later)];
  if (one !== null || other !== null) return (one ?? earlier.id) === (other ?? later.id);
  return (
    hasSameDates(earlier.definition, later.definition) ||
    scopeOf(earlier.definition) === scopeOf(later.definition)
  );
}

const hasSameDates = (earlier: CampaignDefinition, later: CampaignDefinition): boolean =>
  earlier.recurrence !== null && canonicalJson(earlier.recurrence) === canonicalJson(later.recurrence);

/** A file is another one each time. */
const scopeOf = ({ scope }: CampaignDefinition): string =>
  canonicalJson(scope.from === 'file' ? { ...scope, name: '', sha256: '' } : scope);

/** By id, the campaign a series went on with; those not in it are the newest of theirs. */
export function followersOf(campaigns: Iterable<CampaignRecord>): ReadonlyMap<string, CampaignRecord> {
  const all = [...campaigns];
  const byId = new Map(all.map((record) => [record.id, record]));
  const followers = new Map<string, CampaignRecord>();
  for (const record of all) {
    const earlier = byId.get(record.opened?.previous?.campaign ?? '');
    if (earlier && isSameSeries(earlier, record)) followers.set(earlier.id, record);
  }
  for (const series of namedSeriesIn(all))
    for (const [place, { id }] of series.entries()) {
      const next = series[place + 1];
      if (next !== undefined) followers.set(id, next);
    }
  return followers;
}

/** Those opened here whose definition says which series they are of, with the first of it, in the order of their openings. */
function namedSeriesIn(all: readonly CampaignRecord[]): CampaignRecord[][] {
  const named = new Set(all.map(namedSeries).filter((series) => series !== null));
  const opened = all
    .filter((record) => record.opened !== null)
    .toSorted((a, b) => parseInstant(a.opened!.at) - parseInstant(b.opened!.at));
  return [...named].map((series) => opened.filter((record) => (namedSeries(record) ?? record.id) === series));
}

/** @param nameOf what a campaign of this workspace is called; null for one that is not here */
export function seriesInWords(record: Reviewed, nameOf: (id: string) => string | null): string {
  const { series, recurrence } = record.definition;
  if (series === undefined)
    return recurrence === null
      ? 'It is of no series that its definition names.'
      : 'Which series it is of is told by its dates and by what it reviews.';
  if (namedSeries(record) === record.id) return 'It is the first of a series.';
  const name = nameOf(series);
  return name === null
    ? `It goes on with the series of a campaign that is not in this workspace (${series}).`
    : `It goes on with the series that began with “${name}”.`;
}
