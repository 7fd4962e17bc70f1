// Whatever people did before: a frozen population, or what a pack says of it, is not changed without the export or `verify` noticing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import { decisionKinds } from '../../../src-shared/model/review.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { formatJsonLine } from '../../../src-main/evidence/json-lines.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { attestCampaign, closeCampaign } from '../../../src-main/review/campaigns/close-campaign.ts';
import { decideItems } from '../../../src-main/review/campaigns/decide-items.ts';
import { defineCampaign } from '../../../src-main/review/campaigns/define-campaign.ts';
import { delegateReview } from '../../../src-main/review/campaigns/delegate.ts';
import { frozenFileOf } from '../../../src-main/review/campaigns/frozen-file.ts';
import { itemKey } from '../../../src-main/review/campaigns/item-digest.ts';
import { openCampaign } from '../../../src-main/review/campaigns/open-campaign.ts';
import { drawCampaignSample } from '../../../src-main/review/campaigns/sample.ts';
import { addAliases } from '../../../src-main/review/independence-acts.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { ledgerWithReviewer, openCache, stoppedClock, temporaryFolder } from '../../support/workspace.ts';
import { campaignPack } from './campaign-scene.ts';
import { filesOf, reseal, textOf } from './forge.ts';
import { alice, generatedAt, signersFile } from './sample-input.ts';

const subjects = ['eve', 'ann', 'rita', 'bob', 'adm-1'];
const place = fc.nat(subjects.length - 1);

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      who: fc.constantFrom<keyof typeof people>('rita', 'otto'),
      at: place,
      decision: fc.constantFrom(...decisionKinds),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('alias' as const), alias: fc.constantFrom('adm-1', 'bob') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delegate' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sample' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);

const change = fc.oneof(
  fc.record({ how: fc.constant('drop' as const), at: place }),
  fc.record({ how: fc.constant('repeat' as const), at: place }),
  fc.record({ how: fc.constant('invent' as const), subject: fc.constantFrom('zoe', 'a', 'x-9') }),
  fc.record({ how: fc.constant('swap' as const), at: place, with: place }),
  fc.record({
    how: fc.constant('edit' as const),
    at: place,
    member: fc.constantFrom('privileged', 'subjectName', 'rows', 'manager', 'entitlement', 'key', 'flags'),
  }),
);
type Step = ArbitraryOf<typeof step>;
type Change = ArbitraryOf<typeof change>;
type ArbitraryOf<Made> = Made extends fc.Arbitrary<infer Value> ? Value : never;

type Members = Record<string, unknown>;
const edited: Members = {
  privileged: 'yes',
  subjectName: 'Somebody Else',
  rows: 7,
  manager: 'otto',
  entitlement: 'writer',
  key: '0'.repeat(32),
  flags: [],
};

/** One change to the items that stand one a line; `inItem` finds the item in what a line says. */
function changed(text: string, how: Change, inItem: (line: Members) => Members): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Members);
  const { length } = lines;
  if (how.how === 'drop') lines.splice(how.at % length, 1);
  if (how.how === 'repeat') lines.splice(how.at % length, 0, lines[how.at % length]!);
  if (how.how === 'swap') {
    const [one, other] = [how.at % length, how.with % length];
    [lines[one], lines[other]] = [lines[other]!, lines[one]!];
  }
  if (how.how === 'edit')
    Object.assign(inItem(lines[how.at % length]!), { [how.member]: edited[how.member] });
  if (how.how === 'invent') {
    const invented = structuredClone(lines[0]!);
    const { subject } = how;
    Object.assign(inItem(invented), { subject, key: itemKey(subject, 'reader', null) });
    lines.push(invented);
    lines.sort((a, b) => (String(inItem(a)['key']) < String(inItem(b)['key']) ? -1 : 1));
  }
  return lines.map((line) => formatJsonLine(line)).join('');
}

async function openedCampaign() {
  const [workspace, cache] = [temporaryFolder(), openCache()];
  const clock = stoppedClock('2026-11-19T08:00:00Z');
  const ledger = ledgerWithReviewer(people.olga, clock);
  const csv = join(workspace, 'rights.csv');
  writeFileSync(csv, `account,role\n${subjects.map((subject) => `${subject},reader\n`).join('')}`);
  const file = await keepCsv({ directory: workspace }, csv, 'rights.csv');
  const scope = {
    from: 'file' as const,
    name: file.name,
    sha256: file.sha256,
    columns: { subject: 'account', entitlement: 'role' },
    filters: [],
  };
  const { id } = defineCampaign(ledger, { definition: makeDefinition({ scope }) });
  const store = { ledger, cache, workspace, nowMs: clock.nowMs };
  const source = () => Promise.reject(new Error('no database is needed'));
  await openCampaign({ ...store, source }, { campaign: id });
  return { ...store, id };
}
type Scene = Awaited<ReturnType<typeof openedCampaign>>;

