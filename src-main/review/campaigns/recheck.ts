// Re-check: a later population, frozen the same way, says of every right that was to go whether it is gone.
import type { CampaignDefinition, CampaignItem } from '#shared/model/campaign.ts';
import type { campaignRecheckedPayload } from '#shared/model/campaign-entries.ts';
import type { RecheckReport, RecheckResult } from '#shared/model/campaign-follow-up.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import type { z } from 'zod';
import type { PopulationRow } from '../../source/population-rows.ts';
import { requireReviewer } from '../decide.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { itemFreezer } from './freeze-items.ts';
import { campaignFolder, frozenFileOf, readFrozenFile, readLine } from './frozen-file.ts';
import { frozenWriter, type FrozenWriter } from './frozen-writer.ts';
import { flagScene, freezeScope, reporting, type OpenScene } from './freeze-scope.ts';
import { recheckDoubt } from './recheck-doubt.ts';
import { lookalikesOf, type Lookalikes } from './recheck-lookalikes.ts';
import { judgeRecheck } from './recheck-results.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { followUpOf, requireOwn } from './remediation.ts';
import type { ToFollowUp } from './to-follow-up.ts';

export type RecheckRequest = {
  readonly campaign: string;
  /** A later file of the same kind, kept in the workspace before; for a campaign about a file, and only there. */
  readonly file?: { readonly name: string; readonly sha256: string } | undefined;
  /** First local day of the activity that is looked at; for a campaign about activity. The day after the last decision when absent. */
  readonly from?: string | undefined;
};

export const recheckName = (number: number): string => `recheck-${number}.jsonl`;

/**
 * Freezes a later population and compares it. Nothing in the source is changed, and no campaign is opened.
 * @throws Problem `refused` where nothing is to be re-checked, and as opening a campaign does; nothing is recorded then
 */
