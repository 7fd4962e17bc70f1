// The daily review of the log: the days on record, the days that are missing, and those that hold no longer.
import { dayFact } from '../campaign-facts.ts';
import { daysOf, type DayRow, type MissingDays } from '../daily-days.ts';
import { factList, given, paragraph, type Block, type Section } from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';
import type { ReportInput } from '../report-input.ts';
import { clipped, numberOf } from '../visible-text.ts';
import { saidBy } from './campaign-words.ts';
import { firstOf, listedTable } from './listed-table.ts';

const listedDays = 400;

function missingBlocks(missing: readonly MissingDays[] | null): Block[] {
  if (missing === null)
    return [
      paragraph(
        'Which days are missing is unknown here: the period cannot be placed in the zone of the workspace.',
      ),
    ];
  if (missing.length === 0) return [paragraph('No day of the period that had ended is missing.')];
  return [
    paragraph('Days of the period that nobody put on record, and that had ended when the pack was made:'),
    {
      kind: 'list',
      items: missing
        .slice(0, listedDays)
        .map(({ from, to, days }) => [
          from === to ? from : `${from} to ${to}, ${numberOf(days, 'day', 'days')}`,
        ]),
    },
  ];
}

function rowOf({ day }: DayRow, place: number, facts: Facts) {
  const fact = (name: string) => stateFact(facts, dayFact(place, name));
  const gaps = day.sources.flatMap((source) => source.gaps);
  return [
    [`${day.date}\n`, given(clipped(day.zone))],
    [fact('events')],
    [fact('findings'), ', open: ', fact('openFindings')],
    [fact('gaps'), ...gaps.slice(0, 3).flatMap(({ why }) => ['\n', given(clipped(why))])],
    [...saidBy(day.by, day.byName, day.at), ': ', given(clipped(day.statement))],
    [fact('standing')],
  ];
}

/** None where no day was ever put on record. */
export function dailyChapters({ predicate, rows, ipe }: ReportInput, facts: Facts): Section[] {
  if (rows.daily === null) return [];
  const { rows: days, missing } = daysOf(rows.daily, { predicate, ipe });
  const fact = (name: string) => stateFact(facts, `daily-${name}`);
  return [
    {
      id: 'daily',
      title: 'Daily review of the log',
      blocks: [
        paragraph(
          'Each entry says that somebody looked at the log of a local day, also where nothing was found. A day holds while the findings that begin in it are as many as then and none of them is open; where the day is one of UTC, its events must be as many, too. Whether a day holds that ended after the moment this pack looks back to, or that was put on record before the connection was changed, the pack does not tell.',
        ),
        factList([
          ['Days of the period on record', [fact('onRecord')]],
          ['Days of the period missing', [fact('missing')]],
          ['Days that hold no longer', [fact('changed')]],
          ['Days of which the pack does not tell', [fact('unknown')]],
          ['Entries that a later one about the same day replaced', [fact('replaced')]],
        ]),
        ...missingBlocks(missing),
        ...listedTable(
          {
            caption: 'Days on record',
            columns: [
              { title: 'Day', weight: 14 },
              { title: 'Events then', weight: 11 },
              { title: 'Findings then', weight: 13 },
              { title: 'Gaps named', weight: 22 },
              { title: 'By, when (claimed), statement', weight: 27 },
              { title: 'Now', weight: 13 },
            ],
            ...firstOf(days, listedDays),
            file: 'data/ledger.jsonl',
          },
          (row, index) => rowOf(row, index + 1, facts),
        ),
      ],
    },
  ];
}
