// What the report speaks about, how it was obtained, and why it is believed to be all of it.
import type { Ipe } from '../../pack-input.ts';
import {
  code,
  factList,
  given,
  heading,
  paragraph,
  strong,
  tableOrNone,
  type Block,
} from '../document-model.ts';
import { dayCountsFigure } from '../figures/day-counts.ts';
import { stateFact, type Facts } from '../facts.ts';
import { clipped, countText, instantText } from '../visible-text.ts';

/** An event that was only counted has no id, and is known to the quarter hour. */
function boundText(bound: Ipe['first']): string {
  if (bound === null) return 'none';
  const at = instantText(bound.at);
  return bound.id === '' ? `in the quarter hour from ${at}` : `${at}, ${bound.id}`;
}

const completenessTexts = {
  complete: 'Complete: two independent counts agree.',
  incomplete: 'INCOMPLETE: do not rely on this population as the whole.',
  unknown: 'UNKNOWN: completeness could not be checked.',
} as const;

/** More days than this are listed only where the two counts differ. */
const mostDays = 31;

const unlistedText = (listed: number, days: number): string =>
  `The table lists ${countText(listed)} of ${countText(days)} days: those on which the two counts differ, or the database’s is unknown. All days are in data/ipe.json.`;

function dayBlocks({ days }: Ipe, facts: Facts): Block[] {
  const figure = dayCountsFigure(days);
  const differing = days.filter(({ mirrored, server }) => server !== mirrored);
  if (days.length > mostDays && differing.length === 0 && figure !== null)
    return [figure, paragraph('The counts of all days are in data/ipe.json.')];
  const listed = days.length <= mostDays ? days : differing.slice(0, mostDays);
  return [
    ...(figure === null ? [] : [figure]),
    ...(listed.length < days.length ? [paragraph(unlistedText(listed.length, days.length))] : []),
    tableOrNone(
      listed.length < days.length ? 'Days whose counts differ (UTC)' : 'Events a day (UTC)',
      [
        { title: 'Day', weight: 34 },
        { title: 'In the mirror', weight: 33 },
        { title: 'Counted by the database', weight: 33 },
      ],
      listed.map(({ day }) => [
        [day],
        [stateFact(facts, `day-${day}-mirrored`)],
        [stateFact(facts, `day-${day}-server`)],
      ]),
    ),
  ];
}

export function populationBlocks(ipe: Ipe, facts: Facts): Block[] {
  return [
    paragraph(strong(completenessTexts[ipe.completeness]), ' ', given(clipped(ipe.completenessReason))),
    factList([
      ['Review items', [stateFact(facts, 'count-population')]],
      ['Audit events in the mirror', [stateFact(facts, 'ipe-rows')]],
      ['Audit events counted by the database', [stateFact(facts, 'ipe-serverRows')]],
      ['First event', [given(clipped(boundText(ipe.first)))]],
      ['Last event', [given(clipped(boundText(ipe.last)))]],
      ['Read from database', [given(clipped(ipe.database ?? 'unknown'))]],
      ['Read as role', [given(clipped(ipe.role ?? 'unknown'))]],
      ['Clock of the server', [instantText(ipe.serverTime)]],
      ['SHA-256 of the mirrored events', [code(ipe.populationSha256)]],
    ]),
    ...dayBlocks(ipe, facts),
    heading('How it was obtained'),
    ...(ipe.query === ''
      ? [paragraph('No query was made.')]
      : [paragraph('Query:'), { kind: 'verbatim', text: clipped(ipe.query) } as const]),
    tableOrNone(
      'Parameters of the query',
      [
        { title: 'Parameter', weight: 25 },
        { title: 'Value', weight: 75 },
      ],
      ipe.parameters.map(({ name, value }) => [
        [given(clipped(name))],
        [value === null ? 'not set' : given(clipped(value))],
      ]),
    ),
    ...(ipe.filters.length === 0
      ? [paragraph('Restrictions: none.')]
      : [
          paragraph('Restrictions:'),
          { kind: 'list', items: ipe.filters.map((filter) => [given(clipped(filter))]) } as const,
        ]),
  ];
}