export async function recheckCampaign(
  scene: OpenScene,
  request: RecheckRequest,
  progress: (items: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<RecheckReport> {
  const { ledger, workspace } = scene;
  const record = requireOwn(campaignOf(ledger.state(), request.campaign));
  const { revision } = record;
  const needed = neededIn(ledger.state(), record);
  const definition = laterDefinition(record, needed, request, scene.nowMs());
  const number = record.rechecks.length + 1;
  const writer = await frozenWriter(campaignFolder(workspace, record.id), recheckName(number));
  const later = new Map<string, CampaignItem>();
  const laterKeys = new Set<string>();
  const alike = lookalikesIn(ledger.state(), record, needed);
  try {
    const freeze = (found: { readonly nowMicroseconds: number }) => {
      const freezer = itemFreezer({
        definition,
        scene: flagScene(scene, definition, found.nowMicroseconds),
        previous: null,
        writer: noting(writer, needed, later, laterKeys),
      });
      const take = (row: PopulationRow): void => {
        alike.note(row);
        freezer.take(row);
      };
      return reporting({ ...freezer, take }, progress);
    };
    const keepAs = `recheck-${number}.csv`;
    const { ipe, source } = await freezeScope(scene, { id: record.id, definition }, freeze, signal, keepAs);
    if (source !== record.opened!.source) throw otherSource();
    const { items: earlier, ...stayed } = await frozenItems(workspace, record, needed, {
      laterKeys,
      alike,
    });
    const readAt = ipe.serverTime ?? new Date(scene.nowMs()).toISOString();
    const doubt = recheckDoubt({ from: definition.scope.from, laterItems: ipe.items, ...stayed });
    const results = judgeRecheck({
      record,
      needed,
      earlier,
      later,
      ipe,
      readAt,
      doubt,
      stayed,
      isWrittenOtherwise: alike.has,
    });
    ledger.append((state) => {
      const reviewer = requireReviewer(state);
      if (requireOwn(campaignOf(state, record.id)).revision !== revision) throw meanwhile();
      writer.publish();
      const payload: z.input<typeof campaignRecheckedPayload> = {
        campaign: record.id,
        number,
        file: recheckName(number),
        ipe,
        source,
        ...sorted(results),
        ...(definition.scope.from === 'activity' && { period: definition.period }),
        ...(definition.scope.from === 'file' && { sourceSha256: definition.scope.sha256 }),
        byName: reviewer.name,
      };
      return [{ type: 'campaign-rechecked', subject: record.id, actor: reviewer.id, payload }];
    });
    return { campaign: record.id, number, ipe, results };
  } finally {
    await writer.discard();
  }
}

/** @throws Problem `refused` where no right is to go */
function neededIn(state: LedgerState, record: CampaignRecord): ReadonlyMap<string, ToFollowUp> {
  const needed = followUpOf(state, record);
  if (needed.size > 0) return needed;
  throw new Problem(
    'refused',
    'No right of this campaign is to be revoked or modified, so there is nothing to re-check. Nothing was recorded.',
  );
}

function lookalikesIn(
  { independence }: LedgerState,
  { definition }: CampaignRecord,
  needed: ReadonlyMap<string, ToFollowUp>,
): Lookalikes {
  const rights = new Map([...needed].map(([key, { decision }]) => [key, decision]));
  return lookalikesOf(rights, campaignIdentities(independence.identities, definition));
}

/** What is read this time: the same scope, of a file or a period that is later. */
function laterDefinition(
  { definition, closed }: CampaignRecord,
  needed: ReadonlyMap<string, ToFollowUp>,
  { file, from }: RecheckRequest,
  nowMs: number,
): CampaignDefinition {
  const { scope, zone } = definition;
  if ((scope.from === 'file') !== (file !== undefined))
    throw new Problem(
      'invalid-input',
      file === undefined
        ? 'The population of this campaign came as a file, so a re-check needs a later file. Nothing was recorded.'
        : 'The population of this campaign is read from the database, so no file is taken for its re-check. Nothing was recorded.',
      {
        next: file === undefined ? 'Hand a new export over (in a shell: --csv FILE).' : 'Leave the file out.',
      },
    );
  if (scope.from === 'file' && file !== undefined) return { ...definition, scope: { ...scope, ...file } };
  if (scope.from !== 'activity') return definition;
  const days = localDaysOf(zone);
  const ends = [...needed.values()].map(({ decision }) => parseInstant(decision.decidedAt));
  const last = closed === null ? ends.reduce((a, b) => Math.max(a, b)) : parseInstant(closed.at);
  const first = from ?? dateAfter(days.dateAt(last), 1);
  const today = days.dateAt(nowMs * 1000);
  if (first <= today) return { ...definition, period: { from: first, to: today } };
  throw new Problem(
    'refused',
    'There is no later activity to look at yet: the decisions are of today. Nothing was recorded.',
    {
      next: 'Re-check on a later day.',
    },
  );
}

/** Keeps those of the items that are looked for, as they go by. */
function noting(
  writer: FrozenWriter,
  needed: ReadonlyMap<string, ToFollowUp>,
  found: Map<string, CampaignItem>,
  keys: Set<string>,
): FrozenWriter {
  return {
    ...writer,
    add: (key, line) => {
      keys.add(key);
      const item = needed.has(key) ? readLine(line) : null;
      if (item) found.set(key, item);
      writer.add(key, line);
    },
  };
}

/**
 * Those that were to go, as they were frozen when the campaign was opened; of the others how many there are, and how many the later
 * population holds. The whole file is read, and its hash compared.
 */
async function frozenItems(
  workspace: string,
  record: CampaignRecord,
  needed: ReadonlyMap<string, ToFollowUp>,
  { laterKeys, alike }: { readonly laterKeys: ReadonlySet<string>; readonly alike: Lookalikes },
): Promise<{ items: Map<string, CampaignItem>; others: number; othersFound: number }> {
  const items = new Map<string, CampaignItem>();
  let [others, othersFound] = [0, 0];
  for await (const lines of readFrozenFile(frozenFileOf(workspace, record)))
    for (const { item } of lines)
      if (needed.has(item.key)) items.set(item.key, item);
      else {
        others += 1;
        alike.forget(item.key);
        if (laterKeys.has(item.key)) othersFound += 1;
      }
  return { items, others, othersFound };
}

function sorted(results: readonly RecheckResult[]) {
  const unknown = results
    .filter(({ state }) => state === null)
    .map(({ item, because }) => ({ item, because }));
  return {
    results: results.flatMap(({ item, state, because }) =>
      state === null ? [] : [{ item, state, because }],
    ),
    ...(unknown.length > 0 && { unknown }),
  };
}

const otherSource = (): Problem =>
  new Problem(
    'source-changed',
    'This is another database than the one the campaign was opened with. Nothing was recorded.',
    {
      next: 'Connect to the database of the campaign, then re-check.',
    },
  );

const meanwhile = (): Problem =>
  new Problem(
    'conflict',
    'Something else was recorded about this campaign while the later population was read. The re-check was not recorded.',
    {
      next: 'Re-check again.',
    },
  );
