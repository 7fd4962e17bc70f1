// The steps of a reviewer, through the contract alone: as a screen would take them.
import type { RouterClient } from '@orpc/server';
import type { createRouter } from '../../src-main/api/router.ts';
import type { Jobs } from '../../src-main/api/jobs.ts';
import { subjectOf } from '../../src-shared/model/conflict-list.ts';
import { Problem } from '../../src-shared/model/problem.ts';
import { endOfEvents, passphrase, type Step } from './steps.ts';

export type Work = { readonly call: RouterClient<ReturnType<typeof createRouter>>; readonly jobs: Jobs };

type WorkStep = Exclude<Step, { do: 'open' | 'close' | 'state' | 'restore' }>;

export async function takeWork({ call, jobs }: Work, asked: WorkStep): Promise<unknown> {
  const finish = (started: { jobId: string }) => jobs.wait(started.jobId);
  switch (asked.do) {
    case 'connect':
      return call.source.connect({ url: asked.url, zone: 'Europe/Berlin' });
    case 'reviewer': {
      const { name, id, email } = asked;
      return call.workspace.setReviewer({ name, id, email, passphrase });
    }
    case 'four-eyes':
      return call.independence.changeFourEyes({ rules: asked.rules, reason: 'as agreed' });
    case 'refresh':
      return finish(await call.refresh.start({ asOf: endOfEvents }));
    case 'sync':
      return sync({ call, jobs }, asked);
    case 'export':
      return finish(await call.evidence.export({ passphrase }));
    case 'decide': {
      const { decision, reason } = asked;
      return call.reviews.decide({ reviews: asked.reviews.map((id) => ({ id })), decision, reason });
    }
    case 'undo':
      return call.reviews.undo({ id: asked.review });
    case 'dispose':
      return call.anomalies.dispose({
        id: asked.anomaly,
        disposition: asked.disposition,
        note: asked.note,
      });
    case 'publish':
      return call.anomalies.setPublication({ isOn: asked.isOn, reason: 'as agreed' });
    case 'create':
      return finish(await call.reviews.create({}));
    case 'backup':
      return call.ledger.backup();
    case 'look':
      return look(call);
    default:
      return takePicked(call, asked);
  }
}

/** Steps about one of what is there at the moment. */
async function takePicked(
  call: Work['call'],
  asked: Extract<WorkStep, { do: 'decide-created' | 'concur' | 'close-conflict' }>,
): Promise<unknown> {
  switch (asked.do) {
    case 'decide-created': {
      const rows = (await call.reviews.list({})).filter(
        ({ action, status }) => action === 'role_grant' && status !== 'reviewed',
      );
      const { id } = pickOf(rows, asked.pick);
      return call.reviews.decide({
        reviews: [{ id }],
        decision: asked.decision,
        reason: asked.reason,
      });
    }
    case 'concur': {
      const { reviews, anomalies } = await call.independence.awaiting();
      const { id } = pickOf([...reviews, ...anomalies], asked.pick);
      const said = { id, agree: asked.agree, reason: 'looked at it as well' };
      const isReview = reviews.some((review) => review.id === id);
      return isReview ? call.reviews.concur(said) : call.anomalies.concur(said);
    }
    default: {
      const { conflicts } = await call.conflicts.list({ standing: 'open' });
      const conflict = pickOf(conflicts, asked.pick);
      const { kind, ours, row } = conflict;
      const shown = { decision: ours.id, row };
      return call.conflicts.close({ id: subjectOf(conflict), kind, note: asked.note, shown });
    }
  }
}

function pickOf<Value>(values: readonly Value[], pick: number): Value {
  const picked = values[pick % values.length];
  if (picked !== undefined) return picked;
  throw new Problem('not-found', 'Nothing of the kind is there.');
}

/** A pack that was made meanwhile is acknowledged even where the sync failed. */
async function sync(
  { call, jobs }: Work,
  { waitMinutes, cancelAfterMs, exporting }: Extract<Step, { do: 'sync' }>,
): Promise<unknown> {
  const { jobId } = await call.sync.start({ waitMinutes });
  if (cancelAfterMs !== null) setTimeout(() => void jobs.cancel(jobId), cancelAfterMs);
  const making = exporting ? (await call.evidence.export({ passphrase })).jobId : null;
  const [sent, made] = await Promise.allSettled([
    jobs.wait(jobId),
    making === null ? Promise.resolve(null) : jobs.wait(making),
  ]);
  for (const ended of [sent, made])
    if (ended.status === 'rejected' && !(ended.reason instanceof Problem)) throw ended.reason;
  if (sent.status === 'rejected' && (made.status === 'rejected' || made.value === null)) throw sent.reason;
  return { pack: made.status === 'fulfilled' ? made.value : null };
}

async function look(call: Work['call']): Promise<unknown> {
  return {
    queue: await call.reviews.list({}),
    conflicts: (await call.conflicts.list({})).conflicts,
    anomalies: (await call.anomalies.list({ limit: 10_000 })).anomalies,
    publication: await call.anomalies.publication(),
    verification: await call.ledger.verify({}),
    rebuild: await call.ledger.rebuild(),
  };
}
