// The items drawn into a sample as the frozen population has them, with what was decided and who may test them.
import type { z } from 'zod';
import type { SampleItem, sampleItemPage } from '#shared/model/campaign-follow-up.ts';
import { isSamePerson } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf } from './campaign-state.ts';
import { readItems, type ItemStore } from './item-index.ts';
import { isOwnItem } from './own-names.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { campaignSampleOf } from './sample.ts';
import { standingOf } from './standing.ts';

export type SampleItemsRequest = {
  readonly id: string;
  readonly sample: string;
  /** Place of the last item of the page before; 0 for the first page. */
  readonly after: number;
  readonly limit: number;
};

/** In the order in which they were drawn. @throws Problem `not-found`, or as {@link readItems} */
export async function listSampleItems(
  state: LedgerState,
  store: ItemStore,
  { id, sample, after, limit }: SampleItemsRequest,
): Promise<z.infer<typeof sampleItemPage>> {
  const record = campaignOf(state, id);
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const drawn = campaignSampleOf(record, sample).items;
  const page = drawn.slice(after, after + limit);
  const frozen = await readItems(
    store,
    record,
    page.map(({ key }) => key),
  );
  const items = page.flatMap((tested, index): SampleItem[] => {
    const item = frozen.get(tested.key);
    if (item === undefined) return [];
    const { subject, subjectName, entitlement, resource, privileged } = item;
    const { outcome, decisions } = standingOf(record, item, identities);
    const last = decisions.findLast((one) => one?.decision === outcome) ?? null;
    const tester = state.reviewer?.id;
    const involved = (record.decisions.get(item.key) ?? []).map(({ reviewer }) => reviewer);
    return [
      {
        ...tested,
        place: after + index + 1,
        subject,
        subjectName,
        entitlement,
        resource,
        privileged,
        outcome,
        decidedBy: last?.reviewerName ?? null,
        reason: last?.reason ?? null,
        mayTest:
          tester !== undefined &&
          !isOwnItem(record, identities, tester, subject) &&
          !involved.some((one) => isSamePerson(identities, one, tester)),
      },
    ];
  });
  return { items, nextAfter: after + limit < drawn.length ? after + limit : null };
}
