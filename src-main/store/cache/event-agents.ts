// User agents of events kept whole: numbers in place of long texts, where few of them differ.
import type { DatabaseHandle } from '../database.ts';
import { longestAgentList } from './schema-kept-events.ts';

/** A number is a bigint: as a number it would be stored as one with a fraction. */
export type StoredAgent = string | bigint | null;

/** Numbers texts as the file does, new ones too; belongs into one transaction, since others may number as well. */
export function agentNumbers(database: DatabaseHandle): (agent: string | null) => StoredAgent {
  const known = new Map<string, StoredAgent>();
  const find = database
    .prepare<[string], bigint>('SELECT id FROM event_agent WHERE agent = ?')
    .pluck()
    .safeIntegers();
  const count = database.prepare<[], number>('SELECT count(*) FROM event_agent').pluck();
  const add = database.prepare<[string]>('INSERT INTO event_agent (agent) VALUES (?)');
  let left: number | null = null;
  const numberOf = (agent: string): StoredAgent => {
    const found = find.get(agent);
    if (found !== undefined) return found;
    left ??= longestAgentList - count.get()!;
    if (left <= 0) return agent;
    left -= 1;
    return BigInt(add.run(agent).lastInsertRowid);
  };
  return (agent) => {
    if (agent === null) return null;
    let stored = known.get(agent);
    if (stored === undefined) {
      stored = numberOf(agent);
      // A source whose agents all differ must not fill the memory with them.
      if (typeof stored === 'bigint') known.set(agent, stored);
    }
    return stored;
  };
}

/** SQL that reads the text back, whichever way it is stored. */
export const agentText = (event: string): string =>
  `CASE typeof(${event}.user_agent) WHEN 'integer' THEN (SELECT agent FROM event_agent WHERE id = ${event}.user_agent) ELSE ${event}.user_agent END`;
