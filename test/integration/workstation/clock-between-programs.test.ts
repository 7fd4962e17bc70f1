// What one program learnt about the clocks, the next one knows: every entry carries the newest comparison.
import { beforeAll, expect, test } from 'vitest';
import { openStation, sampleDatabase, workspaceFolder, type SampleDatabase } from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});

const minutesMs = 60_000;

test('a comparison made while connecting counts for programs that start later', async () => {
  const folder = workspaceFolder();
  const ahead = () => Date.now() + 20 * minutesMs;
  const first = await openStation(folder, ahead);
  await first.call.source.connect({ url: database.url, zone: 'UTC' });
  const { clock } = await first.call.workspace.status();
  expect(clock.standing).toBe('held');
  await first.close();
  const next = await openStation(folder, ahead);
  expect((await next.call.workspace.status()).clock.standing).toBe('held');
  const offset = next.ledger.clockOffset();
  expect(offset).toBeLessThan(-19 * minutesMs);
  expect(offset).toBeGreaterThan(-21 * minutesMs);
});
