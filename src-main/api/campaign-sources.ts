// What a campaign can be about: looks at the connected database, or at a file that was handed over. Records nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignDefinition, CampaignPerson } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { readCsv } from '../review/campaigns/csv-rows.ts';
import { handedFile } from '../review/campaigns/freeze-scope.ts';
import type { SourceClient } from '../source/client.ts';
import { listReadableTables, readableColumns } from '../source/readable-tables.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { rememberedSource, withSession } from './source.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignSourceProcedures(workstation: Workstation) {
  const { campaignSources: sources } = procedures;
  const look = async <Answer>(work: (client: SourceClient) => Promise<Answer>): Promise<Answer> => {
    const { profile, password } = await rememberedSource(workstation);
    return withSession(profile, password, work);
  };
  return {
    tables: sources.tables.handler(() => look(listReadableTables)),
    columns: sources.columns.handler(async ({ input }) => {
      if (input.from === 'table') return look((client) => readableColumns(client, input));
      const { columns } = await readKept(workstation, input.sha256);
      return columns.map((name) => ({ name, type: null }));
    }),
    people: sources.people.handler(() => peopleOf(workstation)),
    definitionFile: sources.definitionFile.handler(async ({ input: { definition } }) => ({
      name: await writeDefinition(workstation, definition),
    })),
  };
}

/** @throws Problem `file-unreadable` where the file is not kept here */
export async function readKept(
  { directory }: Workstation,
  sha256: string,
): Promise<ReturnType<typeof readCsv>> {
  const bytes = await readFile(handedFile(directory, sha256)).catch((cause: unknown) => {
    throw new Problem('file-unreadable', 'The file of this scope is not kept in this workspace.', {
      next: 'Hand it over again.',
      cause,
    });
  });
  return readCsv(bytes);
}

/** Once each, as the newest campaign names them. */
function peopleOf({ ledger }: Workstation): CampaignPerson[] {
  const people = new Map<string, CampaignPerson>();
  for (const { definition } of [...ledger.state().campaigns.byId.values()].toReversed())
    for (const person of definition.people) if (!people.has(person.id)) people.set(person.id, person);
  return [...people.values()];
}

/** Named after the campaign and the second, so that an earlier one stays. */
async function writeDefinition(
  { exportsDirectory, clock }: Workstation,
  definition: CampaignDefinition,
): Promise<string> {
  const words = definition.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const second = new Date(clock.nowMs()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const name = `campaign-${words.slice(0, 40) || 'definition'}-${second}Z.json`;
  await mkdir(exportsDirectory, { recursive: true, mode: 0o700 });
  await writeFile(join(exportsDirectory, name), `${JSON.stringify(definition, null, 2)}\n`, { mode: 0o600 });
  return name;
}
