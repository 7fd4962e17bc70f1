// Says in plain words how two decisions came to differ, and what a person can do about it.
import { conflictKinds, type ConflictKind } from '#shared/model/conflict-list.ts';
import type { Conflict, ConflictCause } from '#shared/model/conflict.ts';
import { conflictStandings, type ConflictStanding } from '#shared/model/conflict-standing.ts';
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import { dispositions } from '#shared/model/finding.ts';
import { reviewChangeKinds, reviewFields } from '#shared/model/review-history.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { shortened } from '../../components/shortened.ts';
import { decisionWords } from '../../domain/decision-words.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { quoted } from '../../domain/event-words.ts';
import { byKey } from '../../texts/by-key.ts';
import { english } from '../../texts/en-GB/english.ts';
import { spokenLanguage, text } from '../../texts/text.ts';

export const standingWords = byKey(conflictStandings, (standing) => ({
  label: text(`conflicts:standing.${standing}.label`),
  plural: text(`conflicts:standing.${standing}.plural`),
  meaning: text(`conflicts:standing.${standing}.meaning`),
}));

export const kindWords = byKey(conflictKinds, (kind) => text(`conflicts:kind.${kind}`));

export const dispositionLabels = byKey(dispositions, (disposition) =>
  text(`conflicts:disposition.${disposition}`),
);

export const rowFieldWords = byKey(reviewFields, (field) => text(`conflicts:field.${field}`));

export const rowChangeWords = byKey(reviewChangeKinds, (kind) => text(`conflicts:rowChange.${kind}`));

const mostOfName = 60;

/** What happened, in a sentence or two; names and notes of the database are quoted. */
export function storyOf(conflict: Conflict): string {
  return conflict.reopened ? `${happened(conflict)} ${text('conflicts:story.again')}` : happened(conflict);
}

function happened({ cause, ours, theirs, standing, item }: Conflict): string {
  const mine = decisionWords[ours.decision].past;
  const reviewer = theirs?.reviewer ?? null;
  const decided = theirs?.decision ?? null;
  const who = reviewer === null ? text('conflicts:story.somebody') : quoted(shortened(reviewer, mostOfName));
  const what =
    decided === null
      ? text('conflicts:story.notesOnly')
      : text('conflicts:story.notesSay', { decision: decisionWords[decided].past });
  if (standing === 'corroboration')
    return text('conflicts:story.corroborated', { who, reviewer: quoted(ours.reviewerName), mine });
  if (cause === 'row-altered' && theirs === null) return text('conflicts:story.wiped', { mine });
  if (cause === 'row-altered') return text('conflicts:story.altered', { mine, who });
  if (cause === 'late-correction') return text('conflicts:story.late', { mine });
  if (cause === null) return text('conflicts:story.nothing');
  const first = text('conflicts:story.first', { who, what, mine });
  return item.reopened === true ? `${first} ${text('conflicts:story.goneSince')}` : first;
}

/**
 * What may be done, which is never a change of the row.
 * @param hasOtherSide whether the database names anybody for what stands there now
 */
export function adviceOf(
  standing: ConflictStanding,
  kind: ConflictKind = 'review',
  hasOtherSide = true,
): { title: string; meaning: string } {
  if (standing === 'corroboration')
    return {
      title: text('conflicts:advice.corroboration.title'),
      meaning: text(`conflicts:advice.corroboration.${kind}`),
    };
  if (standing === 'closed')
    return {
      title: text('conflicts:advice.closed.title'),
      meaning: text('conflicts:advice.closed.meaning'),
    };
  const situation = hasOtherSide ? 'open' : 'wiped';
  return {
    title: text(`conflicts:advice.${situation}.title`),
    meaning: text(`conflicts:advice.${situation}.${kind}`),
  };
}

/** What became of the machine line of ours. */
export function writtenWords(cause: ConflictCause | null): string {
  if (cause === 'row-altered') return text('conflicts:written.altered');
  if (cause === 'late-correction') return text('conflicts:written.earlier');
  return text('conflicts:written.not');
}

/** How the two moments lie to each other, by the server’s clock where ours was measured against it. */
export function orderWords(ours: string, theirs: string | null): string | null {
  if (theirs === null) return null;
  const milliseconds = (parseInstant(theirs) - parseInstant(ours)) / 1000;
  if (milliseconds === 0) return text('conflicts:order.same');
  const span =
    Math.abs(milliseconds) < 1000 ? text('conflicts:order.lessThanSecond') : durationWords(milliseconds);
  return milliseconds > 0
    ? text('conflicts:order.before', { span })
    : text('conflicts:order.after', { span });
}

/** How this computer’s clock stood to the server’s; positive is how far the server was ahead. */
export function offsetWords(offsetMs: number | null): string {
  if (offsetMs === null) return text('conflicts:offset.never');
  const seconds = Math.abs(offsetMs) / 1000;
  if (seconds < 0.1) return text('conflicts:offset.agreed');
  const amount = seconds < 120 ? `${tenths(seconds)} s` : durationWords(Math.abs(offsetMs));
  return offsetMs > 0
    ? text('conflicts:offset.behind', { amount })
    : text('conflicts:offset.ahead', { amount });
}

const tenths = (seconds: number): string =>
  seconds.toLocaleString(spokenLanguage(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const entries = english.conflicts.entry;

const isNamed = (type: string): type is keyof typeof entries => Object.hasOwn(entries, type);

/** What an entry of the ledger did to the item. */
export function entryWords(type: LedgerEntryType): string {
  return isNamed(type) ? text(`conflicts:entry.${type}`) : type;
}
