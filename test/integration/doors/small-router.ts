// A few procedures of the real contract with fixed answers, so that the doors can be tested without a workspace.
import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { Review } from '#shared/model/review.ts';

export const secretOfTheFailure = 'password=hunter2 at /srv/secret.ts:12';

const os = implement({
  workspace: {
    privilegedActions: contract.workspace.privilegedActions,
    setPrivilegedActions: contract.workspace.setPrivilegedActions,
    keys: contract.workspace.keys,
    exploreSample: contract.workspace.exploreSample,
  },
  reviews: { list: contract.reviews.list, undo: contract.reviews.undo },
  findings: { dispose: contract.findings.dispose },
});

const review: Review = {
  id: 'r-1',
  origin: 'derived',
  tenant: null,
  auditLogId: 'e-1',
  action: 'role_grant',
  actor: 'mona',
  actorName: null,
  createdAt: '2026-03-02T09:00:00.000Z',
  dueAt: '2026-03-03T09:00:00.000Z',
  overdue: true,
  severity: null,
  status: 'pending',
  decision: null,
  decisionId: null,
  sync: null,
  conflict: false,
  server: null,
  digest: 'd',
};

/** The router and what its handlers were given. */
export function createSmallRouter() {
  const received: unknown[] = [];
  const router = os.router({
    workspace: {
      privilegedActions: os.workspace.privilegedActions.handler(() => ['role_grant', 'Ünïcode → ok']),
      setPrivilegedActions: os.workspace.setPrivilegedActions.handler(({ input }) => {
        received.push(input);
        return input.actions;
      }),
      keys: os.workspace.keys.handler(() => {
        throw new Error(secretOfTheFailure);
      }),
      exploreSample: os.workspace.exploreSample.handler(() => ({ jobId: 'j-1' })),
    },
    reviews: {
      list: os.reviews.list.handler(({ input }) => {
        received.push(input);
        return [review];
      }),
      undo: os.reviews.undo.handler(({ errors }) => {
        throw errors.PROBLEM({
          message: 'This decision was already sent.',
          data: { code: 'conflict', next: 'Decide again to correct it.' },
        });
      }),
    },
    findings: {
      dispose: os.findings.dispose.handler(({ errors }) => {
        throw errors.PROBLEM({
          message: 'There is no such finding.',
          data: { code: 'not-found', next: null },
        });
      }),
    },
  });
  return { router, received };
}
