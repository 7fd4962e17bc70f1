// Which access reviews a pack made now would hold, and which it would leave out.
import type { z } from 'zod';
import type { evidence } from '#shared/contract/evidence.ts';
import type { CampaignsWish } from '#shared/model/pack-campaigns.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { isWished, openedCampaigns } from '../evidence/parts/campaign-lines.ts';
import { assertOpened } from '../review/campaigns/packed-campaigns.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readHorizon } from '../store/cache/runs.ts';
import type { Workstation } from '../workstation.ts';

type Preview = z.input<NonNullable<(typeof evidence.previewCampaigns)['~orpc']['outputSchema']>>;

/** @throws Problem `not-found` for a campaign that was not opened here */
export function previewCampaigns(workstation: Workstation, wish: CampaignsWish): Preview {
  const { cache, ledger } = workstation;
  const opened = openedCampaigns(ledger.state().campaigns);
  assertOpened(opened, wish);
  const { firstMicroseconds } = readTotals(cache, readHorizon(cache));
  const from = firstMicroseconds === null ? null : formatInstant(firstMicroseconds);
  const span = { from, until: formatInstant(workstation.clock.nowMs() * 1000) };
  const named = opened.map((record) => ({
    campaign: record.id,
    name: record.definition.name,
    period: record.definition.period,
    isPacked: isWished(record, wish, span),
  }));
  const listed = (isPacked: boolean): Preview['packed'] =>
    named.filter((one) => one.isPacked === isPacked).map(({ isPacked: _is, ...one }) => one);
  return { packed: listed(true), leftOut: listed(false) };
}
