// Brings the source's own anomalies here, beside the findings: nothing of them is judged, merged or scored.
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { isInAccount, readAnomalies } from '../source/anomalies.ts';
import type { SourceClient } from '../source/client.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { mirrorAnomalies } from '../store/cache/server-anomalies.ts';

/**
 * Mirrors every row that is visible now; what is not any more has vanished.
 * @param assertSameSource throws when the mirror became another source's since the reading began
 */
export async function pullAnomalies(
  client: SourceClient,
  database: DatabaseHandle,
  profile: Pick<ConnectionProfile, 'sourceAccount' | 'mapping'>,
  {
    nowMicroseconds,
    assertSameSource,
    signal,
  }: { nowMicroseconds: number; assertSameSource: () => void; signal?: AbortSignal },
): Promise<void> {
  const mirror = mirrorAnomalies(database, Math.floor(nowMicroseconds), assertSameSource);
  const isWanted = isInAccount(profile);
  const reading = await readAnomalies(client, (rows) => mirror.add(rows.filter(isWanted)), signal);
  mirror.finish(reading.state);
}
