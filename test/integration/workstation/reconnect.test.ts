// Connecting again as remembered: no password is asked for, what was seen is what is confirmed, and the ledger says it.
import { beforeAll, describe, expect, test } from 'vitest';
import { runProgramHere } from '../../support/program-here.ts';
import { preparedStation, sampleDatabase, type SampleDatabase, type Station } from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});

const guard =
  'The policy guard of public.np_audit_privileged_reviews is new. It is permissive for UPDATE to public USING (reviewed_at IS NULL).';

async function withPolicy(work: () => Promise<void>): Promise<void> {
  await database.owner.query(
    'CREATE POLICY guard ON np_audit_privileged_reviews FOR UPDATE USING (reviewed_at IS NULL)',
  );
  try {
    await work();
  } finally {
    await database.owner.query('DROP POLICY IF EXISTS guard ON np_audit_privileged_reviews');
  }
}

/** The fields of the connection, as a form has them: without the password. */
async function withoutPassword(station: Station) {
  const { host, port, database: name, user, tls } = (await station.call.workspace.status()).connection!;
  return { host, port, database: name, user, tls };
}

const sayingOf = async (station: Station) => {
  const { entries } = await station.call.ledger.entries({ type: 'connection-changed' });
  return entries[0]!.saying.map(({ text }) => text).join('');
};

describe('a database that changed', () => {
  test('is confirmed without its password, exactly as it was shown, and the ledger says what', async () => {
    const station = await preparedStation(database.url);
    await withPolicy(async () => {
      const { changes } = await station.call.source.report();
      expect(changes).toEqual([guard]);
      await expect(station.call.source.reconnect({})).rejects.toThrow(/not as it was/);
      await expect(station.call.source.reconnect({ confirmed: [] })).rejects.toThrow(
        /changed again since its differences were shown\. Nothing was confirmed/,
      );
      const before = (await station.call.ledger.entries({})).size;
      await station.call.source.reconnect({ confirmed: changes! });
      expect((await station.call.ledger.entries({})).size).toBe(before + 1);
      expect(await sayingOf(station)).toContain(`. Confirmed 1 difference from what it was: ${guard}`);
      expect((await station.call.source.report()).changes).toEqual([]);
      // The policy gone is the next difference, and the command line confirms it with nothing but the wish.
      await database.owner.query('DROP POLICY guard ON np_audit_privileged_reviews');
      const { code, json } = await runProgramHere(station.folder, ['connect', '--confirm-changes']);
      expect(code).toBe(0);
      expect(json).toMatchObject({
        confirmed: [expect.stringMatching(/^The policy guard of .* is gone\./)],
      });
    });
    expect((await station.call.ledger.rebuild()).ok).toBe(true);
    const wrong = await runProgramHere(station.folder, ['connect', '--confirm-changes', '--zone', 'UTC']);
    expect(wrong.code).toBe(2);
  });
});

describe('a password that is kept', () => {
  test('serves the same user of the same database on the same server, and nobody else', async () => {
    const station = await preparedStation(database.url);
    const asked = await withoutPassword(station);
    expect((await station.call.source.inspect(asked)).role).toBe(asked.user);
    const mapping = { schema: 'public', table: 'np_auditlog_events', columns: { id: 'id' } };
    const preview = { mapping, rows: 1 };
    expect((await station.call.sources.previewMapping({ ...preview, connection: asked })).rows).toHaveLength(
      1,
    );
    await station.call.source.connect({ ...asked, zone: 'Europe/Berlin' });
    expect((await station.call.source.probe()).online).toBe(true);
    for (const other of [{ host: 'localhost' }, { user: 'postgres' }, { database: 'postgres' }])
      await expect(station.call.source.inspect({ ...asked, ...other })).rejects.toThrow(/password|sign in/i);
  });
});

describe('another mapping of the same table', () => {
  test('is taken without asking for anything else, and shows in what is remembered', async () => {
    const station = await preparedStation(database.url);
    const before = await station.call.sources.health();
    const { schema, table, mapping } = before.source!;
    const columns = Object.fromEntries(mapping.map(({ field, reference }) => [field, reference]));
    delete columns['userAgent'];
    await station.call.source.reconnect({ mapping: { schema, table, columns } });
    const after = await station.call.sources.health();
    expect(after.source).toMatchObject({ preset: 'custom', missingFields: ['userAgent'] });
    const { connection } = await station.call.workspace.status();
    expect(connection).toMatchObject({ zone: 'Europe/Berlin' });
  });
});
