// Says how far the clocks of the database and of this computer are apart.
import type { ClockStanding } from '#shared/model/sync.ts';
import { text } from '../texts/text.ts';
import { durationWords } from './duration-words.ts';

/** `The database’s clock is 23 min 5 s ahead of this computer’s.`; positive is ahead. */
export function apartSentence(offsetMs: number): string {
  const apart = durationWords(offsetMs);
  return offsetMs > 0 ? text('domain:clock.ahead', { apart }) : text('domain:clock.behind', { apart });
}

export type ClockWarning = { id: 'held' | 'warn' | 'acknowledged' | 'jump'; title: string; meaning: string };

const daysInSight = 7;

/** What of the clocks a person should know, the most pressing first; a clock set back longer than a week ago is history. */
export function clockWarnings({ standing, offsetMs, jump }: ClockStanding, nowMs: number): ClockWarning[] {
  const warnings: ClockWarning[] = [];
  if (standing === 'held' && offsetMs !== null)
    warnings.push({
      id: 'held',
      title: text('domain:clock.held', { apart: apartSentence(offsetMs) }),
      meaning: text('domain:clock.heldMeaning'),
    });
  if (standing === 'warn' && offsetMs !== null)
    warnings.push({
      id: 'warn',
      title: apartSentence(offsetMs),
      meaning: text('domain:clock.warnMeaning'),
    });
  if (standing === 'acknowledged' && offsetMs !== null)
    warnings.push({
      id: 'acknowledged',
      title: apartSentence(offsetMs),
      meaning: text('domain:clock.acknowledgedMeaning'),
    });
  if (jump && nowMs - Date.parse(jump.at) < daysInSight * 86_400_000)
    warnings.push({
      id: 'jump',
      title: text('domain:clock.jump', { back: durationWords(jump.backMs) }),
      meaning: text('domain:clock.jumpMeaning', { entry: jump.entry }),
    });
  return warnings;
}
