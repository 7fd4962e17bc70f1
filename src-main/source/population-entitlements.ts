// Asks which entitlements a scope comes to as the source is now; nothing is kept.
import { mostEntitlementsListed, type ScopeEntitlements } from '#shared/model/campaign-entitlements.ts';
import { closeSource, type SourceClient } from './client.ts';
import { queryFor, type PopulationScope } from './population.ts';
import { ask } from './query.ts';

/** @throws Problem where the table or a column is not there or may not be read, or the database takes too long */
export async function readEntitlements(
  connect: () => Promise<SourceClient>,
  scope: PopulationScope,
  signal?: AbortSignal,
): Promise<ScopeEntitlements> {
  const client = await connect();
  try {
    const { query } = await queryFor(client, scope);
    const found = await ask<Record<'entitlement' | 'rows' | 'subjects' | 'distinct', string>>(
      client,
      { text: query.entitlements(mostEntitlementsListed), values: [] },
      signal,
    );
    return {
      distinct: Number(found[0]?.distinct ?? 0),
      entitlements: found.map(({ entitlement, rows, subjects }) => ({
        entitlement,
        rows: Number(rows),
        subjects: Number(subjects),
      })),
    };
  } finally {
    await closeSource(client);
  }
}
