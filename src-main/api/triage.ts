// Working through the queue: the list, what may be decided together, the pace, and what is half written.
import type { DecisionKind, Review } from '#shared/model/review.ts';
import type {
  BulkPreview,
  Pace,
  QueueGrouping,
  QueueSort,
  QueueTab,
  TriageList,
} from '#shared/model/triage.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { previewBulk } from '../review/bulk-preview.ts';
import { keepDraft, readDrafts } from '../review/drafts.ts';
import { isIn, listFindings } from '../review/findings.ts';
import { isOwnAction } from '../review/independence.ts';
import { dwellTimesOf, paceOf } from '../review/pace.ts';
import { readQueue } from '../review/queue.ts';
import { forgetView, readSavedViews, saveView } from '../review/saved-views.ts';
import { arrangeTriage, groupKeyOf } from '../review/triage-order.ts';
import { holdsWords, isInTab, surprisesOf, toTriageItem } from '../review/triage-list.ts';
import { readEventsById } from '../store/cache/events.ts';
import type { Workstation } from '../workstation.ts';
import { zoneOf } from './activity-range.ts';
import { procedures } from './procedures.ts';
import { withConflict } from './review.ts';
import { nowMicroseconds } from './workspace.ts';

export function triageProcedures(workstation: Workstation) {
  const { triage } = procedures;
  const { directory } = workstation;
  return {
    list: triage.list.handler(({ input }) => listOf(workstation, input)),
    previewBulk: triage.previewBulk.handler(({ input: { ids, decision } }) =>
      bulkOf(workstation, ids, decision),
    ),
    pace: triage.pace.handler(() => paceNow(workstation)),
    drafts: triage.drafts.handler(() => readDrafts(directory)),
    keepDraft: triage.keepDraft.handler(({ input }) => ({
      draft: keepDraft(directory, {
        ...input,
        reviewer: workstation.ledger.state().reviewer?.id ?? null,
        at: formatInstant(Math.floor(workstation.clock.nowMs() * 1000)),
      }),
    })),
    savedViews: triage.savedViews.handler(() => readSavedViews(directory)),
    saveView: triage.saveView.handler(({ input }) => saveView(directory, input)),
    forgetView: triage.forgetView.handler(({ input }) => forgetView(directory, input)),
  };
}

type ListInput = {
  readonly tab: QueueTab;
  readonly sort: QueueSort;
  readonly group: QueueGrouping;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly text?: string | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly around?: string | undefined;
};

const searched = ['id', 'action', 'severity', 'decision'] as const;
/** While names are masked, looking for one must not tell whose pseudonym goes with it. */
const searchedUnmasked = [...searched, 'actor', 'actorName'] as const;

function listOf(workstation: Workstation, input: ListInput): TriageList {
  const { cache, ledger } = workstation;
  const state = ledger.state();
  const zone = zoneOf(workstation);
  const now = Math.floor(nowMicroseconds(workstation));
  const queue = readQueue(cache, state, now);
  const fields = state.privacy.isMasked ? searched : searchedUnmasked;
  const asked = queue
    .map((review) => withConflict(state, review))
    .filter(
      (review) =>
        isInTab(review, input.tab) &&
        (input.actor === undefined || (review.actor ?? '') === input.actor) &&
        (input.action === undefined || review.action === input.action) &&
        holdsWords(review, input.text ?? '', fields),
    );
  const surprises = surprisesOf(listFindings(cache, state));
  const groupOf = (review: Review) => groupKeyOf(review, input.group, zone);
  const { items, groups } = arrangeTriage(
    asked.map((review) => toTriageItem(review, surprises, now, groupOf)),
    input.sort,
    input.group,
  );
  const place = input.around === undefined ? -1 : items.findIndex(({ review }) => review.id === input.around);
  const offset = place < 0 ? input.offset : Math.max(0, place - Math.floor(input.limit / 2));
  const decided = queue.filter(({ status }) => status === 'decided').length;
  return {
    now: formatInstant(now),
    zone,
    total: items.length,
    overdue: items.filter(({ sla }) => sla === 'overdue').length,
    dueSoon: items.filter(({ sla }) => sla === 'due-soon').length,
    offset,
    items: items.slice(offset, offset + input.limit),
    groups,
    progress: { decided, total: decided + queue.filter(({ status }) => status === 'pending').length },
  };
}

function bulkOf(
  workstation: Workstation,
  ids: readonly string[],
  decision: DecisionKind | undefined,
): BulkPreview {
  const { cache, ledger } = workstation;
  const state = ledger.state();
  const queue = readQueue(cache, state, nowMicroseconds(workstation));
  const reviews = new Map(queue.map((review) => [review.id, review]));
  const asked = ids.flatMap((id) => reviews.get(id)?.auditLogId ?? []);
  const events = readEventsById(cache, asked);
  const cited = new Set(
    listFindings(cache, state)
      .filter((finding) => isIn('open', finding))
      .flatMap(({ eventIds }) => eventIds),
  );
  return previewBulk(
    {
      state,
      reviewOf: (id) => reviews.get(id),
      actorTypeOf: ({ auditLogId }) => events.get(auditLogId ?? '')?.actorType ?? null,
      isCited: ({ auditLogId }) => auditLogId !== null && cited.has(auditLogId),
    },
    ids,
    decision,
  );
}

/** Of the present reviewer; what is left are open items but for their own actions, and what was left open for somebody else. */
function paceNow(workstation: Workstation): Pace {
  const { cache, ledger } = workstation;
  const state = ledger.state();
  const { reviewer } = state;
  const open = readQueue(cache, state, nowMicroseconds(workstation)).filter(
    ({ status, actor, decision }) =>
      status === 'pending' &&
      decision !== 'abstain' &&
      decision !== 'escalate' &&
      (reviewer === null || !isOwnAction(state, actor, reviewer.id)),
  );
  return paceOf(reviewer === null ? [] : dwellTimesOf(state, reviewer.id), open.length);
}
