// Counts that follow what is recorded come to the same as counting anew, whatever was recorded and whoever turns out to be whom.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionKinds } from '../../../../src-shared/model/review.ts';
import type { Act } from '../../../../src-main/review/ledger.ts';
import { campaignOf } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { addAliases } from '../../../../src-main/review/independence-acts.ts';
import { campaignIdentities } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import { tallyOf } from '../../../../src-main/review/campaigns/tally-steps.ts';
import { countsNow, prepareTally, tallyNow } from '../../../../src-main/review/campaigns/tally.ts';
import { actAs, makeDefinition, makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const items = ['eve', 'frank', 'adm-1'].map((subject) => makeItem({ subject }));
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      item: fc.nat(items.length - 1),
      stage: fc.nat(1),
      by: fc.constantFrom('rita', 'otto'),
      decision: fc.constantFrom(...decisionKinds),
      corrects: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant('alias' as const) },
);

test('counts that follow are those counted anew, and the kept hash is the one worked out anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 20 }),
      fc.constantFrom('first-final' as const, 'all-agree' as const),
      async (acts, policy) => {
        const ledger = ledgerWithReviewer();
        const stage = { name: 'one', reviewer: { by: 'person' as const, person: 'rita' }, fallback: 'otto' };
        const definition = makeDefinition({ policy, stages: [stage, { ...stage, name: 'two' }] });
        const { id } = openedWith(ledger, items, definition);
        for (const one of acts) {
          if (one === 'alias') {
            actAs(ledger, 'rita');
            if (!ledger.state().independence.identities.has('adm-1'))
              addAliases(ledger, { add: ['adm-1'], reason: 'the same', isSamePerson: true });
          } else {
            const { item, stage: number, by, decision, corrects } = one;
            const { key, subject, entitlement, resource } = items[item]!;
            const earlier = campaignOf(ledger.state(), id).decisions.get(key) ?? [];
            const payload = {
              campaign: id,
              item: key,
              stage: number,
              decision,
              reason: 'because',
              reviewerName: by,
              ofRecord: by,
              digest: 'd'.repeat(64),
              dwellMs: null,
              opened: [],
              batch: null,
              supersedes: corrects ? (earlier.findLast((each) => each.stage === number)?.id ?? null) : null,
              subject,
              entitlement,
              resource,
              because: 'test',
            };
            const decided: Act = { type: 'campaign-decision', subject: key, actor: by, payload };
            ledger.append(() => [decided]);
          }
          const state = ledger.state();
          const record = campaignOf(state, id);
          const anew = tallyOf(record, campaignIdentities(state.independence.identities, definition));
          expect(countsNow(state, record)).toEqual(anew.counts);
          await prepareTally(state, record);
          expect(tallyNow(state, record)).toEqual(anew);
        }
      },
    ),
    { numRuns: 25 },
  );
});
