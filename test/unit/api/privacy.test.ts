// Names are masked at every door, looked behind with a reason, and erased; what is checked, is checked on ids.
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingWriter, type FindingRecord } from '../../../src-main/store/cache/findings.ts';
import { mirrorQueue } from '../../../src-main/store/cache/server-reviews.ts';
import { frozenCampaign, makeItem } from '../../support/campaign.ts';
import { makeEvent, mirror } from '../../support/workspace.ts';
import { openStation } from '../../support/station.ts';

const dana = { actor: 'dana@example.org', actorName: 'Dana Delgado', action: 'role.grant' };
const pseudonymForm = /^Actor [0-9A-Z]{4}-[0-9A-Z]{4}$/;

async function station(folder?: string) {
  let nowMs = Date.parse('2026-11-16T09:00:00Z');
  const opened = await openStation(folder, () => nowMs);
  return { ...opened, advance: (milliseconds: number) => (nowMs += milliseconds) };
}

async function filled() {
  const opened = await station();
  const { cache } = opened;
  const rita = { name: 'Rita Reviewer', id: 'rita', email: 'rita@example.org' };
  opened.ledger.append(() => [{ type: 'reviewer-changed', subject: 'rita', actor: 'rita', payload: rita }]);
  mirror(cache, [
    makeEvent({ ...dana, metadata: '{"by":"dana@example.org"}' }),
    makeEvent({ actor: 'rita', actorName: 'Rita Reviewer', action: 'role.grant' }),
  ]);
  cache.transaction(() => findingWriter(cache)(finding))();
  mirrorQueue(
    cache,
    {
      rows: ['rita', dana.actor].map((actorId, number) => ({
        ...reviewRow,
        id: `review-${number}`,
        actorId,
      })),
    },
    () => undefined,
  );
  return opened;
}

const reviewRow = {
  tenantId: 'primary',
  auditLogId: null,
  action: 'role.grant',
  dueAtMicroseconds: Date.parse('2026-12-01T00:00:00Z') * 1000,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
};

const finding: Omit<FindingRecord, 'actorName'> = {
  id: 'z3-1',
  version: 1,
  flagged: true,
  detector: 'z3',
  methodVersion: 'z3/1',
  sourceAccount: 'primary',
  actor: dana.actor,
  entity: { kind: 'actor', value: dana.actor },
  action: 'role.grant',
  startMicroseconds: Date.parse('2026-11-02T09:00:00Z') * 1000,
  endMicroseconds: Date.parse('2026-11-02T10:00:00Z') * 1000,
  count: 12,
  score: 9.5,
  threshold: 3,
  severity: 'high',
  explanationParts: {
    what: 'Dana Delgado (dana@example.org) granted 12 roles.',
    expected: null,
    unusual: 'It is unusual.',
    comparedWith: null,
    alsoSeen: null,
    confidence: null,
    method: 'z3',
    wouldChange: null,
  },
  evidence: {},
  eventIds: ['event-1'],
  foundMicroseconds: Date.parse('2026-11-03T00:00:00Z') * 1000,
};

type Call = Awaited<ReturnType<typeof filled>>['call'];

/** What the screens ask for. */
async function everything(call: Call): Promise<string> {
  const answers = [
    await call.findings.list({}),
    await call.findings.cases({}),
    await call.actors.risk({}),
    await call.activity.heatmap({}),
    await call.activity.topActors({}),
    await call.activity.events({}),
    await call.reviews.list({}),
    await call.ledger.entries({}),
  ];
  return JSON.stringify(answers);
}

test('while names are masked, no answer holds one, and each actor has one pseudonym', async () => {
  const { call } = await filled();
  expect(await everything(call)).toContain('Dana Delgado');
  await call.privacy.setMask({ isMasked: true, purpose: 'Monthly review of privileged grants.' });
  const text = await everything(call);
  expect(text).not.toContain('dana@example.org');
  expect(text).not.toContain('Dana Delgado');
  const [found] = await call.findings.list({});
  expect(found!.actor).toMatch(pseudonymForm);
  expect(found!.entity.value).toBe(found!.actor);
  expect(found!.explanation).toContain(`${found!.actor} (${found!.actor}) granted 12 roles.`);
  const reviews = await call.reviews.list({});
  expect(reviews.map(({ actor }) => actor)).toContain(found!.actor);
});

test('a pseudonym is understood where an id is', async () => {
  const { call } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  const [found] = await call.findings.list({});
  const asked = { actor: found!.actor };
  const { events } = await call.activity.events(asked);
  expect(events).toHaveLength(1);
  expect(events[0]!.actor).toBe(found!.actor);
  expect(events[0]!.metadata).toBe(`{"by":"${found!.actor}"}`);
});

