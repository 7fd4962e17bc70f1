// Opens a campaign: the population is read, written and hashed first; the ledger entry makes it the one everybody decides about.
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignDefinition, CampaignIpe } from '#shared/model/campaign.ts';
import type { CampaignOpenedPayload } from '#shared/model/campaign-entries.ts';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { databaseIdentity } from '../../analytics/source-identity.ts';
import { sha256Hex } from '../../evidence/digest.ts';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import type { SourceClient } from '../../source/client.ts';
import { readPopulation, type PopulationScope } from '../../source/population.ts';
import { countFindingsByActor, readLastEvents } from '../../store/cache/actor-sightings.ts';
import { readLastRun } from '../../store/cache/runs.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { isSamePerson } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { sourceOf, type LedgerState } from '../projection.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { assertSoundDefinition, requireDraft } from './define-campaign.ts';
import { filePopulation } from './file-population.ts';
import { itemFreezer, type FreezeOptions, type Frozen } from './freeze-items.ts';
import { assertFrozen, campaignFolder, frozenFileOf } from './frozen-file.ts';
import { frozenWriter } from './frozen-writer.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export const frozenName = 'population.jsonl';
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

export type OpenRequest = {
  readonly campaign: string;
  /** The campaign to compare with; null for none, absent for the newest one of the same source. */
  readonly previous?: string | null | undefined;
};

/**
 * Freezes the population of a draft and opens it. Whatever fails leaves the draft as it was, and no population.
 * @param progress told how many items are frozen so far
 * @throws Problem
 */
