// What the scope of a campaign can be chosen from: tables and views with their columns, and people who had a part before.
import { z } from 'zod';
import { campaignDefinition, campaignPerson } from '../model/campaign.ts';
import { procedure } from './base.ts';

const sourceTable = z.object({
  schema: z.string(),
  table: z.string(),
  kind: z.enum(['table', 'view']),
  /** As the planner of the database estimates; null where it never looked. */
  rows: z.number().int().nullable(),
});

const rowSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('table'), schema: z.string().min(1), table: z.string().min(1) }),
  /** A file kept before (campaigns.keepFile). */
  z.strictObject({ from: z.literal('file'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

export const campaignSources = {
  /** Tables and views this login may read, by name; `more` where there are others beyond the first 2000. */
  tables: procedure
    .route({ method: 'GET', path: '/campaign-sources/tables' })
    .output(z.object({ tables: z.array(sourceTable), more: z.boolean() })),
  /** The columns that may be read, in their order; `type` is null for a file. */
  columns: procedure
    .route({ method: 'POST', path: '/campaign-sources/columns' })
    .input(rowSource)
    .output(z.array(z.object({ name: z.string(), type: z.string().nullable() }))),
  /** Everybody who has a part in a campaign of this workspace; those of the newest one first. */
  people: procedure
    .route({ method: 'GET', path: '/campaign-sources/people' })
    .output(z.array(campaignPerson)),
  /** Writes a definition into the exports folder, as `countersign campaign create` takes it. */
  definitionFile: procedure
    .route({ method: 'POST', path: '/campaign-sources/definition-file' })
    .input(z.object({ definition: campaignDefinition }))
    .output(z.object({ name: z.string() })),
};
