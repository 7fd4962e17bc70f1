// The words for decisions and for how far each has travelled.
import {
  decisionKinds,
  reviewStatuses,
  syncStates,
  type DecisionKind,
  type SyncState,
} from '#shared/model/review.ts';
import { byKey } from '../texts/by-key.ts';
import { text } from '../texts/text.ts';

export type DecisionWords = {
  label: string;
  /** Single key in the queue. */
  key: string;
  past: string;
  meaning: string;
};

/** The same in every language: hands learn them. */
const keys: Readonly<Record<DecisionKind, string>> = {
  certify: 'c',
  revoke: 'r',
  modify: 'm',
  abstain: 'a',
  escalate: 'e',
};

export const decisionWords = byKey(decisionKinds, (decision): DecisionWords => ({
  label: text(`domain:decision.${decision}.label`),
  key: keys[decision],
  past: text(`domain:decision.${decision}.past`),
  meaning: text(`domain:decision.${decision}.meaning`),
}));

/** A reason is asked for everything but a single certification. */
export function needsReason(decision: DecisionKind, items: number): boolean {
  return decision !== 'certify' || items > 1;
}

export type Tone = 'neutral' | 'good' | 'info' | 'warning' | 'danger';

const tones: Readonly<Record<SyncState, Tone>> = {
  unsent: 'info',
  unknown: 'warning',
  applied: 'good',
  'already-mine': 'good',
  superseded: 'warning',
  changed: 'warning',
  'not-visible': 'warning',
  rejected: 'danger',
  'awaiting-second': 'warning',
  disagreed: 'danger',
  local: 'neutral',
};

export const syncWords = byKey(syncStates, (state) => ({
  label: text(`domain:sync.${state}.label`),
  meaning: text(`domain:sync.${state}.meaning`),
  tone: tones[state],
}));

export const statusWords = byKey(reviewStatuses, (status) => text(`domain:reviewStatus.${status}`));
