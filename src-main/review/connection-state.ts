// The connection in force, as entries about it give it.
import { z } from 'zod';
import { connectionProfile } from '#shared/model/connection.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { schemaFingerprint } from '../source/schema-shape.ts';
import { applyConnection, sameDatabase, type DatabasePin } from './database-pin.ts';

/** How the database differed from what it was, and a person said that it is meant; absent where nothing did, and in older entries. */
export const confirmedChanges = z.object({ differences: z.array(z.string()) });

const connectionPayload = connectionProfile.extend({
  isSample: z.boolean(),
  identity: z.string().nullable(),
  /** The tables as they were then; absent in entries older than fingerprints. */
  fingerprint: schemaFingerprint.optional(),
  sameDatabase: sameDatabase.optional(),
  confirmed: confirmedChanges.optional(),
});

export type ConnectionInForce = Omit<z.infer<typeof connectionPayload>, 'sameDatabase' | 'confirmed'>;

/** Answers the connection an entry puts in force, and lets the pin follow it. */
export function connectionOf({ payload }: LedgerEntry, pin: DatabasePin): ConnectionInForce {
  const { sameDatabase: same, confirmed: _confirmed, ...connection } = connectionPayload.parse(payload);
  applyConnection(pin, connection, same);
  return connection;
}
