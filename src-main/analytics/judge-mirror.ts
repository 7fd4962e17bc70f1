// Judges what the mirror holds and nobody judged yet, with the detectors a refresh asks for.
import type { Worker } from 'node:worker_threads';
import type { SourceClient } from '../source/client.ts';
import { readEventsOfSpans } from '../source/known-events.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { breathe } from './breathe.ts';
import { buildDetectors } from './build-detectors.ts';
import { citeHits, type CitePorts } from './cite-cells.ts';
import { evaluatePending, type EvaluationOptions, type EvaluationReport } from './evaluate.ts';
import { isMinimised } from './keep.ts';
import type { RefreshPorts, RefreshRequest } from './refresh-request.ts';
import { requireMapping, type OpenSource } from './source-sessions.ts';
import { judgeInThreads } from './threads/judge-threads.ts';
import type { ThreadRole } from './threads/roles.ts';

export async function judgeMirror(
  source: OpenSource,
  database: DatabaseHandle,
  request: RefreshRequest,
  asOfMicroseconds: number,
  ports: RefreshPorts,
): Promise<EvaluationReport> {
  const { detectors } = buildDetectors(request.detection);
  const { startThread } = ports;
  return evaluatePending(database, {
    detectors,
    ...(startThread && { threads: judgingThreads(startThread, database, request) }),
    privilegedActions: new Set(request.privilegedActions),
    holidays: new Set(request.detection.settings.holidays),
    asOfMicroseconds,
    zone: request.profile.zone,
    onProgress: (done, total) => ports.onProgress('Judging', done, total, 'detectors'),
    breathe: () => breathe(ports.signal),
    keepsCited: isMinimised(request.profile),
    cite: (history, hits) => citeHits(database, history, hits, citingIn(source.pool.first, request, ports)),
  });
}

/** While this thread records, one other has time for all detectors; each further one would read the history once more. */
const judges = 1;

function judgingThreads(
  startThread: (role: ThreadRole) => Worker,
  database: DatabaseHandle,
  { detection }: RefreshRequest,
): NonNullable<EvaluationOptions['threads']> {
  return {
    fromEvents: 500_000,
    judge: async (history, scope, places, onJudged, meanwhile) => {
      const order = { cachePath: database.name, detection, scope };
      // The list ends with what takes longest; begun first, nobody waits for it alone.
      const longestFirst = places.toReversed();
      await judgeInThreads(
        () => startThread('judge'),
        judges,
        order,
        history,
        longestFirst,
        onJudged,
        meanwhile,
      );
    },
  };
}

function citingIn(client: SourceClient, { profile }: RefreshRequest, ports: RefreshPorts): CitePorts {
  const mapping = requireMapping(profile);
  return {
    fetch: (spans, each) =>
      readEventsOfSpans(client, mapping, profile.sourceAccount, spans, each, ports.signal),
    onProgress: (done, total) => ports.onProgress('Fetching cited events', done, total, 'findings'),
    breathe: () => breathe(ports.signal),
  };
}

export function addUp(first: EvaluationReport, next: EvaluationReport): EvaluationReport {
  return {
    evaluated: first.evaluated + next.evaluated,
    learning: first.learning + next.learning,
    newFindings: first.newFindings + next.newFindings,
    changedFindings: first.changedFindings + next.changedFindings,
  };
}
