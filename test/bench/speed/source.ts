// The bench's database as a source of the product: its profile, and what a refresh is asked.
import { join } from 'node:path';
import { defaultDetection } from '#shared/model/detection.ts';
import type { ConnectionProfile, Mapping, MirrorLimits } from '#shared/model/connection.ts';
import type { RefreshRequest } from '../../../src-main/analytics/refresh-request.ts';
import { readShippedRules } from '../../../src-main/shell/shipped-rules.ts';
import { closeSource, connectSource, type SourceClient } from '../../../src-main/source/client.ts';
import { resolveMapping } from '../../../src-main/source/mapping.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { privilegedAction } from './dataset.ts';

/** Everything but the long texts: metadata and user agent. */
export const mirrorWithoutTexts: MirrorLimits = {
  rows: true,
  fields: ['actorType', 'resourceType', 'resourceId', 'ip', 'severity'],
  days: null,
};

export interface Source {
  readonly profile: ConnectionProfile;
  readonly password: string;
}

export async function sourceOf(postgres: TestPostgres, database: string): Promise<Source> {
  const bare: ConnectionProfile = {
    host: postgres.host,
    port: postgres.port,
    database,
    user: postgres.user,
    tls: 'off',
    caFile: null,
    sourceAccount: null,
    zone: 'UTC',
    mapping: null,
    mirror: mirrorWithoutTexts,
  };
  const client = await openSession({ profile: bare, password: postgres.password });
  try {
    const { mapping } = await resolveMapping(client, null);
    return { profile: { ...bare, mapping }, password: postgres.password };
  } finally {
    await closeSource(client);
  }
}

export async function openSession({ profile, password }: Source): Promise<SourceClient> {
  return connectSource(profile, password, {
    purpose: 'read',
    statementTimeoutMs: 600_000,
    connectTimeoutMs: 15_000,
  });
}

export function mappingOf({ profile }: Source): Mapping {
  if (profile.mapping === null) throw new Error('The bench has no mapping for its own table.');
  return profile.mapping;
}

/** A refresh with every built-in detector as it is set up in a new workspace. */
export function refreshRequest({ profile, password }: Source): RefreshRequest {
  const rules = join(import.meta.dirname, '..', '..', '..', 'resources', 'rules');
  return {
    profile,
    password,
    asOfMicroseconds: null,
    privilegedActions: [privilegedAction],
    detection: { settings: defaultDetection, shippedRules: readShippedRules(rules), locations: null },
  };
}
