// Whatever people do, in whatever order: nobody’s own item is closed over, no decision is lost, no changed population goes unseen.
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../../src-shared/model/problem.ts';
import { decisionKinds } from '../../../../src-shared/model/review.ts';
import { isSamePerson } from '../../../../src-main/review/aliases.ts';
import { attestCampaign, closeCampaign } from '../../../../src-main/review/campaigns/close-campaign.ts';
import { campaignOf } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { decideItems } from '../../../../src-main/review/campaigns/decide-items.ts';
import { delegateReview } from '../../../../src-main/review/campaigns/delegate.ts';
import { frozenFileOf } from '../../../../src-main/review/campaigns/frozen-file.ts';
import { campaignIdentities } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import { standingOf } from '../../../../src-main/review/campaigns/standing.ts';
import { addAliases } from '../../../../src-main/review/independence-acts.ts';
import { rebuildLedger } from '../../../../src-main/review/rebuild.ts';
import { actAs, frozenCampaign, makeDefinition, makeItem, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, openCache, temporaryFolder } from '../../../support/workspace.ts';

const items = ['rita', 'otto@example.org', 'adm-1', 'eve'].map((subject) => makeItem({ subject }));
type Who = keyof typeof people;
const who = fc.constantFrom<Who>('olga', 'adam', 'rita', 'otto');
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      who,
      item: fc.nat(3),
      decision: fc.constantFrom(...decisionKinds),
      stage: fc.option(fc.nat(1)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('alias' as const),
      who,
      alias: fc.constantFrom('adm-1', 'eve', 'olga-2'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delegate' as const), who, from: who, to: who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tamper' as const), at: fc.nat(2000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repair' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('attest' as const),
      who,
      role: fc.constantFrom('owner' as const, 'approver' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('close' as const), who, reason: fc.boolean() }) },
);
/** Decides everything first, so that many sequences come as far as closing. */
const everything = fc.array(step, { maxLength: 18 }).chain((steps) =>
  fc.boolean().map((first) =>
    first
      ? [
          ...items.flatMap((_, item) =>
            (['rita', 'otto', 'adam'] as const).map((one) => ({
              do: 'decide' as const,
              who: one,
              item,
              decision: 'revoke' as const,
              stage: null,
            })),
          ),
          ...steps,
          { do: 'repair' as const },
          { do: 'attest' as const, who: 'olga' as const, role: 'owner' as const },
          { do: 'attest' as const, who: 'adam' as const, role: 'approver' as const },
          { do: 'close' as const, who: 'olga' as const, reason: true },
        ]
      : steps,
  ),
);

test('no order of acts closes over a self-reviewed item, loses a decision, or leaves a changed population unseen', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      everything,
      fc.constantFrom('first-final' as const, 'all-agree' as const),
      async (steps, policy) => {
        const workspace = temporaryFolder();
        const ledger = ledgerWithReviewer(people.olga);
        const cache = openCache();
        const stage = { reviewer: { by: 'person' as const, person: 'rita' }, fallback: 'otto' };
        const definition = makeDefinition({
          policy,
          stages: [
            { name: 'first', ...stage },
            { name: 'second', ...stage, reviewer: { by: 'round-robin', people: ['otto', 'adam'] } },
          ],
        });
        const { id } = frozenCampaign(ledger, workspace, items, definition);
        const path = frozenFileOf(workspace, campaignOf(ledger.state(), id)).path;
        const original = readFileSync(path);
        const recorded: string[] = [];
        const store = { ledger, cache, workspace, nowMs: () => Date.parse('2026-11-16T00:00:00Z') };
        let isChanged = false;

        for (const one of steps) {
          if ('who' in one) actAs(ledger, one.who);
          const before = ledger.state().entries;
          try {
            if (one.do === 'decide') {
              const [decided] = await decideItems(store, {
                campaign: id,
                items: [{ key: items[one.item]!.key }],
                decision: one.decision,
                reason: 'because',
                ...(one.stage === null ? {} : { stage: one.stage }),
              });
              recorded.push(decided!.id);
            } else if (one.do === 'alias')
              addAliases(ledger, { add: [one.alias], reason: 'the same', isSamePerson: true });
            else if (one.do === 'delegate')
              delegateReview(ledger, {
                campaign: id,
                from: one.from,
                to: one.to,
                validFrom: '2026-11-01T00:00:00.000Z',
                validTo: '2026-12-01T00:00:00.000Z',
                reason: 'away',
                nowMs: Date.parse('2026-11-01T00:00:00Z'),
              });
            else if (one.do === 'tamper') {
              const bytes = Buffer.from(readFileSync(path));
              const at = one.at % bytes.length;
              bytes[at] = bytes[at]! ^ 1;
              writeFileSync(path, bytes);
              isChanged = !bytes.equals(original);
            } else if (one.do === 'repair') {
              writeFileSync(path, original);
              isChanged = false;
            } else if (one.do === 'attest')
              await attestCampaign(store, { campaign: id, role: one.role, statement: 'seen' });
            else await closeCampaign(store, { campaign: id, ...(one.reason ? { reason: 'no time' } : {}) });
            if (isChanged && ['decide', 'attest', 'close'].includes(one.do))
              throw new Error('An act went through on a changed population.');
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const appended = ledger
              .entries()
              .slice(before)
              .map(({ entry }) => entry.type);
            expect(appended.filter((type) => type !== 'self-review-refused')).toEqual([]);
          }
          const record = campaignOf(ledger.state(), id);
          const identities = campaignIdentities(ledger.state().independence.identities, definition);
          if (
            one.do === 'close' &&
            record.closed !== null &&
            record.closed.entry === ledger.entries().at(-1)?.entry.id
          ) {
            reached.add(record.state);
            const standings = items.map((item) => ({ item, standing: standingOf(record, item, identities) }));
            for (const { item, standing } of standings)
              for (const decision of standing.decisions)
                if (decision) expect(isSamePerson(identities, decision.reviewer, item.subject)).toBe(false);
            const open = standings.filter(({ standing }) => standing.outcome === null).length;
            expect(record.closed.counts.open).toBe(open);
            expect(record.state).toBe(open === 0 ? 'closed' : 'closed-incomplete');
            const [owner, approver] = [
              record.attestations.get('owner')!.by,
              record.attestations.get('approver')!.by,
            ];
            expect(isSamePerson(identities, owner, approver)).toBe(false);
          }
        }

        const record = campaignOf(ledger.state(), id);
        expect([...record.decisionsById.keys()]).toEqual(recorded);
        expect(
          [...record.decisions.values()]
            .flat()
            .map((decision) => decision.id)
            .toSorted(),
        ).toEqual(recorded.toSorted());
        expect(rebuildLedger(ledger)).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 60 },
  );
  expect(reached).toEqual(new Set(['closed', 'closed-incomplete']));
});
