// Opens a campaign: the population is read, written and hashed first; the ledger entry makes it the one everybody decides about.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { CampaignOpenedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { sha256Hex } from '../../evidence/digest.ts';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import { requireReviewer } from '../decide.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { assertSoundDefinition, requireDraft } from './define-campaign.ts';
import { requireContents } from './empty-population.ts';
import { itemFreezer } from './freeze-items.ts';
import { flagScene, freezeScope, reporting, type OpenScene } from './freeze-scope.ts';
import { assertFrozen, campaignFolder, frozenFileOf } from './frozen-file.ts';
import { frozenWriter } from './frozen-writer.ts';
import { requireMeanings } from './meanings.ts';
import { openReservations } from './open-reservations.ts';
import { previousCampaign } from './previous-campaign.ts';
import { isOwner } from './reviewer-of-record.ts';

export const frozenName = 'population.jsonl';

export type OpenRequest = {
  readonly campaign: string;
  /** The campaign to compare with; null for none, absent for the newest one of the same source. */
  readonly previous?: string | null | undefined;
  /** Why it opens although entitlements have no meaning in plain words. */
  readonly withoutMeanings?: string | undefined;
  /** Why it opens although its population is empty. */
  readonly emptyBecause?: string | undefined;
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
  const previous = previousCampaign(state, record, request.previous);
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
    const frozenAt = ipe.serverTime === null ? scene.nowMs() * 1000 : parseInstant(ipe.serverTime);
    const reservations = [...(ipe.reservations ?? []), ...openReservations(definition, ipe.items, frozenAt)];
    const payload = {
      campaign: record.id,
      definitionSha256: definitionHash(definition),
      ipe: { ...ipe, ...(reservations.length > 0 && { reservations }) },
      file: frozenName,
      previous: previous && { campaign: previous.id, sha256: frozenFileOf(workspace, previous).sha256 },
      difference: frozen.difference,
      source,
      dueOn: dueDate(definition, scene.nowMs()),
      flags: frozen.flags,
      privileged: frozen.privileged,
      withoutMeaning: frozen.withoutMeaning,
      ...requireContents(ipe.items, request.emptyBecause),
      ...requireMeanings(frozen.unexplained, request.withoutMeanings),
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
export const definitionHash = (definition: CampaignDefinition): string =>
  sha256Hex(canonicalJson(definition));

/** The last local day on which decisions are in time. */
export function dueDate({ zone, dueDays }: CampaignDefinition, nowMs: number): string {
  return dateAfter(localDaysOf(zone).dateAt(nowMs * 1000), dueDays);
}

function requireOpenable(state: LedgerState, id: string): CampaignRecord {
  const record = requireDraft(campaignOf(state, id));
  const reviewer = requireReviewer(state);
  const { identities } = state.independence;
  assertSoundDefinition(record.definition, identities);
  if (!isOwner(state, record, reviewer.id))
    throw new Problem('refused', 'Only the owner of a campaign opens it. Nothing was recorded.', {
      next: 'Let the owner open it in this workspace, or name somebody else as the owner.',
    });
  return record;
}

function redefined(): Problem {
  return new Problem(
    'conflict',
    'The campaign was changed while its population was read. It was not opened.',
    {
      next: 'Look at the definition, then open it again.',
    },
  );
}
