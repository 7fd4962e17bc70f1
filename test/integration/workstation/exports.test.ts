// Lists exported from a workspace over a real database: whole, in the words of the screens, proven by a second count, and on record.
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  exportTables,
  type ExportFilter,
  type ExportTable,
  type ListExport,
} from '../../../src-shared/model/exports.ts';
import { checkExport } from '../../../src-main/evidence/exports/check-export.ts';
import { ocsfEvent } from '../../../src-main/evidence/exports/ocsf/model.ts';
import { oscalDocument } from '../../../src-main/evidence/exports/oscal/model.ts';
import {
  preparedStation,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});

async function exported(
  station: Station,
  table: ExportTable,
  format: 'csv' | 'ndjson',
  filter: ExportFilter = {},
): Promise<ListExport> {
  return (await station.finish(station.call.exported.table({ table, format, filter }))) as ListExport;
}

const byText = (one: unknown, other: unknown) => (String(one) < String(other) ? -1 : 1);

const linesOf = ({ file }: ListExport): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('every table, in both formats, holds as many rows as a second count says', async () => {
  const station = await preparedStation(database.url);
  const [item] = await station.call.reviews.list({ status: 'pending' });
  await station.call.reviews.decide({
    reviews: [{ id: item!.id }],
    decision: 'certify',
    reason: 'asked the owner',
  });
  const rows = new Map<ExportTable, number>();
  for (const table of exportTables)
    for (const format of ['csv', 'ndjson'] as const) {
      const written = await exported(station, table, format);
      const { manifest } = written;
      expect(manifest, table).toMatchObject({ what: table, format, filterWords: [], asOf: sampleEnd });
      if (manifest.rowsCounted !== null)
        expect(manifest.rowsCounted, `${table} ${format}`).toBe(manifest.rows);
      expect((await checkExport(written.file)).faults, table).toEqual([]);
      if (table !== 'ledger') expect(rows.get(table) ?? manifest.rows, table).toBe(manifest.rows);
      rows.set(table, manifest.rows);
    }
  expect(rows.get('events')).toBe((await station.call.workspace.status()).events);
  expect(rows.get('findings')).toBeGreaterThan(5);
  const listed = await station.call.exported.list();
  expect(listed).toHaveLength(exportTables.length * 2);
  const recorded = station.ledger.entries().filter(({ entry }) => entry.type === 'list-exported');
  expect(recorded.map(({ entry }) => entry.payload['sha256'])).toEqual(
    expect.arrayContaining(listed.map(({ manifest }) => manifest.sha256)),
  );
});

test('events are those the database has, each once, newest first', async () => {
  const station = await preparedStation(database.url);
  const actor = (await station.call.activity.topActors({}))[0]!.actor;
  const found = linesOf(await exported(station, 'events', 'ndjson', { actor }));
  const { rows } = await database.owner.query<{ id: string }>(
    `SELECT id::text AS id FROM np_auditlog_events WHERE actor_user_id = $1 AND created_at <= $2 ORDER BY created_at DESC, id DESC`,
    [actor, sampleEnd],
  );
  expect(found.map(({ id }) => id).toSorted(byText)).toEqual(rows.map(({ id }) => id).toSorted(byText));
  expect(found.map(({ createdAt }) => createdAt)).toEqual(
    found
      .map(({ createdAt }) => createdAt)
      .toSorted(byText)
      .toReversed(),
  );
});

