// The workspace itself: status, reviewer, keys, privileged actions, sample data.
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer, ReviewerProof } from '#shared/model/reviewer.ts';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { keepActions } from '../analytics/keep.ts';
import { proofOf as keyProofOf } from '../evidence/key-proofs.ts';
import { listKeys } from '../evidence/keys.ts';
import { countListedFindings } from '../review/finding-counts.ts';
import { countQueue } from '../review/queue-counts.ts';
import { requireReviewer } from '../review/decide.ts';
import { strangeOsUser } from '../review/os-user.ts';
import { withValidity } from '../review/own-keys.ts';
import { unfitPresentReviewer, unfitWaiting } from '../review/reviewer-column.ts';
import { setReviewer } from '../review/set-reviewer.ts';
import { keysOfReviewer } from '../review/take-up-key.ts';
import { startSample } from '../sample/sample.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { readHorizon, readLastRun } from '../store/cache/runs.ts';
import { openAnomalyIntents } from '../sync/anomaly-outbox.ts';
import { clockStandingOf } from '../sync/clock-hold.ts';
import { openIntents } from '../sync/outbox.ts';
import type { Workstation } from '../workstation.ts';
import { auditOverviewOf } from './audit.ts';
import { procedures } from './procedures.ts';
import { refreshWork } from './refresh.ts';
import { readOnlyOf } from './schema-guard.ts';
import { connect } from './source.ts';

export function workspaceProcedures(workstation: Workstation) {
  const { workspace } = procedures;
  return {
    status: workspace.status.handler(() => readStatus(workstation)),
    setReviewer: workspace.setReviewer.handler(async ({ input }) => {
      const key = await setReviewer(workstation, input);
      const { reviewer } = workstation.ledger.state();
      if (!reviewer) throw new Problem('internal', 'The reviewer could not be saved.');
      const warnings = unfitPresentReviewer(workstation.ledger.state());
      return {
        reviewer,
        key,
        ...(lacksProof(workstation) && { isReplacement: true as const }),
        ...(warnings.length > 0 && { warnings }),
      };
    }),
    reviewerProof: workspace.reviewerProof.handler(({ input: { id, email } }) =>
      proofOf(workstation, { name: '', id, email: email ?? null }),
    ),
    keys: workspace.keys.handler(() =>
      listKeys(workstation.keysDirectory).map((key) => withValidity(key, workstation.ledger.state().keys)),
    ),
    privilegedActions: workspace.privilegedActions.handler(() => [
      ...workstation.ledger.state().privilegedActions,
    ]),
    setPrivilegedActions: workspace.setPrivilegedActions.handler(({ input }) => {
      workstation.ledger.append((state) => [
        {
          type: 'configuration-changed',
          subject: 'privileged-actions',
          actor: requireReviewer(state).id,
          payload: {
            before: [...state.privilegedActions],
            after: [...new Set(input.actions.map((action) => action.toWellFormed()))].toSorted(),
            reason: input.reason.toWellFormed(),
          },
        },
      ]);
      const { privilegedActions, connection } = workstation.ledger.state();
      keepActions(workstation.cache, new Set(privilegedActions), connection?.mirror.fields === null);
      return [...privilegedActions];
    }),
    exploreSample: workspace.exploreSample.handler(() => ({ jobId: exploreSample(workstation) })),
  };
}

export function jobProcedures(workstation: Workstation) {
  const { jobs } = procedures;
  return {
    list: jobs.list.handler(() => workstation.jobs.list()),
    get: jobs.get.handler(({ input }) => workstation.jobs.get(input.id)),
    cancel: jobs.cancel.handler(({ input }) => workstation.jobs.cancel(input.id)),
  };
}

/** Starts the sample database, connects to it and refreshes as of its last moment. */
export function exploreSample(workstation: Workstation): string {
  return workstation.jobs.start('sample', async (context) => {
    const sample = await startSample({
      directory: workstation.sampleDirectory,
      onProgress: (step, done, total) => context.progress(step, done, total, 'events'),
      signal: context.signal,
    });
    await connect(workstation, { url: sample.url }, true);
    return refreshWork(workstation, parseInstant(sample.endsAt))(context);
  });
}

