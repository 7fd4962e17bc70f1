// What was allowed to pass, who answers for it, how much it hid, and what blind checks of it found.
import { exception } from '#shared/model/detection.ts';
import type { GrantedRow, ReportRows } from '../collect-rows.ts';
import { code, given, paragraph, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';
import { clipped, countText, instantText } from '../visible-text.ts';
import { listedText } from './decisions.ts';

function rowOf({ granted, ended, hidden }: GrantedRow): Phrase[] {
  const found = exception.safeParse(granted.payload).data;
  if (found === undefined)
    return [
      [code(clipped(granted.subject ?? 'unknown'))],
      ['not readable'],
      ['unknown'],
      ['unknown'],
      ['unknown'],
    ];
  const { id, detector, entityKind, entity, action, hourOfWeek, maximumCount, owner, reason, expiresAt } =
    found;
  return [
    [code(clipped(id))],
    [
      `${clipped(detector)}, ${clipped(entityKind)} `,
      given(clipped(entity)),
      ', ',
      ...(action === null ? ['any action'] : [given(clipped(action))]),
      `${hourOfWeek === null ? '' : `, hour ${hourOfWeek} of the week`}, at most ${countText(maximumCount)} events`,
    ],
    [given(clipped(owner)), '\n', given(clipped(reason))],
    [
      `${instantText(granted.wall_time)} – ${ended === null ? instantText(expiresAt) : `ended early, ${instantText(ended.wall_time)}`}\nby `,
      given(clipped(granted.actor)),
    ],
    [countText(hidden)],
  ];
}

export function exceptionBlocks({ exceptions }: ReportRows, facts: Facts): Block[] {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  return [
    paragraph(
      'An exception hides findings from the list of open ones; it does not delete them. They are counted and listed in this pack. Of those it hides, some come back as blind checks: whoever judges them does not know that they were hidden.',
    ),
    paragraph(
      'Suppressed: ',
      fact('suppressed'),
      '. Blind checks: ',
      fact('blindChecks'),
      ', of these escalated: ',
      fact('blindChecksEscalated'),
      '. Miss rate: ',
      fact('blindCheckMissRate'),
      '.',
    ),
    ...listedText(exceptions, 'data/ledger.jsonl'),
    tableOrNone(
      'Exceptions granted',
      [
        { title: 'Exception', weight: 18 },
        { title: 'What may pass', weight: 30 },
        { title: 'Owner, reason', weight: 26 },
        { title: 'Valid', weight: 20 },
        { title: 'Hides now', weight: 10 },
      ],
      exceptions.rows.map(rowOf),
    ),
  ];
}
