// What is shown around the files of a campaign: a file before anything is taken from it, who still has what, what was not taken over.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assignmentReport, decisionsReport, importReport } from '../../../src-shared/model/campaign-files.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { listSigningKey } from '../../support/campaign-keys.ts';
import { makeDefinition, people } from '../../support/campaign.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, passphrase, type Station } from '../../support/station.ts';

const csv = [
  'account,role,boss',
  'eve,reader,rita@example.org',
  'eve,admin,rita@example.org',
  'rita-admin,reader,rita@example.org',
  'greta,reader,otto@example.org',
  '',
].join('\n');

async function stationOf(who: 'olga' | 'rita'): Promise<Station> {
  const station = await openStation();
  await station.call.workspace.setReviewer({ ...people[who], passphrase });
  await station.call.keys.unlock({ passphrase });
  return station;
}

async function openCampaign(owner: Station): Promise<string> {
  const path = join(owner.folder, 'rights.csv');
  writeFileSync(path, csv);
  const { name, sha256 } = await keepCsv(owner, path, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role', manager: 'boss' };
  const { id } = await owner.call.campaigns.define({
    definition: makeDefinition({
      scope: { from: 'file', name, sha256, columns, filters: [] },
      stages: [
        { name: 'managers', reviewer: { by: 'manager' }, fallback: 'otto' },
        { name: 'security', reviewer: { by: 'person', person: 'adam' }, fallback: 'otto' },
      ],
      meanings: { reader: 'May read.', admin: 'May change everything.' },
    }),
  });
  await owner.finish(owner.call.campaigns.open({ id }));
  return id;
}

async function handOver({ call }: Station, bytes: Buffer): Promise<string> {
  const { upload } = await call.evidence.beginUpload({ bytes: bytes.length });
  await call.evidence.addToUpload({ upload, offset: 0, piece: bytes.toString('base64') });
  return upload;
}

const unvouched = { standing: 'unknown' };

test('a file is looked at, its shares counted, and what was refused of it listed', async () => {
  const [owner, reviewer] = [await stationOf('olga'), await stationOf('rita')];
  const id = await openCampaign(owner);
  expect(await owner.call.campaignFiles.shares({ id })).toEqual([
    { person: 'rita', stage: 0, open: 3, decided: 0, inConflict: 0 },
    { person: 'otto', stage: 0, open: 1, decided: 0, inConflict: 0 },
  ]);
  const assigned = assignmentReport.parse(
    await owner.finish(owner.call.campaignFiles.assign({ id, to: 'rita' })),
  );
  const file = readFileSync(assigned.file);
  const upload = await handOver(reviewer, file);
  const entries = reviewer.ledger.entries().length;
  const signers = listSigningKey(owner);
  expect(await reviewer.call.campaignFiles.look({ upload })).toMatchObject({
    ...unvouched,
    kind: 'assignment',
    campaign: id,
    name: 'Third quarter',
    by: { id: 'olga' },
    to: { id: 'rita' },
    isForOther: false,
    count: 3,
    sha256: assigned.sha256,
    signer: { identity: 'olga@example.org' },
  });
  expect(await reviewer.call.campaignFiles.look({ upload, signers })).toMatchObject({ standing: 'vouched' });
  expect(reviewer.ledger.entries()).toHaveLength(entries);

  // The upload that was looked at is the one that is taken up.
  await reviewer.finish(reviewer.call.campaignFiles.accept({ upload, name: 'to-rita.zip', signers }));
  const astray = await handOver(owner, file);
  expect(await owner.call.campaignFiles.look({ upload: astray, signers })).toMatchObject({
    isForOther: true,
  });
  const { items } = await reviewer.call.campaigns.items({ id });
  for (const { key, subject } of items)
    await reviewer.call.campaigns.decide({
      id,
      items: [{ key }],
      decision: subject === 'eve' ? 'abstain' : 'revoke',
      reason: 'asked around',
    });
  const back = decisionsReport.parse(
    await reviewer.finish(reviewer.call.campaignFiles.exportDecisions({ id })),
  );
  owner.ledger.append(() => [
    {
      type: 'aliases-changed',
      subject: 'rita',
      actor: 'olga',
      payload: { reviewer: 'rita', before: [], after: ['rita-admin'], reason: 'Her other account.' },
    },
  ]);
  const returned = await handOver(owner, readFileSync(back.file));
  const theirs = { upload: returned, signers: listSigningKey(reviewer) };
  expect(await owner.call.campaignFiles.look(theirs)).toMatchObject({
    kind: 'decisions',
    count: 3,
    to: null,
  });
  const imported = importReport.parse(
    await owner.finish(owner.call.campaignFiles.importDecisions({ ...theirs, name: 'from-rita.zip' })),
  );
  expect(imported).toMatchObject({ added: 2, conflicts: 0 });
  const { sha256 } = back;
  expect(await owner.call.campaignFiles.refusals({ id, sha256 })).toMatchObject({
    total: 1,
    refused: [{ subject: 'rita-admin', entitlement: 'reader', why: expect.stringMatching(/subject/) }],
  });
  await expect(owner.call.campaignFiles.refusals({ id, sha256: 'a'.repeat(64) })).rejects.toThrow(
    /No file of decisions with this hash/,
  );
  // Rita abstained, so two items went on to the second stage; the alias moved the third to the fallback.
  expect(await owner.call.campaignFiles.shares({ id })).toEqual([
    { person: 'rita', stage: 0, open: 0, decided: 2, inConflict: 0 },
    { person: 'otto', stage: 0, open: 2, decided: 0, inConflict: 0 },
    { person: 'adam', stage: 1, open: 2, decided: 0, inConflict: 0 },
  ]);
  const counted = (await owner.call.campaignFiles.shares({ id })).reduce((sum, { open }) => sum + open, 0);
  expect(counted).toBe(4);
  await owner.close();
  const look = await runProgramHere(owner.folder, ['campaign', 'look', back.file]);
  expect(look).toMatchObject({ code: 1, json: { ...unvouched, by: { id: 'rita' } } });
  const shares = await runProgramHere(owner.folder, ['campaign', 'shares', id]);
  expect(shares).toMatchObject({
    code: 0,
    json: [{ person: 'rita' }, { person: 'otto' }, { person: 'adam' }],
  });
  const refusals = await runProgramHere(owner.folder, ['campaign', 'refusals', id, sha256]);
  expect(refusals).toMatchObject({ code: 0, json: { total: 1 } });
});

test('what is damaged, is something else, or has a key a list denies is refused before anything else', async () => {
  const [owner, reviewer] = [await stationOf('olga'), await stationOf('rita')];
  const id = await openCampaign(owner);
  const { file } = assignmentReport.parse(
    await owner.finish(owner.call.campaignFiles.assign({ id, to: 'rita' })),
  );
  const damaged = Buffer.from(readFileSync(file));
  const place = damaged.indexOf('items.jsonl') + 60;
  damaged[place] = damaged[place]! ^ 1;
  const upload = await handOver(reviewer, damaged);
  await expect(reviewer.call.campaignFiles.look({ upload })).rejects.toThrow(/[Nn]othing was taken from it/);
  // Nothing of it stays behind.
  await expect(reviewer.call.campaignFiles.look({ upload })).rejects.toThrow(/not known here any more/);
  const other = await handOver(reviewer, Buffer.from(`no zip ${randomUUID()}`));
  await expect(reviewer.call.campaignFiles.look({ upload: other })).rejects.toMatchObject({
    data: { code: 'file-unreadable' },
  });
  const whole = await handOver(reviewer, readFileSync(file));
  const denying = listSigningKey(reviewer).replaceAll('rita@example.org', 'olga@example.org');
  await expect(reviewer.call.campaignFiles.look({ upload: whole, signers: denying })).rejects.toThrow(
    /another key/,
  );
});
