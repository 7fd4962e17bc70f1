// What came of asking for timestamps.
import { z } from 'zod';
import { text } from '../../texts/text.ts';

const stamped = z.object({ added: z.number() });

export function timestampWords(result: unknown): string {
  const { data } = stamped.safeParse(result);
  if (data === undefined) return text('evidence:timestamp.asked');
  return data.added === 0
    ? text('evidence:timestamp.already')
    : text('evidence:timestamp.added', { count: data.added });
}
