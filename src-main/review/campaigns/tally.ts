// What a campaign came to so far, worked out once and kept as long as nothing about it changes.
import { setImmediate as turn } from 'node:timers/promises';
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import type { Identities } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { runningCounts } from './running-counts.ts';
import { itemsAtOnce, tallyOf, tallySteps, type Tally } from './tally-steps.ts';

type People = Pick<LedgerState, 'independence' | 'campaigns'>;

/** The same as things stand now; worked out once as long as nothing about it changes. */
export function tallyNow(state: People, record: CampaignRecord): Tally {
  const mark = markOf(state, record);
  const known = tallies.get(record);
  if (known?.mark === mark) return known.tally;
  const tally = tallyOf(record, identitiesOf(state, record));
  tallies.set(record, { mark, tally });
  return tally;
}

/** Only the counts, which after a decision follow from those before it. */
export function countsNow(state: People, record: CampaignRecord): ClosingCounts {
  const counts = runningCounts(record, identitiesOf(state, record), state.campaigns.peopleRevision);
  counts.follow();
  return counts.now();
}

/** Works out {@link countsNow}, and with attestations {@link tallyNow}, without keeping anybody waiting; what is asked next is quick. */
export async function prepareCounts(state: People, record: CampaignRecord): Promise<void> {
  const counts = runningCounts(record, identitiesOf(state, record), state.campaigns.peopleRevision);
  while (!counts.follow(itemsAtOnce)) await turn();
  if (record.attestations.size > 0) await prepareTally(state, record);
}

/** Works out {@link tallyNow} without keeping anybody waiting; in vain where something is decided meanwhile. */
export async function prepareTally(state: People, record: CampaignRecord): Promise<void> {
  const mark = markOf(state, record);
  if (tallies.get(record)?.mark === mark) return;
  const walk = tallySteps(record, identitiesOf(state, record));
  for (;;) {
    const { done, value } = walk.next();
    if (markOf(state, record) !== mark) return;
    if (done === true) {
      tallies.set(record, { mark, tally: value });
      return;
    }
    await turn();
  }
}

const tallies = new WeakMap<CampaignRecord, { readonly mark: string; readonly tally: Tally }>();

const markOf = ({ campaigns }: People, { outcomesRevision }: CampaignRecord): string =>
  `${outcomesRevision} ${campaigns.peopleRevision}`;

const identitiesOf = ({ independence }: People, { definition }: CampaignRecord): Identities =>
  campaignIdentities(independence.identities, definition);
