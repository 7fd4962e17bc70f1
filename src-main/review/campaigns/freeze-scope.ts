// Freezes whatever a campaign's scope names: events or a table in one snapshot of the database, or a file that was handed over.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignDefinition, CampaignIpe } from '#shared/model/campaign.ts';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { databaseIdentity } from '../../analytics/source-identity.ts';
import type { SourceClient } from '../../source/client.ts';
import { readPopulation, type PopulationScope } from '../../source/population.ts';
import { countFindingsByActor, readLastEvents } from '../../store/cache/actor-sightings.ts';
import { readLastRun } from '../../store/cache/runs.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import type { Ledger } from '../ledger.ts';
import { sourceOf, type LedgerState } from '../projection.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { filePopulation } from './file-population.ts';
import type { itemFreezer, FreezeOptions, Frozen } from './freeze-items.ts';
import { campaignFolder } from './frozen-file.ts';
import { walkSteps } from './walk-steps.ts';

export const sourceName = 'source.csv';

export type OpenScene = {
  readonly ledger: Ledger;
  readonly cache: DatabaseHandle;
  /** The workspace folder. */
  readonly workspace: string;
  readonly nowMs: () => number;
  /** Where the table of the scope is, or the events; not asked for where a file was handed over. */
  readonly source: () => Promise<{ profile: ConnectionProfile; connect: () => Promise<SourceClient> }>;
};

type Scope = CampaignDefinition['scope'];

/** The first moment of the period, and the first one after it, in microseconds. */
export function periodBounds({ period, zone }: Pick<CampaignDefinition, 'period' | 'zone'>): {
  from: number;
  to: number;
} {
  const days = localDaysOf(zone);
  return { from: days.startOf(period.from), to: days.startOf(dateAfter(period.to, 1)) };
}

/** What the rules know besides the items. @param nowMicroseconds of the server, or here where there is none */
export function flagScene(
  { cache }: OpenScene,
  definition: CampaignDefinition,
  nowMicroseconds: number,
): FreezeOptions['scene'] {
  const { from, to } = periodBounds(definition);
  const findings = readLastRun(cache) === null ? null : countFindingsByActor(cache, from, to);
  const lastEvents = readLastEvents(cache);
  return {
    frozenAtMicroseconds: nowMicroseconds,
    dormantDays: definition.dormantDays,
    rowsAre: definition.scope.from === 'activity' ? 'events' : 'rights',
    lastEventOf: (subject) => lastEvents.get(subject) ?? null,
    findingsOf: (subject) => (findings === null ? null : (findings.get(subject) ?? 0)),
  };
}

export type Freezer = ReturnType<typeof itemFreezer>;
/** Told the moment of the freeze; answers where the rows go. */
export type Freeze = (found: { readonly nowMicroseconds: number }) => Freezer;

export type ScopeFrozen = {
  readonly frozen: Frozen;
  readonly ipe: CampaignIpe;
  /** Identity of the database; null for a file. */
  readonly source: string | null;
};

/**
 * Reads and writes a population as the scope of a campaign says; the caller publishes what was written.
 * @param keepAs how the bytes of a file are called in the folder of the campaign
 * @throws Problem
 */
/** @throws Problem where anything differs or is missing; nothing that was written may then be used */
export async function freezeScope(
  scene: OpenScene,
  record: Pick<CampaignRecord, 'id' | 'definition'>,
  freeze: Freeze,
  signal: AbortSignal | undefined,
  keepAs: string = sourceName,
): Promise<ScopeFrozen> {
  const { scope } = record.definition;
  if (scope.from === 'file') return freezeFile(scene, record, scope, { freeze, signal, keepAs });
  const { profile, connect } = await scene.source();
  let freezer: Freezer | null = null;
  let identity: string | null = null;
  const facts = await readPopulation(
    connect,
    sourceScope(scene, record.definition, scope, profile),
    (found) => {
      identity = assertSameSource(scene.ledger.state(), profile, found.systemIdentifier);
      return (freezer = freeze(found));
    },
    signal,
  );
  const frozen = await requireFreezer(freezer).end();
  const { items, systemIdentifier: _cluster, reservations, ...ipe } = facts;
  if (items !== frozen.items) throw new TypeError('Every item that arrives is written once.');
  return {
    frozen,
    ipe: {
      ...ipe,
      ...summaryOf(frozen),
      ...(reservations.length > 0 && { reservations: [...reservations] }),
    },
    source: identity,
  };
}