test('exported lists hold pseudonyms, and so do their manifests', async () => {
  const { call, finish, exportsDirectory } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  const { actor } = (await call.findings.list({}))[0]!;
  await finish(call.exported.table({ table: 'findings', format: 'csv', filter: {} }));
  await finish(call.exported.table({ table: 'events', format: 'ndjson', filter: { actor } }));
  await finish(call.exported.ocsf());
  const files = readdirSync(exportsDirectory).map((name) =>
    readFileSync(join(exportsDirectory, name), 'utf8'),
  );
  expect(files.length).toBeGreaterThanOrEqual(6);
  expect(files.filter((text) => text.includes(actor)).length).toBeGreaterThanOrEqual(4);
  expect(files.filter((text) => /dana@example\.org|Dana Delgado/.test(text))).toEqual([]);
});

test('unmasking one shows one, for its time, and is on record with its reason', async () => {
  const { call, ledger, advance } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  const [found] = await call.findings.list({});
  await call.privacy.unmask({ actor: found!.actor, reason: 'To call them about the grants.', minutes: 10 });
  expect((await call.findings.list({}))[0]).toMatchObject({ actor: dana.actor, actorName: 'Dana Delgado' });
  expect(JSON.stringify(await call.activity.topActors({}))).not.toContain('"rita"');
  const { entry } = ledger.entries().at(-1)!;
  expect(entry).toMatchObject({
    type: 'unmask',
    actor: 'rita',
    subject: found!.actor,
    payload: {
      pseudonym: found!.actor,
      reason: 'To call them about the grants.',
      until: '2026-11-16T09:10:00.000Z',
    },
  });
  expect(JSON.stringify(entry)).not.toContain(dana.actor);
  advance(10 * 60_000);
  expect((await call.findings.list({}))[0]!.actor).toBe(found!.actor);
});

test('unmasking everybody shows everybody; masking again ends it', async () => {
  const { call } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  await call.privacy.unmask({ actor: null, reason: 'Handing over to the police.', minutes: 5 });
  expect(await everything(call)).toContain('Dana Delgado');
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  expect(await everything(call)).not.toContain('Dana Delgado');
});

test('nobody is unmasked without a mask, and no change goes without a reason', async () => {
  const { call } = await filled();
  await expect(call.privacy.unmask({ actor: null, reason: 'x', minutes: 5 })).rejects.toThrow(/not masked/);
  await expect(call.privacy.setMask({ isMasked: true, purpose: ' ' })).rejects.toThrow(/purpose/);
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  await expect(call.privacy.unmask({ actor: 'Actor 0000-0000', reason: 'x', minutes: 5 })).rejects.toThrow(
    /Nobody/,
  );
});

test('behind a pseudonym, nobody can decide on their own action', async () => {
  const { call } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  const own = (await call.reviews.list({})).find(({ id }) => id === 'review-0')!;
  expect(own.actor).toMatch(pseudonymForm);
  await expect(
    call.reviews.decide({
      reviews: [{ id: own.id }],
      decision: 'certify',
      reason: 'Looks right.',
    }),
  ).rejects.toThrow(/yourself/);
});

test('the key of the pseudonyms outlives a restart, and a lost one shows nobody', async () => {
  const { call, close, folder } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  const [found] = await call.findings.list({});
  await close();
  const again = await station(folder);
  expect((await again.call.findings.list({}))[0]!.actor).toBe(found!.actor);
  await again.close();
  rmSync(join(folder, 'secrets.json'));
  const without = await station(folder);
  await expect(without.call.findings.list({})).rejects.toThrow(/key of this workspace’s pseudonyms/);
});

test('erasing says what was erased and what had to stay, and leaves no byte in cache and ledger', async () => {
  const { call, cache, folder } = await filled();
  cache.exec('DELETE FROM server_review');
  const report = await call.privacy.erase({
    actor: dana.actor,
    reason: 'Asked for by letter of 9 November.',
  });
  expect(report.erased.map(({ what, count }) => [what, count])).toEqual(
    expect.arrayContaining([
      ['actors', 1],
      ['events', 1],
      ['versions of findings', 1],
    ]),
  );
  expect(report.kept.map(({ what, count }) => [what, count])).toEqual([['review items', 1]]);
  expect((await call.privacy.get()).erased).toMatchObject([{ pseudonym: report.pseudonym, by: 'rita' }]);
  expect((await call.findings.list({}))[0]!.actor).toBe(report.pseudonym);
  const ledgerFiles = readdirSync(folder).filter((name) => name.startsWith('ledger'));
  expect(ledgerFiles.filter((name) => readFileSync(join(folder, name)).includes(dana.actor))).toEqual([]);
  // Asked again, only the file is tidied, and nothing is recorded.
  expect((await call.privacy.erase({ actor: dana.actor, reason: 'Again.' })).erased).toEqual([]);
  expect((await call.privacy.get()).erased).toHaveLength(1);
  expect(
    (await call.privacy.liftErasure({ pseudonym: report.pseudonym, reason: 'Withdrawn.' })).erased,
  ).toEqual([]);
});

test('whoever reviews here is not erased', async () => {
  const { call } = await filled();
  await expect(call.privacy.erase({ actor: 'rita', reason: 'x' })).rejects.toThrow(/reviews here/);
  expect((await call.privacy.get()).erased).toEqual([]);
});

