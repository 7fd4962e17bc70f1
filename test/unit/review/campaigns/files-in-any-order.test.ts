// Files of decisions in any order and as often as one likes, between whatever else people do: none is lost, none counts twice, nobody’s own item counts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../../src-shared/model/problem.ts';
import { decisionKinds } from '../../../../src-shared/model/review.ts';
import { formatJsonLine } from '../../../../src-main/evidence/json-lines.ts';
import { newSeed, signerOfSeed } from '../../../../src-main/evidence/keys.ts';
import { fingerprintOf } from '../../../../src-main/evidence/public-key.ts';
import { allowedSignersLine } from '../../../../src-main/evidence/signer-identity.ts';
import { isSamePerson } from '../../../../src-main/review/aliases.ts';
import { writeTravelling } from '../../../../src-main/review/campaigns/assignment-bag.ts';
import { decisionsKind } from '../../../../src-main/review/campaigns/assignment-kinds.ts';
import { campaignOf, type CampaignRecord } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { attestCampaign, closeCampaign } from '../../../../src-main/review/campaigns/close-campaign.ts';
import { decideItems } from '../../../../src-main/review/campaigns/decide-items.ts';
import { delegateReview } from '../../../../src-main/review/campaigns/delegate.ts';
import { frozenFileOf } from '../../../../src-main/review/campaigns/frozen-file.ts';
import { importDecisions } from '../../../../src-main/review/campaigns/import-decisions.ts';
import { itemDigest } from '../../../../src-main/review/campaigns/item-digest.ts';
import {
  closeCampaignConflict,
  listConflicts,
} from '../../../../src-main/review/campaigns/merge-conflicts.ts';
import { campaignIdentities } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import { tallyOf } from '../../../../src-main/review/campaigns/tally-steps.ts';
import { countsNow, tallyNow } from '../../../../src-main/review/campaigns/tally.ts';
import { standingOf } from '../../../../src-main/review/campaigns/standing.ts';
import { addAliases } from '../../../../src-main/review/independence-acts.ts';
import { rebuildLedger } from '../../../../src-main/review/rebuild.ts';
import { actAs, frozenCampaign, makeDefinition, makeItem, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, openCache, temporaryFolder } from '../../../support/workspace.ts';

const items = ['rita', 'otto@example.org', 'adm-1', 'eve'].map((subject) => makeItem({ subject }));
const now = '2026-11-16T00:00:00.000Z';

type Who = keyof typeof people;
const wish = fc.record({
  item: fc.nat(items.length - 1),
  decision: fc.constantFrom(...decisionKinds),
  stage: fc.nat(1),
  corrects: fc.boolean(),
});
const file = fc.record({
  by: fc.constantFrom<Who>('rita', 'otto', 'adam'),
  wishes: fc.array(wish, { minLength: 1, maxLength: 5 }),
  /** Stated as their own in the signed file. */
  names: fc.array(fc.constantFrom('adm-1', 'eve', 'otto@example.org'), { maxLength: 1 }),
});
type Wish = ArbitraryOf<typeof wish>;
type Handed = ArbitraryOf<typeof file>;
type ArbitraryOf<Made> = Made extends fc.Arbitrary<infer Value> ? Value : never;

