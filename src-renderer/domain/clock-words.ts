// Says how far the clocks of the database and of this computer are apart.
import type { ClockStanding } from '#shared/model/sync.ts';
import { durationWords } from './duration-words.ts';

/** `The database’s clock is 23 min 5 s ahead of this computer’s.`; positive is ahead. */
export function apartSentence(offsetMs: number): string {
  const side = offsetMs > 0 ? 'ahead of' : 'behind';
  return `The database’s clock is ${durationWords(offsetMs)} ${side} this computer’s.`;
}

export type ClockWarning = { id: 'held' | 'warn' | 'jump'; title: string; text: string };

const daysInSight = 7;

/** What of the clocks a person should know, the most pressing first; a clock set back longer than a week ago is history. */
export function clockWarnings({ standing, offsetMs, jump }: ClockStanding, nowMs: number): ClockWarning[] {
  const warnings: ClockWarning[] = [];
  if (standing === 'held' && offsetMs !== null)
    warnings.push({
      id: 'held',
      title: `${apartSentence(offsetMs)} Nothing is sent.`,
      text: 'Set this computer’s clock and send again. If the difference is meant, acknowledge it with a reason, which goes into the ledger. Every decision is kept meanwhile.',
    });
  if (standing === 'warn' && offsetMs !== null)
    warnings.push({
      id: 'warn',
      title: apartSentence(offsetMs),
      text: 'Decisions are sent all the same, and the database’s own clock says when each was reviewed. More than 15 minutes would hold sending.',
    });
  if (jump && nowMs - Date.parse(jump.at) < daysInSight * 86_400_000)
    warnings.push({
      id: 'jump',
      title: `This computer’s clock was set back by ${durationWords(jump.backMs)}.`,
      text: `Entry ${jump.entry} of the ledger says so. Entries keep their order whatever the clock says; only their times by this computer overlap.`,
    });
  return warnings;
}
