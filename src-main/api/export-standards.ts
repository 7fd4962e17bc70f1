// Exports in published formats: OCSF events, one a line, and an OSCAL assessment-results document. Each is held against its schema before it is written.
import type { ListExport } from '#shared/model/exports.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { canonicalJson, genesisHash } from '../evidence/entry-hash.ts';
import type { OcsfOrigin } from '../evidence/exports/ocsf/common.ts';
import { anomalyEvent, findingEvent } from '../evidence/exports/ocsf/detection-finding.ts';
import { ocsfEvent, type OcsfEvent } from '../evidence/exports/ocsf/model.ts';
import { reviewEvent } from '../evidence/exports/ocsf/user-access.ts';
import { assessmentResults } from '../evidence/exports/oscal/assessment-results.ts';
import { oscalDocument } from '../evidence/exports/oscal/model.ts';
import { writeLines } from '../evidence/exports/write-file.ts';
import { defaultControls } from '../evidence/report/controls.ts';
import { decisionInForce } from '../review/projection.ts';
import { readLastRun } from '../store/cache/runs.ts';
import { iterateEntries } from '../store/ledger/entry-pages.ts';
import type { Workstation } from '../workstation.ts';
import { finishExport, newFile } from './export-record.ts';
import { everyAnomaly, tableSource, type Client } from './export-rows.ts';
import type { JobContext } from './jobs.ts';
import { toDecision } from './review.ts';

const parts = ['findings', 'anomalies', 'reviews'] as const;

/** @param path where to write it; null chooses a name in the workspace’s exports folder */
export function exportOcsfWork(workstation: Workstation, client: Client, path: string | null) {
  return async ({ progress, signal }: JobContext): Promise<ListExport> => {
    const nowMicroseconds = workstation.clock.nowMs() * 1000;
    const file = path ?? newFile(workstation.exportsDirectory, 'ocsf', 'ndjson', nowMicroseconds);
    const expected = await countParts(workstation, client);
    const origin = await originOf(workstation, client);
    const written = await writeLines(file, '', ocsfLines(workstation, client, origin), async (lines) => {
      progress('Writing events', lines, expected, 'rows');
      signal.throwIfAborted();
    });
    const { sha256, bytes, lines: rows } = written;
    const rowsCounted = await countParts(workstation, client);
    const finished = { what: 'ocsf', format: 'ndjson', file, sha256, bytes, rows, rowsCounted, filter: {} };
    return finishExport(workstation, finished, nowMicroseconds);
  };
}

async function* ocsfLines(
  workstation: Workstation,
  client: Client,
  origin: OcsfOrigin,
): AsyncGenerator<string> {
  for (const finding of await client.findings.list({})) yield eventLine(findingEvent(finding, origin));
  for (const anomaly of await everyAnomaly(client)) yield eventLine(anomalyEvent(anomaly, origin));
  const state = workstation.ledger.state();
  for (const review of await client.reviews.list({})) {
    const record = decisionInForce(state, review.id);
    yield eventLine(reviewEvent(review, record ? toDecision(state, record) : null, origin));
  }
}

const eventLine = (event: OcsfEvent): string => `${canonicalJson(ocsfEvent.parse(event))}\n`;

async function originOf(workstation: Workstation, client: Client): Promise<OcsfOrigin> {
  const { ledger, version, clock } = workstation;
  const detectors = new Map((await client.detectors.list()).map((detector) => [detector.id, detector]));
  return {
    toolVersion: version,
    logName: ledger.state().connection?.mapping?.table ?? null,
    exportedAtMs: clock.nowMs(),
    detector: (id) => {
      const found = detectors.get(id);
      return found === undefined
        ? null
        : { title: found.title, isRule: found.family === 'rules' || found.family === 'own' };
    },
  };
}

/** @param path where to write it; null chooses a name in the workspace’s exports folder */
export function exportOscalWork(workstation: Workstation, client: Client, path: string | null) {
  return async ({ progress, signal }: JobContext): Promise<ListExport> => {
    const nowMicroseconds = workstation.clock.nowMs() * 1000;
    const file = path ?? newFile(workstation.exportsDirectory, 'oscal', 'json', nowMicroseconds);
    const total = await countParts(workstation, client);
    progress('Gathering what was observed', 0, total, 'rows');
    const findings = await client.findings.list({});
    const anomalies = await everyAnomaly(client);
    const reviews = await client.reviews.list({});
    signal.throwIfAborted();
    const rows = findings.length + anomalies.length + reviews.length;
    progress('Writing the document', rows, total, 'rows');
    const made = assessmentResults({
      ...(await provenance(workstation, client)),
      exportedAt: formatInstant(nowMicroseconds),
      controls: defaultControls,
      findings,
      anomalies,
      reviews,
    });
    const text = `${canonicalJson(oscalDocument.parse(made))}\n`;
    const { sha256, bytes } = await writeLines(file, '', [text], async () => signal.throwIfAborted());
    const rowsCounted = await countParts(workstation, client);
    const finished = { what: 'oscal', format: 'json', file, sha256, bytes, rows, rowsCounted, filter: {} };
    return finishExport(workstation, finished, nowMicroseconds);
  };
}

async function provenance({ ledger, cache, version }: Workstation, client: Client) {
  const { reviewer, headHash } = ledger.state();
  const first = ledger.read((database) => iterateEntries(database, 1).next().value);
  const { firstEventAt } = await client.workspace.status();
  return {
    workspace: first?.hash ?? genesisHash,
    headHash,
    toolVersion: version,
    exportedBy: reviewer && { id: reviewer.id, name: reviewer.name },
    from: firstEventAt,
    asOf: readLastRun(cache)?.report.asOf ?? null,
  };
}

/** How many lines there should be, counted in another way; null where any part cannot be. */
async function countParts(workstation: Workstation, client: Client): Promise<number | null> {
  let sum = 0;
  for (const part of parts) {
    const count = await tableSource(workstation, client, part, {}).counted();
    if (count === null) return null;
    sum += count;
  }
  return sum;
}
