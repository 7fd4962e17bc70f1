// What was allowed to pass within the period, who answers for it, how much it hid, and what blind checks of it found.
import { parseInstant } from '#shared/time/instant.ts';
import type { ExceptionLine } from '../../parts/exceptions-part.ts';
import type { PackPredicate } from '../../statement.ts';
import { code, given, paragraph, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import type { ReportEdition } from '../edition.ts';
import { stateFact, type Facts } from '../facts.ts';
import type { ReportInput } from '../report-input.ts';
import { clipped, instantText, numberOf } from '../visible-text.ts';
import { listedText } from './decisions.ts';

type Period = PackPredicate['period'];

/** Where a grant lies in time, as seen from the period. */
function grantedText(at: string, { from, to }: Period): string {
  if (from !== null && parseInstant(at) < parseInstant(from)) return 'before the period';
  return to !== null && parseInstant(at) > parseInstant(to) ? 'after the period' : 'in the period';
}

/** A finding without an action is about several at once, and so is an exception for it. */
function actionPhrase(action: string | null): Phrase[number] {
  if (action === null) return 'any action';
  return action === '' ? 'several actions at once' : given(clipped(action));
}

const days = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const;

/** Local time in the zone of the workspace. */
function hourText(hourOfWeek: number): string {
  const hour = String(hourOfWeek % 24).padStart(2, '0');
  return `${days[Math.floor(hourOfWeek / 24)] ?? 'unknown day'} ${hour}:00 to ${hour}:59 (local)`;
}

function scopePhrase({ exception }: ExceptionLine): Phrase {
  const { detector, entityKind, entity, action, hourOfWeek, maximumCount } = exception;
  return [
    `${clipped(detector)}, ${clipped(entityKind)} `,
    given(clipped(entity)),
    ', ',
    actionPhrase(action),
    `${hourOfWeek === null ? '' : `, ${hourText(hourOfWeek)}`}, at most ${numberOf(maximumCount, 'event', 'events')}`,
  ];
}

function endPhrase({ exception, ended }: ExceptionLine, standing: Phrase[number]): Phrase {
  if (ended === null) return [standing, `\nuntil ${instantText(exception.expiresAt)}`];
  return [
    standing,
    `, ${instantText(ended.at)}, by `,
    given(clipped(ended.by)),
    ...(ended.reason === null || ended.reason === '' ? [] : [': ', given(clipped(ended.reason))]),
  ];
}

function rowOf(line: ExceptionLine, facts: Facts, period: Period): Phrase[] {
  const { exception, granted } = line;
  const fact = (name: string) => stateFact(facts, `exception-${exception.id}-${name}`);
  return [
    [code(clipped(exception.id))],
    scopePhrase(line),
    [given(clipped(exception.owner)), '\n', given(clipped(exception.reason))],
    [
      `Granted ${grantedText(granted.at, period)}, ${instantText(granted.at)}, by `,
      given(clipped(granted.by)),
      '\n',
      ...endPhrase(line, fact('standing')),
    ],
    [fact('hidden'), '\nblind checks: ', fact('blindChecks'), ', escalated: ', fact('blindChecksEscalated')],
  ];
}

const meaning = paragraph(
  'An exception hides findings from the list of open ones; it does not delete them. They are counted and listed in this pack. Of those it hides, some come back as blind checks: whoever judges them does not know that they were hidden.',
);

function countsPhrase(facts: Facts): Block {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  return paragraph(
    'Suppressed: ',
    fact('suppressed'),
    '. Blind checks: ',
    fact('blindChecks'),
    ', of these escalated: ',
    fact('blindChecksEscalated'),
    '. Miss rate: ',
    fact('blindCheckMissRate'),
    '.',
  );
}

/** Editions before the third listed what the ledger grants, and stated no number about a single exception. */
export function exceptionBlocks(input: ReportInput, facts: Facts, edition: ReportEdition): Block[] {
  const { exceptions } = input.rows;
  if (edition < 3) return [meaning, countsPhrase(facts)];
  const { period } = input.predicate;
  return [
    meaning,
    countsPhrase(facts),
    paragraph(
      'Listed are the exceptions that were in force at some time since the first event of the period, until this pack was made. They hide ',
      stateFact(facts, 'exceptions-hidden'),
      ' of the suppressed findings; exceptions that had ended before hide ',
      stateFact(facts, 'exceptions-hiddenByOthers'),
      '.',
    ),
    ...listedText(exceptions, 'data/exceptions.jsonl'),
    tableOrNone(
      'Exceptions in force within the period',
      [
        { title: 'Exception', weight: 16 },
        { title: 'What may pass', weight: 25 },
        { title: 'Owner, reason', weight: 22 },
        { title: 'Granted and ended (claimed)', weight: 26 },
        { title: 'Hides', weight: 13 },
      ],
      exceptions.rows.map((line) => rowOf(line, facts, period)),
    ),
  ];
}
