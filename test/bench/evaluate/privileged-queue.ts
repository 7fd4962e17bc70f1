// The ids of events that a reviewer would be asked about anyway.
import type { History } from '../../../src-main/analytics/history/history.ts';
import { privilegedPredicate } from '../../../src-main/analytics/sigma/privileged-events.ts';
import type { SigmaRule } from '../../../src-main/analytics/sigma/rule.ts';

/**
 * Events of a privileged action, those the source calls critical, and those a rule calls privileged: what the queue holds where
 * the source keeps none of its own.
 */
export function privilegedQueue(
  history: History,
  privilegedActions: ReadonlySet<string>,
  rules: readonly SigmaRule[],
): Set<string> {
  const byRule = privilegedPredicate(rules)(history);
  const isPrivileged = history.series.map(({ action }) =>
    privilegedActions.has(history.actions.valueOf(action)),
  );
  const ids = new Set<string>();
  for (const segment of history.segments) {
    const severity = segment.column('severity');
    const critical = severity?.values.indexOf('critical') ?? -1;
    for (let index = 0; index < segment.length; index += 1) {
      const isCritical = critical >= 0 && severity!.codes[index] === critical;
      if (isCritical || isPrivileged[segment.series[index]!]) ids.add(segment.idAt(index));
    }
    byRule.eachIn(segment, 0, segment.length, (index) => ids.add(segment.idAt(index)));
  }
  return ids;
}
