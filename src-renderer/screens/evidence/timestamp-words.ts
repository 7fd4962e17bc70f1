// What came of asking for timestamps.
import { z } from 'zod';
import { countWords } from '../../domain/count-words.ts';

const stamped = z.object({ added: z.number() });

export function timestampWords(result: unknown): string {
  const { data } = stamped.safeParse(result);
  if (data === undefined) return 'The timestamp service was asked.';
  return data.added === 0
    ? 'Every signature of the pack has a timestamp already.'
    : `${countWords(data.added, 'timestamp')} added; the SHA-256 of the pack file is another now.`;
}
