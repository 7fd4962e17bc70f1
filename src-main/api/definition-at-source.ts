// Whether what a definition names is there: the table and its columns, or those of the file. Records nothing.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { readableColumns } from '../source/readable-tables.ts';
import type { Workstation } from '../workstation.ts';
import { readKept } from './campaign-sources.ts';
import { rememberedSource, withSession } from './source.ts';

type Found = {
  readonly faults: readonly string[];
  /** Why nobody could look, where that is so. */
  readonly remarks: readonly string[];
};

/** Of a definition whose source was not asked. */
export const notLooked: Found = { faults: [], remarks: [] };

/** In sentences. */
export async function definitionAtSource(
  workstation: Workstation,
  { scope }: Pick<CampaignDefinition, 'scope'>,
): Promise<Found> {
  if (scope.from === 'activity') return notLooked;
  const where = scope.from === 'table' ? `“${scope.schema}.${scope.table}”` : `the file “${scope.name}”`;
  try {
    const there = await columnsOf(workstation, scope);
    const named = [
      ...Object.entries(scope.columns).flatMap(([part, column]) =>
        column === undefined ? [] : [{ column, as: `which is to say “${part}”` }],
      ),
      ...scope.filters.map(({ column }) => ({ column, as: 'by which a filter narrows it' })),
    ];
    const faults = named
      .filter(({ column }) => !there.includes(column))
      .map(({ column, as }) => `The column “${column}”, ${as}, is not in ${where}, or may not be read.`);
    return { faults: [...new Set(faults)], remarks: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (missing.has(error.code)) return { faults: [error.message], remarks: [] };
    return { faults: [], remarks: [`Nobody could look whether ${where} is there: ${error.message}`] };
  }
}

const missing: ReadonlySet<string> = new Set(['source-missing', 'file-unreadable']);

async function columnsOf(
  workstation: Workstation,
  scope: Exclude<CampaignDefinition['scope'], { from: 'activity' }>,
): Promise<readonly string[]> {
  if (scope.from === 'file') return (await readKept(workstation, scope.sha256)).columns;
  const { profile, password } = await rememberedSource(workstation);
  const columns = await withSession(profile, password, (client) => readableColumns(client, scope));
  return columns.map(({ name }) => name);
}
