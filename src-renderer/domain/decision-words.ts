// The words for decisions and for how far each has travelled.
import type { DecisionKind, ReviewStatus, SyncState } from '#shared/model/review.ts';

export type DecisionWords = {
  label: string;
  /** Single key in the queue. */
  key: string;
  past: string;
  meaning: string;
};

export const decisionWords: Record<DecisionKind, DecisionWords> = {
  certify: { label: 'Certify', key: 'c', past: 'Certified', meaning: 'The action was right and may stand.' },
  revoke: { label: 'Revoke', key: 'r', past: 'Revoked', meaning: 'The action was wrong and must be undone.' },
  modify: { label: 'Modify', key: 'm', past: 'To be modified', meaning: 'It may stand in a changed form.' },
  abstain: { label: 'Abstain', key: 'a', past: 'Abstained', meaning: 'I cannot judge this; it stays open.' },
  escalate: {
    label: 'Escalate',
    key: 'e',
    past: 'Escalated',
    meaning: 'Somebody else must decide; it stays open.',
  },
};

/** A reason is asked for everything but a single certification. */
export function needsReason(decision: DecisionKind, items: number): boolean {
  return decision !== 'certify' || items > 1;
}

export type Tone = 'neutral' | 'good' | 'info' | 'warning' | 'danger';

export const syncWords: Record<SyncState, { label: string; meaning: string; tone: Tone }> = {
  unsent: { label: 'Not sent', meaning: 'Recorded here, not yet in the audit database.', tone: 'info' },
  unknown: {
    label: 'Answer lost',
    meaning:
      'It was sent, but the answer did not arrive. The next sync finds out; it is never applied twice.',
    tone: 'warning',
  },
  applied: { label: 'Applied', meaning: 'It is in the audit database.', tone: 'good' },
  'already-mine': { label: 'Applied', meaning: 'An earlier attempt had already arrived.', tone: 'good' },
  superseded: {
    label: 'Superseded',
    meaning: 'Somebody else decided first. Ours is kept as a concurrent opinion.',
    tone: 'warning',
  },
  changed: {
    label: 'Item changed',
    meaning: 'The item is no longer what was shown when it was decided. Look again.',
    tone: 'warning',
  },
  'not-visible': {
    label: 'Not visible',
    meaning: 'The audit database no longer shows this item. Ours is kept here.',
    tone: 'warning',
  },
  rejected: {
    label: 'Rejected',
    meaning: 'It was refused, by the audit database or here before it left. Ours is kept.',
    tone: 'danger',
  },
  'awaiting-second': {
    label: 'To second',
    meaning: 'A rule asks for a second reviewer. Until that person concurs, it is not final and not sent.',
    tone: 'warning',
  },
  disagreed: {
    label: 'Disputed',
    meaning:
      'The second person disagrees. It is not final and not sent. The item stays open until somebody decides anew.',
    tone: 'danger',
  },
  local: {
    label: 'Kept here',
    meaning: 'This kind of decision is not written to the audit database.',
    tone: 'neutral',
  },
};

export const statusWords: Record<ReviewStatus, string> = {
  pending: 'To decide',
  decided: 'Decided here',
  reviewed: 'Decided elsewhere',
  gone: 'No longer visible',
};