test('the ledger reads every act back in words, and rebuilds to the same state', async () => {
  const { call } = await filled();
  await call.privacy.setMask({ isMasked: true, purpose: 'Review.' });
  await call.privacy.unmask({ actor: null, reason: 'Handover.', minutes: 5 });
  const { pseudonym } = await call.privacy.erase({ actor: dana.actor, reason: 'Asked for.' });
  await call.privacy.liftErasure({ pseudonym, reason: 'Withdrawn.' });
  const { entries } = await call.ledger.entries({ limit: 4 });
  expect(entries.map(({ saying }) => saying.map(({ text }) => text).join(''))).toEqual([
    `Let later events of the erased ${pseudonym} be mirrored by name. Reason: Withdrawn.`,
    `Erased what was mirrored of a person, who is counted as ${pseudonym}. Reason: Asked for.`,
    'Looked behind every pseudonym, until 2026-11-16T09:05:00.000Z. Reason: Handover.',
    'Put pseudonyms in the place of names. Purpose: Review.',
  ]);
  expect(await call.ledger.rebuild()).toMatchObject({ ok: true });
});

/** Dana holds a right, and answers for one of Frank's; the frozen file of the campaign lies in the workspace. */
function withCampaign(opened: Awaited<ReturnType<typeof filled>>): string {
  const rights = [
    makeItem({ subject: dana.actor, subjectName: 'Dana Delgado', manager: 'rita@example.org' }),
    makeItem({ subject: 'frank', subjectName: 'Frank Foster', manager: dana.actor }),
    makeItem({ subject: 'greta', subjectName: null, manager: 'nobody@example.org' }),
  ];
  return frozenCampaign(opened.ledger, opened.folder, rights).id;
}

test('while names are masked, lists of campaigns hold none; who reviews stays named', async () => {
  const opened = await filled();
  const { call } = opened;
  const id = withCampaign(opened);
  await call.privacy.setMask({ isMasked: true, purpose: 'Monthly review' });
  const { items } = await call.campaigns.items({ id });
  expect(items).toHaveLength(3);
  for (const item of items) {
    expect(item.subject).toMatch(pseudonymForm);
    expect(item).toMatchObject({ subjectName: null, ofRecord: { id: 'rita', name: 'Rita Reviewer' } });
    const alone = await call.campaigns.items({ id, subject: item.subject });
    expect(alone.items.map(({ key }) => key)).toEqual([item.key]);
    const detail = await call.campaigns.item({ id, key: item.key });
    const evidence = await call.campaigns.evidence({ id, key: item.key });
    expect(JSON.stringify([item, detail, evidence])).not.toMatch(/dana|frank|greta/i);
  }
  await call.privacy.setMask({ isMasked: false, purpose: 'Done' });
  const shown = await call.campaigns.items({ id });
  expect(shown.items.map(({ subjectName }) => subjectName)).toContain('Frank Foster');
});

test('erasing takes a person out of the index of campaigns, also of one made anew, and says what stays frozen', async () => {
  const opened = await filled();
  const { call, folder, cache } = opened;
  const id = withCampaign(opened);
  await call.campaigns.items({ id });
  const frozen = readFileSync(join(folder, 'campaigns', id, 'population.jsonl'));
  const report = await call.privacy.erase({ actor: dana.actor, reason: 'Asked for by letter' });
  expect(report.erased).toContainEqual(
    expect.objectContaining({ what: 'entries of the index of campaigns', count: 2 }),
  );
  expect(report.kept).toContainEqual(
    expect.objectContaining({ what: 'items of frozen populations', count: 1 }),
  );
  const indexed = () => JSON.stringify(cache.prepare('SELECT * FROM campaign_item').all());
  expect(indexed()).toMatch(/Frank/);
  expect(indexed()).not.toMatch(/dana|delgado/i);
  cache.exec('DELETE FROM campaign_index; DELETE FROM campaign_item');
  const { items } = await call.campaigns.items({ id });
  expect(indexed()).toMatch(/Frank/);
  expect(indexed()).not.toMatch(/dana|delgado/i);
  expect(readFileSync(join(folder, 'campaigns', id, 'population.jsonl')).equals(frozen)).toBe(true);
  expect(items).toHaveLength(3);
  expect((await call.campaigns.items({ id, text: 'Delgado' })).items).toEqual([]);
});

test('somebody a campaign names as one of its people stays in its index: who reviews depends on them', async () => {
  const opened = await filled();
  const { call, cache } = opened;
  mirror(cache, [makeEvent({ actor: 'otto', actorName: 'Otto Other', action: 'role.grant' })]);
  const id = frozenCampaign(opened.ledger, opened.folder, [makeItem({ subject: 'otto' })]).id;
  await call.campaigns.items({ id });
  await call.privacy.erase({ actor: 'otto', reason: 'Asked for by letter' });
  const { items } = await call.campaigns.items({ id, subject: 'otto' });
  expect(items).toHaveLength(1);
});
