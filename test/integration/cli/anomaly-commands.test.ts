// The source's own anomalies by command line: one JSON value each, documented exit codes, sentences on stderr.
import { beforeAll, expect, test } from 'vitest';
import { anomalyList } from '../../../src-shared/contract/anomalies.ts';
import { publicationState, serverAnomaly } from '../../../src-shared/model/anomaly.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  otto,
  rita,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type SampleDatabase,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});

test('lists, judges, holds back what may not be written, and says so', async () => {
  const folder = workspaceFolder();
  const ask = async (...args: string[]) => {
    const result = await runProgramHere(folder, args);
    expect(result.code, result.stderr).toBe(0);
    return result.json;
  };
  await ask('connect', '--url', database.url, '--zone', 'Europe/Berlin');
  await ask('reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email);
  await ask('refresh', '--as-of', sampleEnd);
  const { anomalies, total } = anomalyList.parse(await ask('anomalies', '--status', 'open', '--limit', '2'));
  expect([anomalies.length, total > 2]).toEqual([2, true]);
  const { id } = anomalies[0]!;
  expect(await ask('anomalies', id)).toMatchObject({ anomaly: { id }, dispositions: [] });
  const judged = serverAnomaly.parse(
    await ask('dispose-anomaly', id, 'acknowledged', '--note', 'planned, see the calendar'),
  );
  expect(judged).toMatchObject({ severity: 'critical', status: 'open', sync: 'awaiting-second' });
  expect(await ask('sync')).toMatchObject({ anomalies: { sent: 0 } });
  expect(await ask('awaiting')).toMatchObject({ reviews: [], findings: [], anomalies: [{ id }] });
  await ask('reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email);
  expect(await ask('concur', id, '--reason', 'read the calendar')).toMatchObject({
    status: 'acknowledged',
    sync: 'unsent',
  });
  expect(publicationState.parse(await ask('publication', 'show')).isOn).toBe(false);
  expect(await ask('publication', 'on', '--reason', 'the operators read that table')).toMatchObject({
    isOn: true,
  });
  expect(await ask('sync')).toMatchObject({
    anomalies: {
      sent: 1,
      published: [],
      applied: 1,
      held: [expect.stringContaining('needs INSERT')],
    },
  });
  expect(await ask('anomalies', id)).toMatchObject({ anomaly: { sync: 'applied' } });
  await database.owner.query(`UPDATE np_audit_anomalies SET disposition = 'escalated' WHERE id = $1`, [id]);
  await ask('refresh', '--as-of', sampleEnd);
  expect(await ask('conflicts', '--kind', 'anomaly')).toMatchObject({
    open: 1,
    conflicts: [{ kind: 'anomaly', cause: 'row-altered' }],
  });
  expect(await ask('conflict', 'show', id)).toMatchObject({
    kind: 'anomaly',
    ours: { note: judged.proposal!.note },
  });
  expect(await ask('conflict', 'close', id, '--kind', 'anomaly', '--note', 'by the book')).toMatchObject({
    standing: 'closed',
  });
  expect(await runProgramHere(folder, ['conflict', 'show', id, '--kind', 'review'])).toMatchObject({
    code: 1,
  });
  expect(await runProgramHere(folder, ['conflicts', '--kind', 'finding'])).toMatchObject({ code: 2 });
});

test.each([
  [['anomalies', 'x'], 1],
  [['anomalies', '--status', 'closed'], 2],
  [['dispose-anomaly', 'x', 'escalated', '--note', 'y'], 1],
  [['dispose-anomaly', 'x', 'fine', '--note', 'y'], 2],
  [['publication', 'on'], 2],
  [['publication', 'on', '--reason', 'x'], 1],
])('%j ends with %i', async (args, code) => {
  expect((await runProgramHere(workspaceFolder(), args)).code).toBe(code);
});
