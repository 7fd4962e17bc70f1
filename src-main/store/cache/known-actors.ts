// Everybody the mirror names: who acted, whom the queue, the source's anomalies and the items of campaigns are about.
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';

export type KnownActor = { readonly actor: string; readonly name: string | null };

/** Changes whenever {@link readKnownActors} may answer otherwise. */
export function knownActorsRevision(database: DatabaseHandle): string {
  const found = row<{ revision: string }>(
    database,
    `SELECT epoch || ' ' || names || ' ' || (SELECT coalesce(max(id), 0) FROM queue_pull) || ' ' ||
            (SELECT coalesce(max(pull), 0) FROM anomaly_reading) || ' ' ||
            (SELECT coalesce(max(id), 0) || ' ' || count(*) FROM campaign_index) AS revision FROM mirror_revision`,
  );
  return found?.revision ?? '';
}

export function readKnownActors(database: DatabaseHandle): KnownActor[] {
  return rows<KnownActor>(
    database,
    `SELECT actor, name FROM actor WHERE actor <> ''
     UNION SELECT actor_id, NULL FROM server_review WHERE actor_id <> ''
     UNION SELECT user, NULL FROM server_anomaly_version WHERE user <> ''
     UNION SELECT subject, max(subject_name) FROM campaign_item
       WHERE subject <> '' AND index_id IN (SELECT id FROM campaign_index) GROUP BY subject`,
  );
}
