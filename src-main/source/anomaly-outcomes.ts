// What became of a disposition that did not change its row: told from the row as it is now, without a guess.
import { createHash } from 'node:crypto';
import type { AnomalySyncItem, ServerDisposition } from '#shared/model/anomaly.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { SourceAnomaly } from './anomalies.ts';
import { dispositionOf } from './anomaly-words.ts';

/** The scorer's words as they were shown to the person; a row that says anything else is another row. */
export interface ShownAnomaly {
  tenant: string | null;
  user: string | null;
  anomalyType: string | null;
  severity: string | null;
  score: string | null;
  detectedText: string | null;
  /** SHA-256 in hex; null for none. */
  contextSha256: string | null;
}

/** A disposition on its way to the server. */
export interface DispositionIntent {
  /** ULID of its ledger entry. */
  dispositionId: string;
  anomalyId: string;
  shown: ShownAnomaly;
  reviewerId: string;
  /** Every id by which the reviewer is known, in lower case. */
  ownIds: readonly string[];
  /** As the column allows it. */
  word: string;
  /** Written as reviewed_at: a moment of the server's own clock, taken just before. */
  stampMicroseconds: number;
  /** Every stamp this disposition was ever sent with, this one included: the table offers nothing else to know our write by. */
  stamps: readonly number[];
}

export interface DispositionResult extends AnomalySyncItem {
  server: ServerDisposition | null;
  /** True when sending the same disposition later may succeed. */
  isTransient: boolean;
}

type Reviewed = Pick<SourceAnomaly, 'disposition' | 'reviewedBy' | 'reviewedText' | 'reviewedMicroseconds'>;

/** Somebody judged the row; one who was only asked to has left neither time nor word. */
export function isReviewed({ reviewedText, disposition }: Reviewed): boolean {
  return reviewedText !== null || disposition !== null;
}

export function serverDispositionOf(row: Reviewed): ServerDisposition | null {
  if (!isReviewed(row)) return null;
  const { disposition, reviewedBy, reviewedMicroseconds: at } = row;
  const reviewedAt = at === null ? null : formatInstant(at);
  return { disposition, understoodAs: dispositionOf(disposition), reviewedBy, reviewedAt };
}

export function contextDigest(context: string | null): string | null {
  return context === null ? null : createHash('sha256').update(context, 'utf8').digest('hex');
}

/** `open` means: still unreviewed and as shown, so sending once more is right. */
export function classifyAnomaly(
  intent: DispositionIntent,
  row: SourceAnomaly | null,
  isSameIdentity: (a: string, b: string) => boolean,
): DispositionResult | 'open' {
  if (row === null)
    return resultOf(intent, 'not-visible', null, 'The row is gone, or this user may no longer see it.');
  if (isReviewed(row)) return classifyReviewed(intent, row, isSameIdentity);
  const differences = differencesOf(intent.shown, row);
  if (differences.length > 0)
    return resultOf(
      intent,
      'changed',
      row,
      `Since it was shown, the row changed: ${differences.join(', ')}.`,
    );
  if (row.user !== null && isOneOf(row.user, intent, isSameIdentity))
    return resultOf(
      intent,
      'rejected',
      row,
      'The reviewer is the person this anomaly is about; nobody reviews their own action.',
    );
  return 'open';
}

function isOneOf(
  user: string,
  { reviewerId, ownIds }: DispositionIntent,
  isSameIdentity: (a: string, b: string) => boolean,
): boolean {
  return isSameIdentity(user, reviewerId) || ownIds.includes(user.toLowerCase());
}

export function resultOf(
  intent: Pick<DispositionIntent, 'anomalyId' | 'dispositionId'>,
  outcome: DispositionResult['outcome'],
  row: Reviewed | null,
  detail: string | null,
  isTransient = false,
): DispositionResult {
  const { anomalyId: anomaly, dispositionId } = intent;
  const server = row === null ? null : serverDispositionOf(row);
  return { anomaly, dispositionId, outcome, detail, server, isTransient };
}

function classifyReviewed(
  intent: DispositionIntent,
  row: SourceAnomaly,
  isSameIdentity: (a: string, b: string) => boolean,
): DispositionResult {
  const isOurs = row.reviewedBy !== null && isSameIdentity(row.reviewedBy, intent.reviewerId);
  const isOurMoment = row.reviewedMicroseconds !== null && intent.stamps.includes(row.reviewedMicroseconds);
  if (isOurs && isOurMoment && row.disposition === intent.word)
    return resultOf(intent, 'already-mine', row, null);
  const sentence = isOurMoment
    ? 'The row carries the moment of this disposition, but not its content: somebody altered it afterwards.'
    : isOurs
      ? 'The row already carries a disposition of the same reviewer, written elsewhere or at another time; that one stands.'
      : 'Somebody else judged this anomaly first; their disposition stands.';
  return resultOf(intent, 'superseded', row, sentence);
}

const names: readonly (readonly [keyof ShownAnomaly & keyof SourceAnomaly, string])[] = [
  ['tenant', 'tenant'],
  ['user', 'user'],
  ['anomalyType', 'type of anomaly'],
  ['severity', 'severity'],
  ['score', 'score'],
  ['detectedText', 'time of detection'],
];

/** Which of the scorer's words differ, by name. */
export function differencesOf(shown: ShownAnomaly, row: SourceAnomaly): string[] {
  const differences = names.filter(([field]) => shown[field] !== row[field]).map(([, name]) => name);
  return shown.contextSha256 === contextDigest(row.context) ? differences : [...differences, 'context'];
}
