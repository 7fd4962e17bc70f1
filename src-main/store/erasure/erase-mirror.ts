// Erases a person from cache.sqlite and makes sure that the bytes are gone from the file. Counts per quarter hour stay.
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import { forgetHistory } from '../cache/resident.ts';
import { eraseCampaignItems } from './erase-campaign-items.ts';
import { eraseFindings } from './erase-findings.ts';
import { eraseSegments } from './erase-segments.ts';
import { personReplacer, type Person } from './replace-person.ts';

export type MirrorErasure = {
  /** Entries of the list of actors: one a source account. */
  readonly actors: number;
  readonly events: number;
  readonly keptEvents: number;
  readonly mentions: number;
  readonly findings: number;
  /** In the index of campaigns' items. */
  readonly campaignItems: number;
};

/**
 * Erases in one transaction; {@link compactMirror} is to follow. Nothing is left to do the second time.
 * @param keepsItems leaves the index of campaigns' items as it is
 */
export function eraseFromMirror(
  database: DatabaseHandle,
  actor: string,
  pseudonym: string,
  { keepsItems = false } = {},
): MirrorErasure {
  // What is freed is overwritten at once, so that a kill before the compacting leaves little to be found.
  database.pragma('secure_delete = ON');
  const done = database.transaction(() => erase(database, actor, pseudonym, keepsItems)).immediate();
  forgetHistory(database);
  return done;
}

function erase(
  database: DatabaseHandle,
  actor: string,
  pseudonym: string,
  keepsItems: boolean,
): MirrorErasure {
  const known = rows<{ id: number; name: string | null }>(
    database,
    'SELECT id, name FROM actor WHERE actor = ?',
    actor,
  );
  const person = { actor, pseudonym, names: [...new Set(known.flatMap(({ name }) => name ?? []))] };
  const series = new Set(
    rows<{ id: number }>(
      database,
      'SELECT s.id FROM series s JOIN actor a ON a.id = s.actor_id WHERE a.actor = ?',
      actor,
    ).map(({ id }) => id),
  );
  const { events, mentions, details } = eraseSegments(database, person, series);
  const all = new Set([...details, ...detailsOfKept(database, actor)]);
  const kept = eraseKept(database, person);
  const findings = eraseFindings(database, person, [...all]);
  renameActor(database, person);
  // Whatever is in memory, here or in another program, is not to be trusted any more.
  run(database, 'UPDATE mirror_revision SET epoch = abs(random() % 9007199254740991)');
  return {
    actors: known.length,
    events,
    keptEvents: kept.theirs,
    mentions: mentions + kept.mentions,
    findings,
    campaignItems: keepsItems ? 0 : eraseCampaignItems(database, person),
  };
}

const ofActor =
  'series_id IN (SELECT s.id FROM series s JOIN actor a ON a.id = s.actor_id WHERE a.actor = ?)';

function detailsOfKept(database: DatabaseHandle, actor: string): string[] {
  return rows<{ detail: string }>(
    database,
    `SELECT ip AS detail FROM event WHERE ${ofActor} AND ip IS NOT NULL
     UNION SELECT CASE typeof(user_agent) WHEN 'integer' THEN (SELECT agent FROM event_agent g WHERE g.id = user_agent) ELSE user_agent END
       FROM event WHERE ${ofActor} AND user_agent IS NOT NULL`,
    actor,
    actor,
  ).map(({ detail }) => detail);
}

function eraseKept(database: DatabaseHandle, person: Person): { theirs: number; mentions: number } {
  // Whole, as far as anything is concerned: what was erased is not to be fetched again.
  const theirs = run(
    database,
    `UPDATE event SET resource_id = NULL, ip = NULL, user_agent = NULL, metadata = NULL, is_whole = 1 WHERE ${ofActor}`,
    person.actor,
  );
  run(
    database,
    `DELETE FROM event_agent WHERE id NOT IN (SELECT user_agent FROM event WHERE typeof(user_agent) = 'integer')`,
  );
  return { theirs, mentions: eraseMentions(database, person) };
}

type MentionRow = { created_us: number; id: string; resource_id: string | null; metadata: string | null };

function eraseMentions(database: DatabaseHandle, person: Person): number {
  const replace = personReplacer(person);
  let mentions = 0;
  const forms = [person.actor, ...person.names].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  const found = rows<MentionRow>(
    database,
    `SELECT created_us, id, resource_id, metadata FROM event
      WHERE EXISTS (SELECT 1 FROM json_each(?) f WHERE instr(resource_id, f.value) OR instr(metadata, f.value))`,
    JSON.stringify(forms),
  );
  for (const { created_us: at, id, resource_id: resource, metadata } of found) {
    const after = [resource, metadata].map((text) => (text === null ? null : replace(text)));
    if (after[0] === resource && after[1] === metadata) continue;
    run(
      database,
      'UPDATE event SET resource_id = ?, metadata = ? WHERE created_us = ? AND id = ?',
      ...after,
      at,
      id,
    );
    mentions += 1;
  }
  return mentions;
}

/** Whoever was erased before, and mirrored by name again since, is a further actor beside the one counted then. */
function renameActor(database: DatabaseHandle, { actor, pseudonym }: Person): void {
  for (const { id, account } of rows<{ id: number; account: string }>(
    database,
    'SELECT id, source_account AS account FROM actor WHERE actor = ?',
    actor,
  )) {
    const isTaken = (name: string) =>
      row(database, 'SELECT 1 FROM actor WHERE source_account = ? AND actor = ?', account, name) !==
      undefined;
    let name = pseudonym;
    for (let number = 2; isTaken(name); number += 1) name = `${pseudonym}/${number}`;
    run(database, 'UPDATE actor SET actor = ?, name = NULL, name_us = NULL WHERE id = ?', name, id);
  }
}

/**
 * Writes the file anew without what was freed, and empties the log beside it.
 * @throws Problem `locked` while another program reads the file
 */
export function compactMirror(database: DatabaseHandle): void {
  database.exec('VACUUM');
  // Answers 1 when another connection kept a part of the log from being emptied.
  if (database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0) return;
  throw new Problem(
    'locked',
    'The person was erased, but another program reads the local copy, so its file still holds old bytes.',
    {
      next: 'Close other windows on this workspace, then erase the same person again: only the file is tidied then.',
    },
  );
}

/** Rows about a person that stay as they are: of the review queue, in every version, and of the source's anomalies. */
export function countKeptRows(
  database: DatabaseHandle,
  actor: string,
): { reviews: number; anomalies: number } {
  const count = (sql: string) => row<{ count: number }>(database, sql, actor)?.count ?? 0;
  return {
    reviews: count('SELECT count(DISTINCT review_id) AS count FROM server_row_version WHERE actor_id = ?'),
    anomalies: count('SELECT count(DISTINCT id) AS count FROM server_anomaly_version WHERE user = ?'),
  };
}
