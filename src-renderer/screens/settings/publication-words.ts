// What publishing means, and how it stands, in words.
import type { PublicationState } from '#shared/model/anomaly.ts';

/** One or two sentences; what was published stays, whatever is chosen now. */
export function publicationSentence({ isOn, waiting }: Pick<PublicationState, 'isOn' | 'waiting'>): string {
  const what =
    'a row of its own in the source’s table of anomalies, under an id that every workstation derives alike, so never twice';
  if (!isOn)
    return `Findings stay in this workspace. Turned on, each one that stands becomes ${what}. This takes the right to INSERT there.`;
  if (waiting === 0) return 'Every finding that stands and has a word there has been published.';
  return `With the next sync, each finding that stands becomes ${what}. What is published stays, also when this is turned off.`;
}