function requireFreezer(freezer: Freezer | null): Freezer {
  if (freezer === null) throw new TypeError('A population that was read has been taken in.');
  return freezer;
}

const summaryOf = ({ items, minKey, maxKey, sha256, keysSha256 }: Frozen) => ({
  items,
  minKey,
  maxKey,
  sha256,
  keysSha256,
});

/** @throws Problem `source-changed` where another database answers than the one this workspace is connected to */
function assertSameSource(
  state: LedgerState,
  profile: ConnectionProfile,
  systemIdentifier: string | null,
): string | null {
  if (state.connection?.identity === databaseIdentity(profile, systemIdentifier)) return sourceOf(state);
  throw new Problem(
    'source-changed',
    'Another database answers than the one this workspace is connected to. The population was not frozen.',
    {
      next: 'Check the address, or connect again.',
    },
  );
}

/** A scope with everything it takes to ask the database. @throws Problem `source-missing` where no events are known */
export function sourceScope(
  { ledger }: Pick<OpenScene, 'ledger'>,
  definition: Pick<CampaignDefinition, 'period' | 'zone'>,
  scope: Exclude<Scope, { from: 'file' }>,
  profile: ConnectionProfile,
): PopulationScope {
  if (scope.from === 'table') return scope;
  if (profile.mapping === null)
    throw new Problem(
      'source-missing',
      'This workspace knows no table of audit events. The population was not frozen.',
      {
        next: 'Connect to the audit database first.',
      },
    );
  const { from, to } = periodBounds(definition);
  return {
    from: 'activity',
    mapping: profile.mapping,
    sourceAccount: profile.sourceAccount,
    fromMicroseconds: from,
    toMicroseconds: to,
    actorTypes: scope.actorTypes,
    privilegedActions: ledger.state().privilegedActions,
  };
}

/** Where a CSV file lies until a campaign is opened with it. */
export const handedFile = (workspace: string, sha256: string): string =>
  join(workspace, 'campaigns', 'files', `${sha256}.csv`);

type FileFreeze = {
  readonly freeze: Freeze;
  readonly signal: AbortSignal | undefined;
  readonly keepAs: string;
};

async function freezeFile(
  scene: OpenScene,
  record: Pick<CampaignRecord, 'id' | 'definition'>,
  scope: Extract<Scope, { from: 'file' }>,
  { freeze, signal, keepAs }: FileFreeze,
): Promise<ScopeFrozen> {
  const kept = handedFile(scene.workspace, scope.sha256);
  const population = await walkSteps(filePopulation(await readHanded(kept), scope), signal);
  const freezer = freeze({ nowMicroseconds: scene.nowMs() * 1000 });
  for (const row of population.items) {
    freezer.take(row);
    if (!freezer.isFull()) continue;
    await freezer.flush();
    signal?.throwIfAborted();
  }
  const frozen = await freezer.end();
  if (population.rows !== population.countedRows)
    throw new Problem(
      'source-changed',
      `The items stand for ${population.rows} rows; a separate count found ${population.countedRows}. The population was not frozen.`,
    );
  const folder = campaignFolder(scene.workspace, record.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyFile(kept, join(folder, keepAs));
  const { items: _items, ...facts } = population;
  return {
    frozen,
    ipe: { ...facts, role: null, serverTime: null, snapshot: null, ...summaryOf(frozen) },
    source: null,
  };
}

/** @throws Problem `file-unreadable` */
export async function readHanded(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The file of this campaign is not in the workspace any more. The population was not frozen.',
      {
        next: 'Hand the same file over again.',
        cause,
      },
    );
  }
}

/** The same freezer, which tells how many items it took whenever it puts some away. */
export function reporting(freezer: Freezer, progress: (items: number) => void): Freezer {
  let items = 0;
  return {
    ...freezer,
    take: (row) => {
      items += 1;
      freezer.take(row);
    },
    flush: async () => {
      await freezer.flush();
      progress(items);
    },
  };
}
