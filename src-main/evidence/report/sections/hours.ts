// When in the week findings fall.
import type { ReportRows } from '../collect-rows.ts';
import { paragraph, type Block } from '../document-model.ts';
import { hourWeekFigure } from '../figures/hour-week.ts';
import { clipped } from '../visible-text.ts';

const noEvents = paragraph(
  'This pack holds no counts of all events by hour of the week: the audit events themselves are not in it.',
);

export function hourBlocks({ findingHours, findings }: ReportRows, zone: string): Block[] {
  if (findings.total === 0) return [paragraph('There are no findings to place in the week.'), noEvents];
  if (findingHours === null)
    return [
      paragraph('The time zone of the workspace is not known to the computer that made this report.'),
      noEvents,
    ];
  return [hourWeekFigure(findingHours, 'Findings', clipped(zone)), noEvents];
}