test('events are exported by everything that narrows their screen, and the manifest says so in words', async () => {
  const station = await preparedStation(database.url);
  const some = await station.call.activity.topActors({ limit: 6 });
  const events = {
    actor: some.map(({ actor }) => actor),
    from: '2026-10-01T00:00:00.000Z',
    to: '2026-11-10T00:00:00.000Z',
  };
  const { rows } = await database.owner.query<{ id: string }>(
    `SELECT id::text AS id FROM np_auditlog_events
      WHERE actor_user_id = ANY ($1) AND created_at >= $2 AND created_at < $3 ORDER BY created_at DESC, id DESC`,
    [events.actor, events.from, events.to],
  );
  expect(rows.length).toBeGreaterThan(1000);
  const written = await exported(station, 'events', 'ndjson', { events });
  expect(linesOf(written).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(written.manifest).toMatchObject({ rows: rows.length, rowsCounted: rows.length, filter: { events } });
  expect(written.manifest.filterWords).toEqual([
    `Only events by actor ${JSON.stringify(events.actor)}.`,
    `Only events by from "${events.from}".`,
    `Only events by to "${events.to}".`,
  ]);
  expect((await checkExport(written.file)).faults).toEqual([]);
  const words = ['Only six of them.'];
  const worded = await exported(station, 'events', 'csv', { events, words });
  expect(worded.manifest.filterWords).toEqual(words);
});

test('what a screen shows is exported in its order, and what is gone meanwhile is refused', async () => {
  const station = await preparedStation(database.url);
  const reviews = await station.call.reviews.list({});
  const ids = reviews
    .slice(3, 8)
    .map(({ id }) => id)
    .toReversed();
  const words = ['Only items that mention “grant”.'];
  const written = await exported(station, 'reviews', 'ndjson', { ids, words });
  expect(linesOf(written).map(({ id }) => id)).toEqual(ids);
  expect(written.manifest).toMatchObject({ rows: 5, rowsCounted: 5, filterWords: words });
  await expect(exported(station, 'reviews', 'csv', { ids: ['gone'] })).rejects.toThrow(/list changed/);
  await expect(exported(station, 'findings', 'csv', { actor: 'a' })).rejects.toThrow(
    /cannot be narrowed by actor/,
  );
  await expect(exported(station, 'findings', 'csv', { status: 'nonsense' })).rejects.toThrow(
    /no rows of that kind/,
  );
  const open = await exported(station, 'findings', 'ndjson', { status: 'open' });
  expect(open.manifest.filterWords).toEqual(['Only the status “open”.']);
  expect(linesOf(open)).toEqual(await station.call.findings.list({ status: 'open' }));
});

test('what other systems read holds everything once, fits its schema, and is on record', async () => {
  const station = await preparedStation(database.url);
  const items = await station.call.reviews.list({ status: 'pending' });
  const decisions = ['revoke', 'certify'] as const;
  for (const [index, decision] of decisions.entries())
    await station.call.reviews.decide({
      reviews: [{ id: items[index]!.id }],
      decision,
      reason: 'asked the owner',
    });
  const ocsf = (await station.finish(station.call.exported.ocsf())) as ListExport;
  const { findings, reviews } = await station.call.workspace.status();
  const { total: anomalies } = await station.call.anomalies.list({});
  expect(ocsf.manifest).toMatchObject({
    what: 'ocsf',
    rows: findings + anomalies + reviews,
    rowsCounted: findings + anomalies + reviews,
  });
  const events = linesOf(ocsf);
  for (const event of events) expect(ocsfEvent.safeParse(event).error).toBeUndefined();
  const revoked = events.filter(({ type_uid }) => type_uid === 300502);
  expect(revoked).toHaveLength(1);
  expect(revoked[0]).toMatchObject({ actor: { user: { name: 'Rita Reviewer' } } });
  expect((await checkExport(ocsf.file)).faults).toEqual([]);

  const oscal = (await station.finish(station.call.exported.oscal())) as ListExport;
  const made = oscalDocument.parse(JSON.parse(readFileSync(oscal.file, 'utf8')));
  expect(made['assessment-results'].results[0]!.observations).toHaveLength(oscal.manifest.rows + 2);
  expect(oscal.manifest.rowsCounted).toBe(oscal.manifest.rows);
  expect(await station.call.exported.check({ name: oscal.name })).toMatchObject({ faults: [] });
  appendFileSync(oscal.file, ' ');
  expect((await station.call.exported.check({ name: oscal.name })).faults).not.toEqual([]);
  await expect(station.call.exported.check({ name: '../ledger.sqlite' })).rejects.toThrow(/no export/);
  const recorded = station.ledger.entries().filter(({ entry }) => entry.type === 'list-exported');
  expect(recorded.map(({ entry }) => entry.payload['what'])).toEqual(['ocsf', 'oscal']);
});

test('the heatmap is exported with its scale, period and zone, and as nothing but a picture', async () => {
  const station = await preparedStation(database.url);
  const drawn = await station.call.exported.heatmapPicture({ top: 3 });
  const svg = (await station.finish(station.call.exported.heatmap({ top: 3 }))) as ListExport;
  expect(readFileSync(svg.file, 'utf8')).toBe(drawn.svg);
  // Three actors, and whoever is unattributed.
  expect(svg.manifest).toMatchObject({ what: 'heatmap', format: 'svg', rows: 4, rowsCounted: null });
  for (const words of [station.zone, 'logarithmic scale', 'as of', 'Not shown'])
    expect(drawn.svg).toContain(words);
  expect((await checkExport(svg.file)).faults).toEqual([]);
  const png = Buffer.from('not a picture').toString('base64');
  await expect(station.finish(station.call.exported.heatmap({ png }))).rejects.toThrow(/no PNG picture/);
});

test('one export at a time: a second is refused, not handed the first', async () => {
  const station = await preparedStation(database.url);
  const first = station.call.exported.table({ table: 'events', format: 'csv' });
  const second = station.call.exported.table({ table: 'reviews', format: 'csv' });
  await expect(second).rejects.toThrow(/being exported/);
  expect(((await station.finish(first)) as ListExport).manifest.what).toBe('events');
});

test('the entries of the ledger are exported in the order on screen', async () => {
  const station = await preparedStation(database.url);
  const { entries } = await station.call.ledger.entries({ limit: 4 });
  const ids = entries.map(({ id }) => id).toSorted(byText);
  const written = await exported(station, 'ledger', 'ndjson', { ids });
  expect(linesOf(written).map((line) => (line['entry'] as { id: string }).id)).toEqual(ids);
  await expect(exported(station, 'ledger', 'csv', { ids: ['gone'] })).rejects.toThrow(/list changed/);
});

test('a damaged manifest is named and left alone', async () => {
  const station = await preparedStation(database.url);
  const { file } = await exported(station, 'exceptions', 'csv');
  rmSync(`${file}.manifest.json`);
  await expect(checkExport(file)).rejects.toThrow(/no readable manifest/);
  expect(readFileSync(join(station.exportsDirectory, `${file.split('/').at(-1)}.sha256`), 'utf8')).toMatch(
    /^[0-9a-f]{64} {2}exceptions-/,
  );
});
