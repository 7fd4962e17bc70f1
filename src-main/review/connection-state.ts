// The connection in force, as entries about it give it.
import { z } from 'zod';
import { connectionProfile } from '#shared/model/connection.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { schemaFingerprint } from '../source/schema-shape.ts';
import { applyConnection, sameDatabase, type DatabasePin } from './database-pin.ts';

const connectionPayload = connectionProfile.extend({
  isSample: z.boolean(),
  identity: z.string().nullable(),
  /** The tables as they were then; absent in entries older than fingerprints. */
  fingerprint: schemaFingerprint.optional(),
  sameDatabase: sameDatabase.optional(),
});

export type ConnectionInForce = Omit<z.infer<typeof connectionPayload>, 'sameDatabase'>;

/** Answers the connection an entry puts in force, and lets the pin follow it. */
export function connectionOf({ payload }: LedgerEntry, pin: DatabasePin): ConnectionInForce {
  const { sameDatabase: same, ...connection } = connectionPayload.parse(payload);
  applyConnection(pin, connection, same);
  return connection;
}
