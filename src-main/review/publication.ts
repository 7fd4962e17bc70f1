// Whether our findings are published in the source's table of anomalies, and which of them still are to be.
import type { FindingPublication, PublicationState } from '#shared/model/anomaly.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { PublishedRow } from '../source/anomaly-insert.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { requireReviewer } from './decide.ts';
import { getFinding, listFindings } from './findings.ts';
import type { Ledger } from './ledger.ts';
import { sourceOf, type LedgerState } from './projection.ts';
import { publishedRowOf } from './published-rows.ts';

export type ToPublish = {
  readonly rows: readonly PublishedRow[];
  /** Findings the published words have none for. */
  readonly notExpressible: number;
};

/** What stands: neither called false nor let pass by an exception, and not published before, earliest first. */
export function findingsToPublish(cache: DatabaseHandle, state: LedgerState): ToPublish {
  const done = state.anomalies.publications.get(sourceOf(state) ?? '');
  const standing = listFindings(cache, state).filter((finding) => stands(finding) && !done?.has(finding.id));
  const rows = standing
    .map(publishedRowOf)
    .filter((row) => row !== null)
    .toSorted((one, other) => (one.finding < other.finding ? -1 : 1));
  return { rows, notExpressible: standing.length - rows.length };
}

function stands({ disposition, suppressedBy }: Finding): boolean {
  return disposition !== 'false-positive' && (suppressedBy === null || disposition === 'escalated');
}

export function readPublication(cache: DatabaseHandle, state: LedgerState): PublicationState {
  const { rows, notExpressible } = findingsToPublish(cache, state);
  return {
    isOn: state.anomalies.publishFindings,
    waiting: rows.length,
    notExpressible,
    published: [...(state.anomalies.publications.get(sourceOf(state) ?? '')?.values() ?? [])],
    preview: rows.slice(0, previewed).map(({ finding, anomalyType, severity, user, detectedAt }) => ({
      finding,
      anomalyType,
      severity,
      user,
      detectedAt,
    })),
  };
}

const previewed = 20;

/** @throws Problem `not-found` when there is no such finding */
export function publicationOfFinding(
  cache: DatabaseHandle,
  state: LedgerState,
  id: string,
): FindingPublication {
  const published = state.anomalies.publications.get(sourceOf(state) ?? '')?.get(id);
  if (published) {
    const { outcome, anomaly, at, detail } = published;
    return { standing: outcome, anomaly, at, detail };
  }
  const { finding } = getFinding(cache, state, id);
  const none = { anomaly: null, at: null, detail: null };
  if (!state.anomalies.publishFindings) return { standing: 'off', ...none };
  if (!stands(finding)) return { standing: 'withheld', ...none };
  return { standing: publishedRowOf(finding) === null ? 'no-word' : 'waiting', ...none };
}

/** Turns publishing on or off; saying again what holds is no change. What was published stays. */
export function setPublication(
  ledger: Ledger,
  { isOn, reason }: { readonly isOn: boolean; readonly reason: string },
): void {
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const before = state.anomalies.publishFindings;
    if (before === isOn) return [];
    return [
      {
        type: 'publication-changed',
        subject: 'publish-findings',
        actor: reviewer.id,
        payload: { before, after: isOn, reason: reason.toWellFormed().trim() },
      },
    ];
  });
}