const filesAtMost = 3;
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('import' as const), file: fc.nat(filesAtMost - 1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      who: fc.constantFrom<Who>('rita', 'otto', 'adam'),
      item: fc.nat(items.length - 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('alias' as const), alias: fc.constantFrom('adm-1', 'eve') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('tamper' as const), at: fc.nat(2000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repair' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);

const decided = (item: number, decision: Wish['decision']): Wish => ({
  item,
  decision,
  stage: 0,
  corrects: false,
});

type Step = ArbitraryOf<typeof step>;

/** An alias that is stated only after an earlier file brought a decision about it. */
const namesComeLater: [Handed[], Step[]] = [
  [
    { by: 'rita', names: [], wishes: [decided(2, 'certify'), decided(3, 'certify')] },
    { by: 'rita', names: ['adm-1'], wishes: [decided(3, 'certify')] },
    { by: 'otto', names: [], wishes: [decided(2, 'revoke')] },
  ],
  [...[0, 1, 0, 2].map((number) => ({ do: 'import' as const, file: number })), { do: 'close' }],
];

/** Comes past everything that is to be reached, whatever the others come past. */
const everythingAtOnce: [Handed[], Step[]] = [
  [
    { by: 'rita', names: [], wishes: [decided(3, 'certify'), decided(0, 'certify')] },
    { by: 'otto', names: [], wishes: [decided(3, 'revoke')] },
    { by: 'adam', names: [], wishes: [decided(3, 'modify')] },
  ],
  [
    ...[0, 1, 2, 0].map((number) => ({ do: 'import' as const, file: number })),
    { do: 'settle' },
    { do: 'close' },
    { do: 'import', file: 1 },
  ],
];

/** One key each; made once. */
const keys = new Map(
  Object.values(people).map(({ id, email }) => {
    const signer = signerOfSeed(newSeed());
    return [id, { signer, line: allowedSignersLine(email, signer.publicKey) }];
  }),
);
const signers = [...keys.values()].map(({ line }) => line).join('\n');

/** Writes the file somebody’s own workspace would have written. */
async function handBack(
  path: string,
  record: CampaignRecord,
  number: number,
  { by, wishes, names }: Handed,
): Promise<string[]> {
  const { signer } = keys.get(by)!;
  const ids: string[] = [];
  const latest = new Map<string, string>();
  const lines = wishes.map(({ item, decision, stage, corrects }, index) => {
    const { key, subject, entitlement, resource } = items[item]!;
    const id = `01M7ZN0P91JPEF8YC9SKA3B3${number}${index}`;
    const place = `${key} ${stage}`;
    const supersedes = corrects ? (latest.get(place) ?? null) : null;
    latest.set(place, id);
    ids.push(id);
    const payload = {
      campaign: record.id,
      item: key,
      stage,
      decision,
      reason: 'because',
      reviewerName: by,
      ofRecord: by,
      digest: itemDigest(record, items[item]!),
      dwellMs: null,
      opened: [],
      batch: null,
      supersedes,
      subject,
      entitlement,
      resource,
      because: 'there',
    };
    return formatJsonLine({
      v: 1,
      seq: index + 1,
      id,
      type: 'campaign-decision',
      tenant: null,
      subject: key,
      actor: by,
      wall_time: now,
      offset_ms: null,
      mono: 0,
      hlc: `000000000000000-${String(index).padStart(6, '0')}`,
      payload,
      prev: '0'.repeat(64),
    });
  });
  const statement = (decisions: number) => ({
    kind: 'countersign-assignment-decisions' as const,
    format: 1 as const,
    id: `01M7ZN0P91JPEF8YC9SKA3B3Y${number}`,
    madeAt: now,
    tool: { name: 'Countersign' as const, version: '0' },
    reviewer: people[by],
    signer: { identity: people[by].email, fingerprint: fingerprintOf(signer.publicKey) },
    campaign: record.id,
    populationSha256: record.opened!.ipe.sha256,
    assignments: ['a'.repeat(64)],
    decisions,
    decided: new Set(wishes.map(({ item }) => item)).size,
    items: items.length,
    ...(names.length > 0 && { alsoKnownAs: names }),
  });
  await writeTravelling(path, { kind: decisionsKind, rows: [lines], statement, toolVersion: '0' }, signer);
  return ids;
}

test('no order of files, decisions and other acts loses a decision, takes one twice, or counts a review of oneself', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: filesAtMost, maxLength: filesAtMost }),
      fc.array(step, { minLength: 3, maxLength: 14 }),
      async (files, steps) => {
        const workspace = temporaryFolder();
        const ledger = ledgerWithReviewer(people.olga);
        const store = { ledger, cache: openCache(), workspace, nowMs: () => Date.parse(now) };
        const stage = { reviewer: { by: 'person' as const, person: 'rita' }, fallback: 'otto' };
        const second = { by: 'round-robin' as const, people: ['otto', 'adam'] };
        const definition = makeDefinition({
          stages: [
            { name: 'first', ...stage },
            { name: 'second', ...stage, reviewer: second },
          ],
        });
        const record = frozenCampaign(ledger, workspace, items, definition);
        const { id: campaign } = record;
        const handed = { campaign, stage: 0, to: 'rita', items: items.length, fileName: 'to-rita.zip' };
        const payload = { ...handed, fileSha256: 'a'.repeat(64), byName: 'Olga' };
        ledger.append(() => [{ type: 'campaign-assigned', subject: campaign, actor: 'olga', payload }]);
        delegateReview(ledger, {
          campaign,
          from: 'rita',
          to: 'otto',
          validFrom: '2026-11-01T00:00:00.000Z',
          validTo: '2026-12-01T00:00:00.000Z',
          reason: 'away now and then',
          nowMs: Date.parse('2026-11-01T00:00:00Z'),
        });
        const { path } = frozenFileOf(workspace, record);
        const original = readFileSync(path);
        const [paths, ids]: [string[], string[][]] = [[], []];
        for (const [number, one] of files.entries()) {
          paths.push(join(workspace, `${number}.zip`));
          ids.push(await handBack(paths[number]!, record, number, one));
        }
        const identitiesNow = () => campaignIdentities(ledger.state().independence.identities, definition);
        const importNow = (number: number) =>
          importDecisions(store, {
            path: paths[number]!,
            fileName: `${number}.zip`,
            trust: { signers, now },
            accept: null,
          });
        const expected = new Set<string>();
        const stated = new Map<string, Set<string>>();
        const isTheirs = (who: string, subject: string) =>
          isSamePerson(identitiesNow(), who, subject) ||
          [...(stated.get(who) ?? [])].some((name) => isSamePerson(identitiesNow(), name, subject));
        let isChanged = false;

        for (const one of steps) {
          const who = one.do === 'decide' ? one.who : 'olga';
          // Nothing is said anew about people where nobody else sits down: what was worked out before is kept then.
          if (ledger.state().reviewer?.id !== who) actAs(ledger, who);
          const before = ledger.state().entries;
          try {
            if (one.do === 'import') {
              const { added, known, refused } = await importNow(one.file);
              expect(added + known + refused.length).toBe(ids[one.file]!.length);
              const { by, names } = files[one.file]!;
              stated.set(by, new Set([...(stated.get(by) ?? []), ...names]));
              const not = new Set(refused.map(({ decision }) => decision));
              for (const id of ids[one.file]!) if (!not.has(id)) expected.add(id);
              for (const { isSelfReview } of refused) reached.add(isSelfReview ? 'self-review' : 'refused');
              if (known > 0) reached.add('known');
              const { entries } = ledger.state();
              expect(await importNow(one.file)).toMatchObject({ added: 0 });
              expect(ledger.state().entries).toBe(entries);
            } else if (one.do === 'decide') {
              const wanted = { campaign, items: [{ key: items[one.item]!.key }], reason: 'because' };
              for (const { id } of await decideItems(store, { ...wanted, decision: 'certify' }))
                expected.add(id);
            } else if (one.do === 'alias') {
              actAs(ledger, 'rita');
              addAliases(ledger, { add: [one.alias], reason: 'the same', isSamePerson: true });
            } else if (one.do === 'tamper') {
              const bytes = Buffer.from(readFileSync(path));
              bytes[one.at % bytes.length]! ^= 1;
              writeFileSync(path, bytes);
              isChanged = !bytes.equals(original);
            } else if (one.do === 'repair') {
              writeFileSync(path, original);
              isChanged = false;
            } else if (one.do === 'settle') {
              for (const { item, stage: number, closing } of await listConflicts(ledger.state(), campaign)) {
                reached.add('conflict');
                if (closing === null)
                  closeCampaignConflict(ledger, { campaign, item, stage: number, note: 'this' });
              }
            } else {
              await attestCampaign(store, { campaign, role: 'owner', statement: 'seen' });
              actAs(ledger, 'adam');
              await attestCampaign(store, { campaign, role: 'approver', statement: 'seen' });
              await closeCampaign(store, { campaign, reason: 'no time' });
              reached.add('closed');
            }
            if (isChanged && ['import', 'decide', 'close'].includes(one.do))
              throw new Error('An act went through on a changed population.');
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            const types = ledger
              .entries()
              .slice(before)
              .map(({ entry }) => entry.type);
            expect(types).not.toContain('campaign-decision');
            expect(types).not.toContain('campaign-imported');
          }
          const present = campaignOf(ledger.state(), campaign);
          const anew = tallyOf(present, identitiesNow());
          expect(tallyNow(ledger.state(), present)).toEqual(anew);
          expect(countsNow(ledger.state(), present)).toEqual(anew.counts);
          for (const item of items)
            for (const decision of standingOf(campaignOf(ledger.state(), campaign), item, identitiesNow())
              .decisions)
              if (decision) expect(isTheirs(decision.reviewer, item.subject)).toBe(false);
        }

        const end = campaignOf(ledger.state(), campaign);
        const { decisionsById } = end;
        const late = [...decisionsById.values()].filter(
          ({ reviewer, subject }) =>
            isTheirs(reviewer, subject) && !isSamePerson(identitiesNow(), reviewer, subject),
        );
        if (late.length > 0) reached.add('own by a later file');

        expect(new Set(decisionsById.keys())).toEqual(expected);
        const recorded = ledger.entries().filter(({ entry }) => entry.type === 'campaign-decision');
        expect(recorded).toHaveLength(expected.size);
        expect(rebuildLedger(ledger)).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 20, examples: [everythingAtOnce, namesComeLater] },
  );
  expect([...reached].toSorted()).toEqual([
    'closed',
    'conflict',
    'known',
    'own by a later file',
    'refused',
    'self-review',
  ]);
});
