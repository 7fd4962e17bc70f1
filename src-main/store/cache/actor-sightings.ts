// What the mirror knows of everybody at once: when each was last seen, and how many findings are about each.
import type { DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';

/** When each actor last did anything, in microseconds since the epoch. */
export function readLastEvents(database: DatabaseHandle): Map<string, number> {
  const found = rows<{ actor: string; last: number }>(
    database,
    "SELECT actor, max(last_us) AS last FROM actor WHERE actor <> '' GROUP BY actor",
  );
  return new Map(found.map(({ actor, last }) => [actor, last]));
}

/** How many findings that still stand begin in a period about each actor; the end is not part of it. */
export function countFindingsByActor(
  database: DatabaseHandle,
  fromMicroseconds: number,
  toMicroseconds: number,
): Map<string, number> {
  const found = rows<{ actor: string; findings: number }>(
    database,
    `SELECT actor, count(*) AS findings FROM finding_version v
      WHERE start_us >= ? AND start_us < ? AND actor <> '' AND flagged = 1
        AND version = (SELECT max(version) FROM finding_version w WHERE w.id = v.id)
      GROUP BY actor`,
    fromMicroseconds,
    toMicroseconds,
  );
  return new Map(found.map(({ actor, findings }) => [actor, findings]));
}

/** Everybody about whom any finding was ever recorded. */
export function readActorsWithFindings(database: DatabaseHandle): Set<string> {
  const found = rows<{ id: string }>(
    database,
    "SELECT actor AS id FROM finding_version UNION SELECT entity FROM finding_version WHERE entity_kind = 'actor'",
  );
  return new Set(found.map(({ id }) => id));
}
