// Suggests what to do next, most urgent first, from the state of the workspace alone.
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { countWords } from '../../domain/count-words.ts';

export type NextStep = {
  id: 'overdue' | 'conflicts' | 'findings' | 'queue' | 'send' | 'export' | 'refresh';
  text: string;
  action: string;
};

type Signals = Pick<
  WorkspaceStatus,
  | 'overdue'
  | 'queueDepth'
  | 'openFindings'
  | 'findingsBySeverity'
  | 'unsent'
  | 'decided'
  | 'conflicts'
  | 'closedConflicts'
  | 'lastRefresh'
>;

/** Empty when nothing waits for anybody. */
export function nextSteps(status: Signals): NextStep[] {
  const steps: NextStep[] = [];
  if (status.lastRefresh === null) {
    steps.push({ id: 'refresh', text: 'No events have been read yet.', action: 'Refresh' });
  }
  if (status.overdue > 0) {
    const verb = status.overdue === 1 ? 'is' : 'are';
    steps.push({
      id: 'overdue',
      text: `${countWords(status.overdue, 'review item')} ${verb} overdue.`,
      action: 'Review the overdue',
    });
  }
  const severe = status.findingsBySeverity.find((entry) => entry.severity === 'critical')?.open ?? 0;
  if (status.openFindings > 0) {
    const text =
      severe > 0
        ? `${countWords(severe, 'critical finding')} among ${status.openFindings} open.`
        : `${countWords(status.openFindings, 'open finding')} to look at.`;
    steps.push({ id: 'findings', text, action: 'Open findings' });
  }
  if (status.overdue === 0 && status.queueDepth > 0) {
    const verb = status.queueDepth === 1 ? 'waits' : 'wait';
    steps.push({
      id: 'queue',
      text: `${countWords(status.queueDepth, 'review item')} ${verb} for a decision.`,
      action: 'Open the queue',
    });
  }
  if (status.conflicts > 0) {
    steps.push({
      id: 'conflicts',
      text: conflictText(status),
      action: 'See the conflicts',
    });
  }
  if (status.unsent > 0) {
    steps.push({
      id: 'send',
      text: `${countWords(status.unsent, 'decision')} not sent to the audit database yet.`,
      action: 'Send decisions',
    });
  }
  if (status.decided > 0 && status.unsent === 0) {
    steps.push({
      id: 'export',
      text: `${countWords(status.decided, 'decision')} can go into a signed evidence pack.`,
      action: 'Export evidence',
    });
  }
  return steps;
}

function conflictText({ conflicts, closedConflicts }: Signals): string {
  const open = `${countWords(conflicts, 'decision')} of ours ${conflicts === 1 ? 'differs' : 'differ'} from the audit database`;
  if (closedConflicts === 0) return `${open}.`;
  return `${open}; ${closedConflicts} more ${closedConflicts === 1 ? 'was' : 'were'} looked at and closed.`;
}