async function act({ id: campaign, ...store }: Scene, one: Step): Promise<void> {
  const { ledger } = store;
  actAs(ledger, one.do === 'decide' ? one.who : one.do === 'alias' ? 'rita' : 'olga');
  if (one.do === 'decide')
    await decideItems(store, {
      campaign,
      items: [{ key: itemKey(subjects[one.at]!, 'reader', null) }],
      decision: one.decision,
      reason: 'because',
      osUser: null,
    });
  else if (one.do === 'alias')
    addAliases(ledger, { add: [one.alias], reason: 'the same', isSamePerson: true });
  else if (one.do === 'delegate')
    delegateReview(ledger, {
      campaign,
      from: 'rita',
      to: 'otto',
      validFrom: '2026-11-01T00:00:00.000Z',
      validTo: '2026-12-01T00:00:00.000Z',
      reason: 'away',
      nowMs: Date.parse('2026-11-01T00:00:00Z'),
    });
  else if (one.do === 'sample')
    await drawCampaignSample(store, {
      campaign,
      purpose: 'Are decisions right?',
      wish: { method: { kind: 'judgemental', frequency: 'annual', reason: null }, seed: null, size: null },
    });
  else {
    await attestCampaign(store, { campaign, role: 'owner', statement: 'seen' });
    actAs(ledger, 'adam');
    await attestCampaign(store, { campaign, role: 'approver', statement: 'seen' });
    await closeCampaign(store, { campaign, reason: 'no time' });
  }
}

const judge = async (bytes: Parameters<typeof verifyPack>[0]) => {
  const { verdict, checks } = await verifyPack(bytes, { signers: signersFile, now: generatedAt });
  return { verdict, failing: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
};

/** The pack with one file changed, signed again by whoever signed it. */
async function judgeChanged(pack: Uint8Array, name: string, text: string) {
  const files = filesOf(pack);
  files.set(name, Buffer.from(text));
  return judge(reseal(files, alice));
}

const itemsFile = 'data/campaign-items.jsonl';
const trusted = { verdict: 'trusted', failing: [] };

test('no sequence of steps changes a frozen population without the export or verify naming it', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 7 }),
      fc.array(change, { minLength: 3, maxLength: 5 }),
      async (steps, changes) => {
        const scene = await openedCampaign();
        const { ledger, workspace, id } = scene;
        for (const one of steps) {
          try {
            await act(scene, one);
            reached.add(one.do);
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
          }
        }
        const pack = await campaignPack(ledger, workspace);
        expect(await judge(pack)).toEqual(trusted);
        const { path } = frozenFileOf(workspace, campaignOf(ledger.state(), id));
        const frozen = readFileSync(path, 'utf8');
        const packed = textOf(filesOf(pack), itemsFile);
        for (const how of changes) {
          const population = changed(frozen, how, (line) => line);
          const isSame = population === frozen;
          reached.add(isSame ? 'unchanged' : how.how);
          writeFileSync(path, population);
          if (isSame) expect(await judge(await campaignPack(ledger, workspace))).toEqual(trusted);
          else await expect(campaignPack(ledger, workspace)).rejects.toThrow(/not the one the ledger names/);
          writeFileSync(path, frozen);

          const lines = changed(packed, how, ({ item }) => item as Members);
          const judged = await judgeChanged(pack, itemsFile, lines);
          if (isSame) expect(judged).toEqual(trusted);
          else {
            expect(judged.verdict).not.toBe('trusted');
            expect(judged.failing).toContain('campaigns');
          }
        }
      },
    ),
    {
      numRuns: 8,
      examples: [
        [
          [
            { do: 'decide', who: 'rita', at: 0, decision: 'certify' },
            { do: 'decide', who: 'otto', at: 2, decision: 'revoke' },
            { do: 'sample' },
            { do: 'delegate' },
            { do: 'alias', alias: 'bob' },
            { do: 'close' },
          ],
          [
            { how: 'drop', at: 1 },
            { how: 'repeat', at: 1 },
            { how: 'invent', subject: 'zoe' },
            { how: 'swap', at: 0, with: 3 },
            { how: 'swap', at: 2, with: 2 },
            { how: 'edit', at: 1, member: 'privileged' },
            // What nobody decided, and no number speaks about, is bound by the hash alone.
            ...subjects.map((_, at) => ({ how: 'edit' as const, at, member: 'manager' as const })),
          ],
        ],
      ],
    },
  );
  expect([...reached].toSorted()).toEqual([
    'alias',
    'close',
    'decide',
    'delegate',
    'drop',
    'edit',
    'invent',
    'repeat',
    'sample',
    'swap',
    'unchanged',
  ]);
});

test('no number of a campaign’s line is changed unseen', async () => {
  const scene = await openedCampaign();
  await act(scene, { do: 'decide', who: 'rita', at: 0, decision: 'revoke' });
  await act(scene, { do: 'close' });
  const pack = await campaignPack(scene.ledger, scene.workspace);
  const name = 'data/campaigns.jsonl';
  const text = textOf(filesOf(pack), name);
  expect(await judgeChanged(pack, name, text)).toEqual(trusted);
  const line = JSON.parse(text) as Members & { ipe: Members; counts: Members };
  const changes: Members[] = [
    ...Object.keys(line.counts).map((count) => ({ counts: { ...line.counts, [count]: 3 } })),
    { ipe: { ...line.ipe, items: 4 } },
    { ipe: { ...line.ipe, sha256: 'a'.repeat(64) } },
    { ipe: { ...line.ipe, keysSha256: 'a'.repeat(64) } },
    { outcomesSha256: 'a'.repeat(64) },
    { state: 'closed' },
    { attestations: [] },
  ];
  for (const wrong of changes) {
    const judged = await judgeChanged(pack, name, formatJsonLine({ ...line, ...wrong }));
    expect(judged).toMatchObject({ verdict: 'tampered' });
    expect(judged.failing).toContain('campaigns');
  }
  for (const lines of ['', text + text]) {
    const judged = await judgeChanged(pack, name, lines);
    expect(judged.verdict).not.toBe('trusted');
    expect(judged.failing).toContain('campaigns');
  }
});
