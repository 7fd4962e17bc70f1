// Access reviews in the report of a pack: what it says of them, that each number is recomputed, and that nothing is left out unsaid.
import { beforeEach, describe, expect, test } from 'vitest';
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { readPackKeys, readPackRows } from '../../../src-main/evidence/collection/pack-rows.ts';
import { isPrintOf } from '../../../src-main/evidence/same-print.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import type { CampaignsWish } from '#shared/model/pack-campaigns.ts';
import type { PackSection } from '#shared/model/work-papers.ts';
import { campaignPack, fullCampaign, oldName } from './campaign-scene.ts';
import { edit, filesOf, reseal, textOf, type MutableFiles } from './forge.ts';
import { alice, generatedAt, signersFile } from './sample-input.ts';

const trust = { signers: signersFile, now: generatedAt, isPrintOf };

const judge = async (files: MutableFiles) => {
  const { verdict, checks } = await verifyPack(reseal(files, alice), trust);
  return { verdict, failing: checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`) };
};

const wordsOf = (page: string): string =>
  page
    .replaceAll(/<br \/>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

/** The bytes of every pack that is looked at, while the folders of the scene are there. */
async function makePacks() {
  const { ledger, workspace, id, old } = await fullCampaign();
  const packed = (wish: CampaignsWish) => campaignPack(ledger, workspace, wish);
  const unknown = await packed({ choice: 'chosen', campaigns: ['nobody'] }).catch(String);
  return {
    id,
    old,
    unknown,
    all: await campaignPack(ledger, workspace),
    overlapping: await packed({ choice: 'overlapping' }),
    chosen: await packed({ choice: 'chosen', campaigns: [id] }),
    none: await packed({ choice: 'none' }),
  };
}
let made: ReturnType<typeof makePacks> | undefined;
let scene: Awaited<ReturnType<typeof makePacks>>;
let bytes: Uint8Array;
let page: string;
beforeEach(async () => {
  scene = await (made ??= makePacks());
  bytes = scene.all;
  page = textOf(filesOf(bytes), 'data/report.html');
});

test('a pack with everything that happened in a campaign is trusted', async () => {
  const { verdict, checks, report } = await verifyPack(bytes, trust);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect({ verdict, report }).toEqual({ verdict: 'trusted', report: 'drawn-again' });
});

test('the report says what was reviewed, decided, corrected, remedied and attested', () => {
  const words = wordsOf(page);
  for (const said of [
    'Access review 2: Third quarter',
    'In this pack are all access reviews this workspace opened. None is left out.',
    'PCI DSS 7.2.4',
    'Only where account is not sys, because: no person <b>',
    'The two counts agree.',
    'Items: 6. Of these 2 certified, 1 to be revoked, 1 to be modified. Without a final decision: 2.',
    'Revoke: Rita Reviewer (rita), 2026-11-19 08:00:00 UTC. Left the team.',
    'Escalated: Rita Reviewer (rita), 2026-11-19 08:00:00 UTC. Ask the owner.',
    'Decisions that were corrected: 1. Both stay in the ledger.',
    'HR confirms.',
    'Not his system.',
    'on leave',
    'ticket T-1',
    'Verified removed 1 STILL PRESENT 1 GRANTED AGAIN 0',
    'Nobody asked.',
    'were not tested RightResultTested by, note bob: reader on erp',
    'That is NOT within the tolerable rate of 50 %.',
    'It is EXCEEDED.',
    'CLOSED INCOMPLETE',
    'because: The quarter ended.',
    'Approved.',
    'new: 0, gone: 0, unchanged: 6.',
  ])
    expect(words, said).toContain(said);
});

const numbers = (): string[] =>
  [...page.matchAll(/<data data-fact="(campaign-[^"]+|count-campaign[^"]*)"/g)].map(([, name]) => name!);

test('each number of a campaign is recomputed, and the one that was changed is named', async () => {
  expect(new Set(numbers()).size).toBeGreaterThan(140);
  // Every fact changed at once, and every name told: a page is read once, not a hundred times.
  const files = filesOf(bytes);
  edit(files, 'data/report.html', (text) =>
    text.replaceAll(/(<data data-fact="(?:campaign-|count-campaign)[^"]+" value=")([^"]*)"/g, '$1$2x"'),
  );
  const { verdict, failing } = await judge(files);
  expect(verdict).toBe('tampered');
  expect(failing[0]).toContain(`report: The report states ${numbers().length} facts that do not follow`);
  const one = filesOf(bytes);
  const name = `campaign-${scene.id}-recheck-1-still-present`;
  edit(one, 'data/report.html', (text) =>
    text.replace(`data-fact="${name}" value="1">1<`, `data-fact="${name}" value="0">0<`),
  );
  expect((await judge(one)).failing).toEqual([expect.stringContaining(`“${name}”`)]);
});

test('a word of a campaign that was changed is found out, too', async () => {
  const files = filesOf(bytes);
  edit(files, 'data/report.html', (text) => text.replaceAll('HR confirms.', 'HR denies.'));
  expect((await judge(files)).failing).toEqual([expect.stringContaining('it differs first in')]);
});

test.each<[string, (text: string) => string]>([
  ['a conflict', (text) => text.replace('"note":"HR confirms."', '"note":"HR denies."')],
  [
    'a correction',
    (text) => text.replace('"corrections":{"first":[{', '"corrections":{"first":[],"total":0},"x":{"y":[{'),
  ],
  ['the median', (text) => text.replace('"medianDwellMs":4000,"own"', '"medianDwellMs":9000,"own"')],
  ['a re-check', (text) => text.replace('"state":"still-present"', '"state":"verified-removed"')],
  ['a ticket', (text) => text.replace('"ticket":"T-1"', '"ticket":"T-2"')],
])('%s in the data of a campaign is not changed unseen', async (_, change) => {
  const files = filesOf(bytes);
  edit(files, 'data/campaigns.jsonl', change);
  const { verdict } = await judge(files);
  expect(verdict).not.toBe('trusted');
});

describe('the choice of campaigns', () => {
  const statementOf = (pack: Uint8Array): unknown =>
    JSON.parse(textOf(filesOf(pack), 'data/statement.json')).predicate.campaigns;
  const left = () => ({ campaign: scene.old, name: oldName });

  test('is by time where nobody says otherwise, and what is left out is named', async () => {
    // The other one was of 2023 and closed in January 2025, long before the first event.
    expect(statementOf(scene.overlapping)).toEqual({ choice: 'overlapping', leftOut: [left()] });
    expect(await judge(filesOf(scene.overlapping))).toEqual({ verdict: 'trusted', failing: [] });
    const { chosen } = scene;
    expect(statementOf(chosen)).toEqual({ choice: 'chosen', leftOut: [left()] });
    expect(await judge(filesOf(chosen))).toEqual({ verdict: 'trusted', failing: [] });
    const words = wordsOf(textOf(filesOf(chosen), 'data/report.html'));
    expect(words).toContain('Left out: 1.');
    expect(words).toContain(`The year before ⟦U+202E⟧<b>שלום 重要 ${scene.old}`);
  });

  test('of none leaves their files out, and the report says so', async () => {
    const none = filesOf(scene.none);
    expect([...none.keys()].filter((name) => name.includes('campaign'))).toEqual([]);
    expect(await judge(none)).toEqual({ verdict: 'trusted', failing: [] });
    expect(wordsOf(textOf(none, 'data/report.html'))).toContain('This pack leaves out the access reviews');
  });

  test('cannot be left out of the statement together with the campaigns', async () => {
    const none = filesOf(scene.none);
    edit(none, 'data/statement.json', (text) => text.replace(/"campaigns":\{"choice".*?\]\},/, ''));
    const { failing } = await judge(none);
    expect(failing).toContainEqual(expect.stringContaining('does not say which campaigns'));
  });

  test('of one that was not opened here is refused', () => {
    expect(scene.unknown).toContain('No campaign nobody was opened');
  });

  test.each<[string, (text: string) => string]>([
    ['another choice', (text) => text.replace('"choice":"chosen"', '"choice":"all"')],
    ['another name', (text) => text.replace('"name":"The year before', '"name":"Nothing')],
    ['a choice by time', (text) => text.replace('"choice":"chosen"', '"choice":"none"')],
    ['nothing said', (text) => text.replace(/"campaigns":\{"choice".*?\]\},/, '')],
    ['nothing left out', (text) => text.replace(/"leftOut":\[\{.*?\}\]/, '"leftOut":[]')],
  ])('is held against what is in the pack: %s', async (_, change) => {
    const files = filesOf(scene.chosen);
    edit(files, 'data/statement.json', change);
    const { failing } = await judge(files);
    expect(failing.some((one) => one.startsWith('campaigns: '))).toBe(true);
  });
});

test('an auditor looks through the campaigns of a pack and their items, and finds none where none are', async () => {
  const rowsOf = (pack: Uint8Array, section: PackSection) =>
    readPackRows(sourceInMemory(pack), { section, offset: 0, limit: 50 });
  const campaigns = await rowsOf(bytes, 'campaigns');
  expect(campaigns.rows.map(({ key, cells, facet }) => [key, ...cells, facet])).toEqual([
    [scene.old, oldName, '2023-01-01', '2023-12-31', '6', '0', '0', '0', '6', 'closed-incomplete'],
    [scene.id, 'Third quarter', '2026-07-01', '2026-09-30', '6', '2', '1', '1', '2', 'closed-incomplete'],
  ]);
  const items = await rowsOf(bytes, 'campaign-items');
  expect(items).toMatchObject({ total: 12, facetName: 'Outcome' });
  expect(items.facets).toContainEqual({ value: 'revoke', count: 1 });
  expect(new Set(await readPackKeys(sourceInMemory(bytes), 'campaign-items')).size).toBe(12);
  expect(await rowsOf(scene.none, 'campaign-items')).toMatchObject({ total: 0, rows: [] });
});
