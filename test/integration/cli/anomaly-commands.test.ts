// The source's own anomalies by command line: one JSON value each, documented exit codes, sentences on stderr.
import { beforeAll, expect, test } from 'vitest';
import { anomalyList } from '../../../src-shared/contract/anomalies.ts';
import { publicationState, serverAnomaly } from '../../../src-shared/model/anomaly.ts';
import {
  rita,
  runProgram,
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
    const result = await runProgram(folder, args);
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
  expect(judged).toMatchObject({ status: 'acknowledged', sync: 'unsent' });
  expect(publicationState.parse(await ask('publication', 'show')).isOn).toBe(false);
  expect(await ask('publication', 'on', '--reason', 'the operators read that table')).toMatchObject({
    isOn: true,
  });
  expect(await ask('sync')).toMatchObject({
    anomalies: {
      sent: 0,
      published: [],
      held: [expect.stringContaining('needs UPDATE'), expect.stringContaining('needs INSERT')],
    },
  });
  expect(await ask('anomalies', id)).toMatchObject({ anomaly: { sync: 'unsent' } });
});

test.each([
  [['anomalies', 'x'], 1],
  [['anomalies', '--status', 'closed'], 2],
  [['dispose-anomaly', 'x', 'escalated', '--note', 'y'], 1],
  [['dispose-anomaly', 'x', 'fine', '--note', 'y'], 2],
  [['publication', 'on'], 2],
  [['publication', 'on', '--reason', 'x'], 1],
])('%j ends with %i', async (args, code) => {
  expect((await runProgram(workspaceFolder(), args)).code).toBe(code);
});
