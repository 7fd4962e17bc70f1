// The words for entries about the source's own anomalies, and about findings of ours beside them.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Saying } from '#shared/model/ledger.ts';
import { because, plural, textOf, value, words } from './say.ts';

/** Null for entries about anything else. */
export function sayAnomalyEntry({ type, payload, subject }: LedgerEntry): Saying | null {
  switch (type) {
    case 'anomaly-disposition':
      return sayDisposition(payload, subject);
    case 'publication-changed':
      return [
        words(
          payload['after'] === true
            ? 'Turned on: findings are published in the source’s table.'
            : 'Turned off: findings are not published in the source’s table.',
        ),
        ...because(payload, 'reason', 'Reason'),
      ];
    case 'publication':
      return [words(publicationWords(payload))];
    default:
      return null;
  }
}

const pastOf: Readonly<Record<string, string>> = {
  acknowledged: 'Acknowledged the source’s anomaly',
  'false-positive': 'Called a false positive: the source’s anomaly',
  escalated: 'Escalated the source’s anomaly',
};

function sayDisposition(payload: LedgerEntry['payload'], subject: string | null): Saying {
  const shown = partsOf(payload['shown']);
  const user = textOf(shown, 'user');
  return [
    words(`${pastOf[textOf(payload, 'disposition') ?? ''] ?? 'Judged the source’s anomaly'} `),
    value(textOf(shown, 'anomalyType') ?? subject ?? 'without a type'),
    ...(user === null ? [] : [words(' about '), value(user)]),
    words('.'),
    ...because(payload, 'note', 'Note'),
  ];
}

function publicationWords(payload: LedgerEntry['payload']): string {
  const items: readonly unknown[] = Array.isArray(payload['items']) ? payload['items'] : [];
  if (payload['phase'] === 'sending') return `About to publish ${plural(items.length, 'finding')}.`;
  const there = items.filter((item) => {
    const outcome = textOf(partsOf(item), 'outcome');
    return outcome === 'published' || outcome === 'already-there';
  }).length;
  const refused = items.length - there;
  const tail = refused === 0 ? '' : ` ${plural(refused, 'row was', 'rows were')} not taken.`;
  return `${plural(there, 'finding')} now in the source’s table.${tail}`;
}

const partsOf = (part: unknown): Readonly<Record<string, unknown>> =>
  typeof part === 'object' && part !== null ? { ...part } : {};
