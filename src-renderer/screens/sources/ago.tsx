// An instant with how long ago it was: never the one without the other.
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';

/** @param missing stands where it never was */
export function Ago({
  at,
  now,
  missing = text('sources:never'),
}: {
  at: string | null;
  now: string;
  missing?: string;
}) {
  if (at === null) return missing;
  const span = durationWords(Math.max(0, Date.parse(now) - Date.parse(at)));
  return <Rich of="sources:at" values={{ span }} parts={{ at: <InstantText instant={at} /> }} />;
}
