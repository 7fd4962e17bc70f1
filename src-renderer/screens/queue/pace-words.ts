// How long the rest will take, in words.
import type { Pace } from '#shared/model/triage.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { text } from '../../texts/text.ts';

const minuteMs = 60_000;

/** A pace is never guessed: a few decisions say nothing about one. */
export function paceWords({ remaining, remainingMinutes }: Pace): string {
  if (remaining === 0) return text('queue:pace.done');
  if (remainingMinutes === null) return text('queue:pace.unknown');
  const span = durationWords(Math.max(1, Math.round(remainingMinutes)) * minuteMs);
  return text('queue:pace.left', { span });
}
