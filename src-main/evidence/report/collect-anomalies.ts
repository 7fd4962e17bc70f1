// The source's own anomalies a report lists: those nobody judged first, and how many there are of each standing.
import { anomalyStatuses, type AnomalyStatus, type ServerAnomaly } from '#shared/model/anomaly.ts';
import { firstOf, type Listed } from './collect-first.ts';

export type AnomalyRows = Listed<ServerAnomaly> & {
  readonly byStatus: ReadonlyMap<AnomalyStatus, number>;
};

/** In the order of the pack within each standing; what is a finding of ours already comes last. */
export function collectAnomalies(limit: number) {
  const lists = new Map(anomalyStatuses.map((status) => [status, firstOf<ServerAnomaly>(limit)]));
  return {
    add: (anomaly: ServerAnomaly): void => lists.get(anomaly.status)?.add(anomaly),
    rows: (): AnomalyRows => {
      const all = [...lists].map(([status, list]) => [status, list.listed()] as const);
      return {
        rows: all.flatMap(([, { rows }]) => rows).slice(0, limit),
        total: all.reduce((sum, [, { total }]) => sum + total, 0),
        byStatus: new Map(all.map(([status, { total }]) => [status, total])),
      };
    },
  };
}