/** “Now” for everything that can be late: the clock, or the as-of of the last refresh when that was a replay. */
export function nowMicroseconds(workstation: Workstation): number {
  return readHorizon(workstation.cache) ?? workstation.clock.nowMs() * 1000;
}

async function readStatus(workstation: Workstation): Promise<WorkspaceStatus> {
  const { cache, ledger } = workstation;
  const state = ledger.state();
  const run = readLastRun(cache);
  const totals = readTotals(cache, readHorizon(cache));
  const now = nowMicroseconds(workstation);
  const queue = countQueue(cache, state, now);
  const findings = await countListedFindings(cache, state);
  const [decisions, dispositions] = [openIntents(state), openAnomalyIntents(state)];
  const reviewersOf = (intents: readonly { reviewer: string }[]) => intents.map(({ reviewer }) => reviewer);
  const unfit = [
    ...unfitWaiting(state, 'reviews', reviewersOf(decisions)),
    ...unfitWaiting(state, 'anomalies', reviewersOf(dispositions)),
  ];
  const at = (microseconds: number | null) => (microseconds === null ? null : formatInstant(microseconds));
  return {
    workspace: workstation.directory,
    version: workstation.version,
    connection: state.connection && {
      host: state.connection.host,
      port: state.connection.port,
      tls: state.connection.tls,
      caFile: state.connection.caFile,
      database: state.connection.database,
      user: state.connection.user,
      table: state.connection.mapping?.table ?? '',
      sourceAccount: state.connection.sourceAccount,
      zone: state.connection.zone,
      isSample: state.connection.isSample,
      mirror: state.connection.mirror,
    },
    reviewer: state.reviewer,
    key: listKeys(workstation.keysDirectory).find((key) => key.fingerprint === state.keyFingerprint) ?? null,
    lastRefresh: run && {
      ...run.report,
      finishedAt: formatInstant(run.finishedMicroseconds),
      replay: run.replay,
    },
    now: formatInstant(now),
    events: totals.events,
    unattributed: totals.unattributed,
    firstEventAt: at(totals.firstMicroseconds),
    lastEventAt: at(totals.lastMicroseconds),
    ...findings,
    ...queue,
    unsent: decisions.length + dispositions.length,
    confirmReviewer: strangeOsUser(state.independence, workstation.osUser) !== null,
    readOnly: readOnlyOf(cache, state),
    ...(unfit.length > 0 && { cannotLeave: unfit }),
    ...(state.connection !== null && readSourceState(cache) === null && { mirrorEmpty: true as const }),
    clock: { ...clockStandingOf(state, ledger.clockOffset()), jump: state.clockJump },
    ...(lacksProof(workstation) && { keyNotEndorsed: true as const }),
    ledgerEntries: state.entries,
    ...(state.workPapers.pack === null ? {} : { audit: auditOverviewOf(workstation) }),
  };
}

/** The reviewer's key took the place of an earlier one, and nothing shows that it is of the same person. */
function lacksProof({ ledger }: Workstation): boolean {
  const { reviewer, keyFingerprint, keys } = ledger.state();
  return (
    reviewer !== null &&
    keyFingerprint !== null &&
    keyProofOf(keys.proofs, keyFingerprint, reviewer.id) === 'none'
  );
}

/** What becoming this reviewer takes, for doors that have to ask for it first. */
function proofOf(workstation: Workstation, reviewer: Reviewer): ReviewerProof {
  const { own, toProve, isReplacement } = keysOfReviewer(workstation, reviewer);
  return {
    ...(isReplacement && { isReplacement: true as const }),
    needsPassphrase: toProve.some(({ sealedBy }) => sealedBy === 'passphrase'),
    makesKey: own === null,
  };
}
