// The numbers of the status are those of the lists, although no list is read for them.
import { beforeAll, expect, test } from 'vitest';
import { severities } from '../../../src-shared/model/severity.ts';
import {
  openStation,
  passphrase,
  preparedStation,
  rita,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 8_000 });
});

async function expectSameNumbers(station: Station): Promise<void> {
  const status = await station.call.workspace.status();
  const findings = await station.call.findings.list({});
  const open = await station.call.findings.list({ status: 'open' });
  const reviews = await station.call.reviews.list({});
  expect(status).toMatchObject({
    findings: findings.length,
    openFindings: open.length,
    findingsBySeverity: severities.map((severity) => ({
      severity,
      total: findings.filter((finding) => finding.severity === severity).length,
      open: open.filter((finding) => finding.severity === severity).length,
    })),
    reviews: reviews.length,
    queueDepth: reviews.filter((review) => review.status === 'pending').length,
    overdue: reviews.filter((review) => review.overdue).length,
    decided: reviews.filter((review) => review.status === 'decided').length,
    decisionsInForce: reviews.filter(({ decision }) => decision !== null).length,
    conflicts: reviews.filter(({ conflictStanding }) => conflictStanding === 'open').length,
  });
}

/** Decides two waiting items and disposes of two findings, one of which changes afterwards. */
async function work(station: Station): Promise<void> {
  const pending = await station.call.reviews.list({ status: 'pending' });
  const [first, second] = pending.filter(({ actor }) => actor !== null);
  await station.call.reviews.decide({
    reviews: [{ id: first!.id }],
    decision: 'certify',
    reason: 'As agreed.',
  });
  await station.call.reviews.decide({
    reviews: [{ id: second!.id }],
    decision: 'abstain',
    reason: 'Not mine.',
  });
  await station.call.independence.changeFourEyes({ rules: [], reason: 'a team of one' });
  const findings = await station.call.findings.list({ status: 'open' });
  for (const { id } of findings.slice(0, 2))
    await station.call.findings.dispose({ id, disposition: 'false-positive', note: 'Expected.' });
}

test('with the queue of the source, with decisions and dispositions', async () => {
  const station = await preparedStation(database.url);
  await expectSameNumbers(station);
  await work(station);
  await expectSameNumbers(station);
  expect(await station.call.workspace.status()).toMatchObject({ decided: 1 });
});

test('as of an earlier moment, when later findings are not there yet', async () => {
  const station = await preparedStation(database.url);
  const before = (await station.call.workspace.status()).findings;
  await station.finish(station.call.refresh.start({ asOf: '2026-10-20T00:00:00.000Z' }));
  await expectSameNumbers(station);
  expect((await station.call.workspace.status()).findings).toBeLessThan(before);
});

test('a result that changed after it was disposed of is open again', async () => {
  const station = await preparedStation(database.url);
  await work(station);
  const open = (await station.call.workspace.status()).openFindings;
  const [disposed] = await station.call.findings.list({ status: 'false-positive' });
  station.cache.exec(`INSERT INTO finding_version
    SELECT id, version + 1, flagged, detector, method_version, source_account, actor, entity_kind, entity, action, start_us, end_us,
           count + 1, score, threshold, severity, pattern_id, blanks, event_ids, found_us FROM finding_version WHERE id = '${disposed!.id}'`);
  await expectSameNumbers(station);
  expect((await station.call.workspace.status()).openFindings).toBe(open + 1);
});

test('without a queue of the source, of privileged and critical events', async () => {
  const station = await openStation();
  await database.owner.query('ALTER TABLE np_audit_privileged_reviews RENAME TO hidden_reviews');
  try {
    await station.call.source.connect({ url: database.url, zone: 'UTC' });
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
    expect((await station.call.workspace.status()).reviews).toBeGreaterThan(10);
    await expectSameNumbers(station);
    await work(station);
    await expectSameNumbers(station);
    await station.call.workspace.setPrivilegedActions({ actions: [], reason: 'Critical ones are enough.' });
    await expectSameNumbers(station);
  } finally {
    await database.owner.query('ALTER TABLE hidden_reviews RENAME TO np_audit_privileged_reviews');
  }
  // Items that were decided and whose rows are none any more stay.
  await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
  await expectSameNumbers(station);
  const reviews = await station.call.reviews.list({ status: 'gone' });
  expect(reviews.length).toBe(2);
});
