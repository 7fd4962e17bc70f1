// Says in words what an entry of the ledger records; what people entered or the database holds is told apart from our words.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Saying } from '#shared/model/ledger.ts';
import { sayAnomalyEntry } from './entry-words-anomalies.ts';
import { sayCampaignEntry } from './entry-words-campaigns.ts';
import { sayWorkPaperEntry } from './entry-words-work-papers.ts';
import { sayWorkspaceEntry } from './entry-words-workspace.ts';
import { because, plural, textOf, textsOf, value, words } from './say.ts';
import type { LedgerState } from './projection.ts';

/** What of the state the words need: an act may be about a decision that an earlier entry holds. */
export type SayingState = Pick<LedgerState, 'decisionsById'>;

/** Never throws: what an entry does not say is left out, and a kind without words of its own is named. */
export function sayEntry(entry: LedgerEntry, state: SayingState): Saying {
  return (
    sayReviewEntry(entry, state) ??
    sayAnomalyEntry(entry) ??
    sayWorkPaperEntry(entry) ??
    sayCampaignEntry(entry) ??
    sayWorkspaceEntry(entry) ?? [words(`${capital(entry.type.replaceAll('-', ' '))}.`)]
  );
}

function sayReviewEntry({ type, payload, subject }: LedgerEntry, state: SayingState): Saying | null {
  switch (type) {
    case 'decision':
      return sayDecision(payload);
    case 'decision-withdrawn':
      return [words('Took the decision back: '), ...aboutDecision(state, payload['decision'], subject)];
    case 'self-review-refused':
      return [
        words('Refused a decision on an action of one’s own: '),
        value(textOf(payload, 'action') ?? subject),
      ];
    case 'concurrence':
      return sayConcurrence(payload, state, subject);
    case 'disposition':
      return sayDisposition(payload, subject);
    case 'exception-granted':
      return sayException(payload);
    case 'exception-ended':
      return [words('Ended an exception.'), ...because(payload, 'reason', 'Reason')];
    case 'conflict-closed':
      return [
        words('Closed the conflict about '),
        ...aboutDecision(state, payload['decision'], subject),
        ...because(payload, 'note', 'Note'),
      ];
    case 'sync-sent':
      return [words(`About to send ${sendingWords(payload)}.`)];
    case 'sync-outcome':
      return [words(`The audit database answered: ${outcomeWords(payload)}.`)];
    case 'review-created':
      return sayCreated(payload);
    default:
      return null;
  }
}

const pastOf: Readonly<Record<string, string>> = {
  certify: 'Certified',
  revoke: 'Revoked',
  modify: 'To be modified:',
  abstain: 'Abstained on',
  escalate: 'Escalated',
};

function sayDecision(payload: LedgerEntry['payload']): Saying {
  const decision = textOf(payload, 'decision') ?? '';
  return [
    words(`${pastOf[decision] ?? 'Decided'} `),
    ...actionOf(payload),
    words('.'),
    ...(textOf(payload, 'supersedes') === null ? [] : [words(' It corrects an earlier decision.')]),
    ...(textsOf(payload, 'fourEyes').length === 0 ? [] : [words(' It needs a second person.')]),
    ...because(payload, 'reason', 'Reason'),
  ];
}

function actionOf(payload: Readonly<Record<string, unknown>>): Saying {
  const actor = textOf(payload, 'actor');
  return [
    value(textOf(payload, 'action') ?? 'an action'),
    ...(actor === null ? [words(' by nobody named')] : [words(' by '), value(actor)]),
  ];
}

function aboutDecision(state: SayingState, id: unknown, subject: string | null): Saying {
  const decision = typeof id === 'string' ? state.decisionsById.get(id) : undefined;
  return [...(decision ? actionOf(decision.payload) : [value(subject ?? 'an item')]), words('.')];
}

function sayConcurrence(payload: LedgerEntry['payload'], state: SayingState, subject: string | null): Saying {
  return [
    words(
      payload['agree'] === true ? 'Concurred, as second person, on ' : 'Disagreed, as second person, on ',
    ),
    ...aboutDecision(state, payload['decision'], subject),
    ...because(payload, 'reason', 'Reason'),
  ];
}

const dispositionPast: Readonly<Record<string, string>> = {
  acknowledged: 'Acknowledged the finding',
  'false-positive': 'Called a false positive: the finding',
  escalated: 'Escalated the finding',
};

function sayDisposition(payload: LedgerEntry['payload'], subject: string | null): Saying {
  const shown = partsOf(payload['shown']);
  const about = textOf(shown, 'actor') ?? textOf(shown, 'entity');
  return [
    words(`${dispositionPast[textOf(payload, 'disposition') ?? ''] ?? 'Judged the finding'} `),
    value(textOf(shown, 'detector') ?? subject ?? 'unnamed'),
    ...(about === null || about === '' ? [] : [words(' about '), value(about)]),
    words('.'),
    ...because(payload, 'note', 'Note'),
  ];
}

function sayException(payload: LedgerEntry['payload']): Saying {
  return [
    words('Let findings pass: '),
    value(textOf(payload, 'detector') ?? 'every detector'),
    words(' about '),
    value(textOf(payload, 'entity') ?? 'anybody'),
    words('.'),
    ...because(payload, 'reason', 'Reason'),
  ];
}

function sendingWords(payload: LedgerEntry['payload']): string {
  const decisions = listOf(payload['decisions']).length;
  const anomalies = listOf(payload['anomalies']).length;
  const parts = [
    ...(decisions > 0 || anomalies === 0 ? [plural(decisions, 'decision')] : []),
    ...(anomalies > 0
      ? [plural(anomalies, 'disposition of the source’s anomalies', 'dispositions of the source’s anomalies')]
      : []),
  ];
  return parts.join(' and ');
}

const outcomeNames: Readonly<Record<string, string>> = {
  applied: 'applied',
  'already-mine': 'had arrived before',
  superseded: 'superseded',
  changed: 'not taken, as the item had changed',
  'not-visible': 'not visible',
  rejected: 'rejected',
  created: 'added',
  present: 'there already',
  refused: 'refused',
  waiting: 'still waiting',
};

function outcomeWords(payload: LedgerEntry['payload']): string {
  const asSent = listOf(partsOf(payload['asSent'])['decisions']).map(() => ({ outcome: 'applied' }));
  return countedWords([...asSent, ...listOf(payload['items']), ...listOf(payload['anomalies'])]);
}

function countedWords(items: readonly unknown[]): string {
  const counts = new Map<string, number>();
  for (const item of items) {
    const outcome = textOf(partsOf(item), 'outcome') ?? 'unknown';
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const said = [...counts].map(([outcome, count]) => `${count} ${outcomeNames[outcome] ?? outcome}`);
  return said.length === 0 ? 'nothing' : said.join(', ');
}

function sayCreated(payload: LedgerEntry['payload']): Saying {
  const rows = listOf(payload['rows']);
  if (payload['step'] === 'leaving')
    return [words(`About to add ${plural(rows.length, 'missing review row')}.`)];
  return [words(`Missing review rows: ${countedWords(rows)}.`)];
}

const listOf = (part: unknown): readonly unknown[] => (Array.isArray(part) ? part : []);

const partsOf = (part: unknown): Readonly<Record<string, unknown>> =>
  typeof part === 'object' && part !== null ? { ...part } : {};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
