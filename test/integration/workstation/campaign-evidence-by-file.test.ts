// Evidence that goes with items by file: what the owner's workspace knows is what the reviewer's shows, without a database.
import { appendFileSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { acceptedAssignment, assignmentReport } from '../../../src-shared/model/campaign-files.ts';
import { acceptFile } from '../../../src-main/api/campaign-assignments.ts';
import type { TextLine } from '../../../src-main/evidence/json-lines.ts';
import { writeTravelling } from '../../../src-main/review/campaigns/assignment-bag.ts';
import { assignmentKind } from '../../../src-main/review/campaigns/assignment-kinds.ts';
import { withTravelling } from '../../../src-main/review/campaigns/assignment-open.ts';
import { openSigner } from '../../../src-main/review/open-signer.ts';
import { assignItems } from '../../../src-main/review/campaigns/assignment.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { listSigningKey } from '../../support/campaign-keys.ts';
import { readZip } from '../../support/read-zip.ts';
import {
  openStation,
  passphrase,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
});

async function opened(owner: Station): Promise<string> {
  const { id } = await owner.call.campaigns.define({
    definition: makeDefinition({
      scope: { from: 'activity', actorTypes: [] },
      period: { from: '2026-11-01', to: '2026-11-15' },
      stages: [
        { name: 'first', reviewer: { by: 'person', person: 'otto' }, fallback: 'adam' },
        { name: 'second', reviewer: { by: 'person', person: 'rita' }, fallback: 'adam' },
      ],
      policy: 'all-agree',
    }),
  });
  await owner.finish(owner.call.campaigns.open({ id, withoutMeanings: 'Not what this is about.' }));
  return id;
}

async function keysOf(station: Station, id: string): Promise<string[]> {
  const { items } = await station.call.campaigns.items({ id, limit: 500 });
  return items.map(({ key }) => key);
}

async function textsOf(lines: AsyncIterable<readonly TextLine[]>): Promise<string[]> {
  const texts: string[] = [];
  for await (const some of lines) texts.push(...some.map(({ text }) => `${text}\n`));
  return texts;
}

async function* inOne(lines: readonly string[]) {
  yield await Promise.resolve(lines);
}

test('is what the owner knows: use, peers, findings, privileged actions, earlier decisions and stages', async () => {
  const owner = await openStation();
  await owner.call.workspace.setReviewer({ ...people.olga, passphrase });
  await owner.call.source.connect({ url: database.ownerUrl, zone: 'Europe/Berlin' });
  await owner.finish(owner.call.refresh.start({ asOf: sampleEnd }));
  const reviewer = await openStation();
  await reviewer.call.workspace.setReviewer({ ...people.rita, passphrase });
  await owner.call.keys.unlock({ passphrase });
  const id = await opened(owner);
  const keys = await keysOf(owner, id);
  const decided = keys.slice(0, 6);
  actAs(owner.ledger, 'otto');
  for (const key of decided)
    await owner.call.campaigns.decide({
      id,
      items: [{ key }],
      decision: 'certify',
      reason: 'Needed for the work.',
    });
  actAs(owner.ledger, 'olga');
  const trust = { signers: listSigningKey(owner) };

  // A file of an earlier release, which carries items alone.
  const bare = await assignItems(owner, { campaign: id, to: 'rita', stage: 1, file: null });
  expect(readZip(readFileSync(bare.file)).files.has('data/evidence.jsonl')).toBe(false);
  await acceptFile(reviewer, { path: bare.file, name: 'bare.zip', trust });
  expect(await reviewer.call.campaigns.evidence({ id, key: decided[0]! })).toMatchObject({ from: 'none' });

  const report = assignmentReport.parse(
    await owner.finish(owner.call.campaignFiles.assign({ id, to: 'rita', stage: 1 })),
  );
  expect(report.items).toBe(decided.length);
  const taken = await acceptFile(reviewer, { path: report.file, name: 'to-rita.zip', trust });
  expect(acceptedAssignment.parse(taken).isKnown).toBe(false);
  for (const key of decided) {
    const here = await owner.call.campaigns.evidence({ id, key });
    const there = await reviewer.call.campaigns.evidence({ id, key });
    expect(there.from).toBe('file');
    expect({ ...there, from: 'here', asOf: '' }).toEqual({ ...here, asOf: '' });
    expect(there.stages).toMatchObject([
      {
        stage: 0,
        name: 'first',
        decision: 'certify',
        reviewerName: 'Otto Other',
        reason: 'Needed for the work.',
      },
    ]);
  }
  const all = await Promise.all(decided.map((key) => reviewer.call.campaigns.evidence({ id, key })));
  expect(all.some(({ use }) => use.isKnown && use.events > 0)).toBe(true);
  expect(all.every(({ peers }) => peers.isKnown)).toBe(true);

  const parts = await withTravelling(
    report.file,
    assignmentKind,
    { trust: { ...trust, now: new Date().toISOString() }, accept: () => null },
    async ({ statement, rows, beside }) => ({
      statement,
      items: await textsOf(rows()),
      evidence: await textsOf(beside!()),
    }),
  );
  const signer = await openSigner(owner, undefined);
  const forged = join(owner.folder, 'forged.zip');
  const acceptForged = async (beside: readonly string[] | null) => {
    const bag = {
      kind: assignmentKind,
      rows: [parts.items],
      toolVersion: '0',
      statement: () => parts.statement,
    };
    await writeTravelling(forged, { ...bag, ...(beside && { beside: () => inOne(beside) }) }, signer);
    const stranger = await openStation();
    actAs(stranger.ledger, 'rita');
    return acceptFile(stranger, { path: forged, name: 'forged.zip', trust });
  };
  await expect(acceptForged(null)).rejects.toThrow(/holds 0 lines and says 6/);
  await expect(acceptForged(parts.evidence.slice(1))).rejects.toThrow(/holds 5 lines and says 6/);
  await expect(acceptForged(parts.evidence.toReversed())).rejects.toThrow(/out of order/);
  const more = parts.evidence.map((line) => line.replace('{"evidence":{', '{"evidence":{"a":1,'));
  await expect(acceptForged(more)).rejects.toThrow(/more than this format/);
  expect(await acceptForged(parts.evidence)).toMatchObject({ items: 6, isKnown: false });

  const folder = join(reviewer.folder, 'campaigns', id);
  const kept = join(
    folder,
    readdirSync(folder).find((name) => name.startsWith('evidence-'))!,
  );
  appendFileSync(kept, ' ');
  await expect(reviewer.call.campaigns.evidence({ id, key: decided[0]! })).rejects.toThrow(/changed after/);
  truncateSync(kept, readFileSync(kept).length - 1);
  expect(await reviewer.call.campaigns.evidence({ id, key: decided[0]! })).toMatchObject({ from: 'file' });
  expect(await reviewer.call.ledger.rebuild()).toMatchObject({ ok: true });
});
