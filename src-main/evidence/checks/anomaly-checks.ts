// The check of the source's own anomalies: what was made of each here is what the ledger says, second persons included.
import { dispositions } from '#shared/model/finding.ts';
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { isFinal, secondOf, type Seconded } from '../../review/four-eyes.ts';
import type { IndependenceState } from '../../review/independence-state.ts';
import { canonicalJson } from '../entry-hash.ts';
import { ledgerPart } from '../pack-contents.ts';
import { anomaliesPart } from '../parts/anomalies-part.ts';
import { absentText } from './absent-part.ts';
import { anomalyRecords, type AnomalyRecords } from './anomaly-conflict-checks.ts';
import { failCheck } from './check.ts';
import type { Sums } from './sums.ts';
import { take, type Watcher } from './watcher.ts';

type Recorded = AnomalyRecords['dispositions'] extends Map<string, infer One> ? One : never;

const secondedIn = ({ line, payload }: Recorded): Seconded => ({
  reviewer: line.entry.actor,
  actor: payload.shown.user,
  digest: payload.digest,
  fourEyes: payload.fourEyes ?? [],
});

const written: ReadonlySet<string> = new Set(['applied', 'already-mine']);

/** The latest disposition that the row took, that needs no second person, or that has one. */
function countingOf(
  history: readonly Recorded[],
  { settled }: AnomalyRecords,
  { identities, concurrences }: IndependenceState,
): Recorded | undefined {
  return history.findLast((one) => {
    const { id } = one.line.entry;
    if (written.has(settled.get(id)?.outcome ?? '')) return true;
    const second = secondOf(identities, secondedIn(one), concurrences.get(id) ?? []);
    return second === null || isFinal(second.state);
  });
}

function isDisposedSo(anomaly: ServerAnomaly, counting: Recorded | undefined): boolean {
  const { disposition, note, disposedAt, disposedBy, dispositionId } = anomaly;
  const { entry } = counting?.line ?? {};
  const expected = {
    disposition: counting?.payload.disposition ?? null,
    note: counting?.payload.note ?? null,
    disposedAt: entry?.wall_time ?? null,
    disposedBy: counting?.payload.reviewerName ?? null,
    dispositionId: entry?.id ?? null,
  };
  return (
    canonicalJson({ disposition, note, disposedAt, disposedBy, dispositionId }) === canonicalJson(expected)
  );
}

function isProposedSo(
  { proposal }: ServerAnomaly,
  latest: Recorded | undefined,
  { identities, concurrences }: IndependenceState,
): boolean {
  const id = latest?.line.entry.id ?? '';
  const second = latest && secondOf(identities, secondedIn(latest), concurrences.get(id) ?? []);
  if (!latest || !second) return proposal === undefined;
  const { actor: by, wall_time: at } = latest.line.entry;
  const { disposition, note, reviewerName: byName } = latest.payload;
  return canonicalJson(proposal ?? null) === canonicalJson({ id, disposition, note, by, byName, at, second });
}

const isUntouched = (anomaly: ServerAnomaly): boolean =>
  isDisposedSo(anomaly, undefined) && anomaly.proposal === undefined && anomaly.sync === null;

/** One word for it all: a disposition of ours stands there only if it is the one that counts. */
const isCalledSo = ({ status, disposition }: ServerAnomaly): boolean =>
  !dispositions.some((one) => one === status) || status === disposition;

/** What the scorer said is not in the ledger, and cannot be compared with anything. */
export function watchAnomalies(has: (name: string) => boolean, sums: Sums): Watcher {
  const records = anomalyRecords();
  const histories = new Map<string, Recorded[]>();
  let connectedAt = 0;
  let previous: string | null = null;
  let lines = 0;
  let judged = 0;
  const historyOf = (id: string): readonly Recorded[] => histories.get(id) ?? [];
  return {
    name: 'anomalies',
    takes: [
      take(ledgerPart, (line) => {
        records.add(line);
        if (line.entry.type === 'connection-changed') connectedAt = line.entry.seq;
        const recorded = records.dispositions.get(line.entry.id);
        if (recorded === undefined) return;
        const { anomaly } = recorded.payload;
        histories.set(anomaly, [...historyOf(anomaly), recorded]);
      }),
      take(anomaliesPart, (anomaly, number) => {
        lines = number;
        const fail = (what: string) => failCheck('tampered', `anomalies.jsonl, line ${number}, ${what}`);
        if (previous !== null && previous >= anomaly.id) fail('is not in the order of ids, or comes twice.');
        previous = anomaly.id;
        const { independence } = sums.projection();
        const history = historyOf(anomaly.id);
        const latest = history.at(-1);
        // An id may have been used by another source, to which the workspace was connected before.
        const isOfOther = latest !== undefined && latest.line.entry.seq < connectedAt && isUntouched(anomaly);
        const isBacked =
          isOfOther ||
          (isDisposedSo(anomaly, countingOf(history, records, independence)) &&
            isProposedSo(anomaly, latest, independence));
        if (!isBacked || !isCalledSo(anomaly)) fail('is not what the ledger says about this anomaly.');
        if (anomaly.disposition !== null) judged += 1;
      }),
    ],
    end: () => {
      if (!has(anomaliesPart.name)) return absentText(anomaliesPart.name);
      sums.projection();
      return `${lines} ${lines === 1 ? 'anomaly' : 'anomalies'} of the source in its own words; ${judged} with a disposition of ours, as the ledger records it.`;
    },
  };
}
