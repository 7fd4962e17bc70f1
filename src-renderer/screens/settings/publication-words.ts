// What publishing means, and how it stands, in words.
import type { PublicationState } from '#shared/model/anomaly.ts';
import { text } from '../../texts/text.ts';

/** One or two sentences; what was published stays, whatever is chosen now. */
export function publicationSentence({ isOn, waiting }: Pick<PublicationState, 'isOn' | 'waiting'>): string {
  if (!isOn) return text('settings:publication.whileOff');
  return text(waiting === 0 ? 'settings:publication.allDone' : 'settings:publication.whileOn');
}