export async function openCampaign(
  scene: OpenScene,
  request: OpenRequest,
  progress: (items: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<CampaignRecord> {
  const { ledger, workspace } = scene;
  const state = ledger.state();
  const record = requireOpenable(state, request.campaign);
  const { definition, revision } = record;
  const previous = previousOf(state, record, request.previous);
  if (previous) await assertFrozen(frozenFileOf(workspace, previous));
  const writer = await frozenWriter(campaignFolder(workspace, record.id), frozenName);
  try {
    const freeze = (found: { readonly nowMicroseconds: number }) =>
      reporting(
        itemFreezer({
          definition,
          scene: flagScene(scene, definition, found.nowMicroseconds),
          previous: previous && frozenFileOf(workspace, previous),
          writer,
        }),
        progress,
      );
    const { frozen, ipe, source } = await freezeScope(scene, record, freeze, signal);
    const payload = {
      campaign: record.id,
      definitionSha256: definitionHash(definition),
      ipe,
      file: frozenName,
      previous: previous && { campaign: previous.id, sha256: frozenFileOf(workspace, previous).sha256 },
      difference: frozen.difference,
      source,
      dueOn: dueDate(definition, scene.nowMs()),
      flags: frozen.flags,
      privileged: frozen.privileged,
      withoutMeaning: frozen.withoutMeaning,
    };
    ledger.append((now) => {
      const reviewer = requireReviewer(now);
      if (requireOpenable(now, record.id).revision !== revision) throw redefined();
      // Under the lock, so that of two who open it at once only one gives the file its name.
      writer.publish();
      const opened: CampaignOpenedPayload = { ...payload, byName: reviewer.name };
      return [{ type: 'campaign-opened', subject: record.id, actor: reviewer.id, payload: opened }];
    });
    return campaignOf(ledger.state(), record.id);
  } finally {
    await writer.discard();
  }
}

/** SHA-256 of the canonical JSON of a definition. */
export const definitionHash = (definition: CampaignDefinition): string => sha256Hex(canonicalJson(definition));

/** The last local day on which decisions are in time. */
export function dueDate({ zone, dueDays }: CampaignDefinition, nowMs: number): string {
  return dateAfter(localDaysOf(zone).dateAt(nowMs * 1000), dueDays);
}

function requireOpenable(state: LedgerState, id: string): CampaignRecord {
  const record = requireDraft(campaignOf(state, id));
  const reviewer = requireReviewer(state);
  const { identities } = state.independence;
  assertSoundDefinition(record.definition, identities);
  if (!isSamePerson(campaignIdentities(identities, record.definition), record.definition.owner, reviewer.id))
    throw new Problem('refused', 'Only the owner of a campaign opens it. Nothing was recorded.', {
      next: 'Let the owner open it in this workspace, or name somebody else as the owner.',
    });
  return record;
}

function redefined(): Problem {
  return new Problem('conflict', 'The campaign was changed while its population was read. It was not opened.', {
    next: 'Look at the definition, then open it again.',
  });
}

/** The campaign to compare with. @throws Problem `not-found`, `refused` for one that was never opened */
function previousOf(
  state: LedgerState,
  record: CampaignRecord,
  wish: string | null | undefined,
): CampaignRecord | null {
  if (wish === null) return null;
  if (wish !== undefined) {
    const previous = campaignOf(state, wish);
    if (previous.opened) return previous;
    throw new Problem('refused', 'The campaign to compare with was never opened here. Nothing was opened.');
  }
  const { scope } = record.definition;
  return (
    [...state.campaigns.byId.values()].findLast(
      ({ id, opened, definition }) =>
        id !== record.id && opened !== null && isSameSource(definition.scope, scope),
    ) ?? null
  );
}

type Scope = CampaignDefinition['scope'];

function isSameSource(one: Scope, other: Scope): boolean {
  if (one.from === 'table' && other.from === 'table')
    return one.schema === other.schema && one.table === other.table;
  return one.from === other.from && one.from !== 'table';
}

/** The first moment of the period, and the first one after it, in microseconds. */
export function periodBounds({ period, zone }: CampaignDefinition): { from: number; to: number } {
  const days = localDaysOf(zone);
  return { from: days.startOf(period.from), to: days.startOf(dateAfter(period.to, 1)) };
}

export function flagScene({ cache }: OpenScene, definition: CampaignDefinition, nowMicroseconds: number): FreezeOptions['scene'] {
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

type Freezer = ReturnType<typeof itemFreezer>;
type Freeze = (found: { readonly nowMicroseconds: number }) => Freezer;

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

type ScopeFrozen = {
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
export async function freezeScope(
  scene: OpenScene,
  record: Pick<CampaignRecord, 'id' | 'definition'>,
  freeze: Freeze,
  signal: AbortSignal | undefined,
  keepAs: string = sourceName,
): Promise<ScopeFrozen> {
  const { scope } = record.definition;
  if (scope.from === 'file') return freezeFile(scene, record, scope, freeze, keepAs);
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
  return { frozen, ipe: { ...ipe, ...summaryOf(frozen), ...(reservations.length > 0 && { reservations: [...reservations] }) }, source: identity };
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
  throw new Problem('source-changed', 'Another database answers than the one this workspace is connected to. The campaign was not opened.', {
    next: 'Check the address, or connect again.',
  });
}

function sourceScope(
  { ledger }: OpenScene,
  definition: CampaignDefinition,
  scope: Exclude<Scope, { from: 'file' }>,
  profile: ConnectionProfile,
): PopulationScope {
  if (scope.from === 'table') return scope;
  if (profile.mapping === null)
    throw new Problem('source-missing', 'This workspace knows no table of audit events. The campaign was not opened.', {
      next: 'Connect to the audit database first.',
    });
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

async function freezeFile(
  scene: OpenScene,
  record: Pick<CampaignRecord, 'id' | 'definition'>,
  scope: Extract<Scope, { from: 'file' }>,
  freeze: Freeze,
  keepAs: string,
): Promise<ScopeFrozen> {
  const kept = handedFile(scene.workspace, scope.sha256);
  const population = filePopulation(await readHanded(kept), scope);
  const freezer = freeze({ nowMicroseconds: scene.nowMs() * 1000 });
  for (const row of population.items) {
    freezer.take(row);
    if (freezer.isFull()) await freezer.flush();
  }
  const frozen = await freezer.end();
  if (population.rows !== population.countedRows)
    throw new Problem('source-changed', `The items stand for ${population.rows} rows; a separate count found ${population.countedRows}. The campaign was not opened.`);
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

async function readHanded(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Problem('file-unreadable', 'The file of this campaign is not in the workspace any more. The campaign was not opened.', {
      next: 'Hand the same file over again.',
      cause,
    });
  }
}
