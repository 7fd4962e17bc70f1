// Suggests what to do next, most urgent first, from the state of the workspace alone.
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { text } from '../../texts/text.ts';

export type NextStep = {
  id: 'overdue' | 'conflicts' | 'findings' | 'queue' | 'second' | 'send' | 'export' | 'refresh';
  words: string;
};

type Signals = Pick<
  WorkspaceStatus,
  | 'overdue'
  | 'queueDepth'
  | 'awaitingSecond'
  | 'openFindings'
  | 'findingsBySeverity'
  | 'unsent'
  | 'decided'
  | 'decisionsInForce'
  | 'conflicts'
  | 'closedConflicts'
  | 'lastRefresh'
>;

/** Empty when nothing waits for anybody. */
export function nextSteps(status: Signals): NextStep[] {
  const { overdue, queueDepth, awaitingSecond, openFindings, unsent, decided, conflicts } = status;
  return [
    ...step(status.lastRefresh === null, 'refresh', () => text('overview:next.refresh.text')),
    ...step(overdue > 0, 'overdue', () => text('overview:next.overdue.text', { count: overdue })),
    ...step(openFindings > 0, 'findings', () => findingWords(status)),
    ...step(overdue === 0 && queueDepth > 0, 'queue', () =>
      text('overview:next.queue.text', { count: queueDepth }),
    ),
    ...step(awaitingSecond > 0, 'second', () => text('overview:next.second.text', { count: awaitingSecond })),
    ...step(conflicts > 0, 'conflicts', () => conflictWords(status)),
    ...step(unsent > 0, 'send', () => text('overview:next.send.text', { count: unsent })),
    ...step(decided > 0 && unsent === 0, 'export', () =>
      text('overview:next.export.text', { count: status.decisionsInForce }),
    ),
  ];
}

const step = (isNext: boolean, id: NextStep['id'], wordsOf: () => string): NextStep[] =>
  isNext ? [{ id, words: wordsOf() }] : [];

function findingWords({ openFindings, findingsBySeverity }: Signals): string {
  const severe = findingsBySeverity.find((entry) => entry.severity === 'critical')?.open ?? 0;
  return severe > 0
    ? text('overview:next.findings.severe', { count: severe, open: openFindings })
    : text('overview:next.findings.text', { count: openFindings });
}

function conflictWords({ conflicts, closedConflicts }: Signals): string {
  const open = text('overview:next.conflicts.text', { count: conflicts });
  return closedConflicts === 0
    ? open
    : text('overview:next.conflicts.closed', { count: closedConflicts, open });
}
