// Which date of its recurrence each campaign of a series counts for, and which comes next. Pure.
import { parseInstant } from '#shared/time/instant.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { countedIndex, recurrenceDate, wantedIndex } from './recurrence.ts';
import { namedSeries } from './same-series.ts';

export type NextInSeries = {
  /** Number of the next date, of the recurrence of the campaign asked about. */
  readonly index: number;
  /** Dates between the campaign before it and the one asked about, for which none was opened. */
  readonly skipped: readonly string[];
};

/**
 * The next date after a campaign, or that of a draft; null where it does not come again or was not opened here.
 * @param followers by id, the campaign a series went on with
 */
export function nextInSeries(
  all: readonly CampaignRecord[],
  followers: ReadonlyMap<string, CampaignRecord>,
): (record: CampaignRecord) => NextInSeries | null {
  const byId = new Map(all.map((record) => [record.id, record]));
  const earlierThan = new Map([...followers].map(([earlier, { id }]) => [id, byId.get(earlier)]));
  const indices = new Map<string, number | null>();
  const newestOf = (draft: CampaignRecord): CampaignRecord | undefined => {
    const series = namedSeries(draft);
    return all.find(
      (one) => one.opened !== null && (namedSeries(one) ?? one.id) === series && !followers.has(one.id),
    );
  };
  const dateOf = (record: CampaignRecord | undefined): string | null => {
    const { recurrence } = record?.definition ?? { recurrence: null };
    const index = record === undefined ? null : indexOf(record);
    return recurrence === null || index === null ? null : recurrenceDate(recurrence, index);
  };
  const indexOf = (record: CampaignRecord): number | null => {
    const known = indices.get(record.id);
    if (known !== undefined) return known;
    // Campaigns that name each other are no series.
    indices.set(record.id, null);
    const { recurrence } = record.definition;
    const day = dayOf(record);
    const index =
      recurrence === null || day === null
        ? null
        : countedIndex(recurrence, day, dateOf(earlierThan.get(record.id)));
    indices.set(record.id, index);
    return index;
  };
  return (record) => {
    const { state, definition, definedAt } = record;
    const { recurrence, zone } = definition;
    if (recurrence === null) return null;
    if (state === 'draft') {
      const defined = localDaysOf(zone).dateAt(parseInstant(definedAt));
      return { index: wantedIndex(recurrence, defined, dateOf(newestOf(record))), skipped: [] };
    }
    const index = indexOf(record);
    if (index === null) return null;
    const before = dateOf(earlierThan.get(record.id));
    const dates = Array.from({ length: index }, (_, at) => recurrenceDate(recurrence, at));
    return { index: index + 1, skipped: before === null ? [] : dates.filter((date) => date > before) };
  };
}

/** The local day it was opened; null where it was not opened here. */
const dayOf = ({ definition, opened }: CampaignRecord): string | null =>
  opened === null ? null : localDaysOf(definition.zone).dateAt(parseInstant(opened.at));
