// What a harness asks of a reviewer's process, and what that answers: one JSON object a line, both ways.
import { z } from 'zod';
import { disposition } from '../../src-shared/model/finding.ts';
import { fourEyesRules } from '../../src-shared/model/independence.ts';
import { decisionKind } from '../../src-shared/model/review.ts';

/** Which of those that are there; a place beyond the last counts on from the first. */
const pick = z.number().int();

export const step = z.discriminatedUnion('do', [
  /** Opens the workspace, and closes the one that was open. */
  z.object({ do: z.literal('open'), folder: z.string(), settings: z.string() }),
  z.object({ do: z.literal('close') }),
  z.object({ do: z.literal('connect'), url: z.string() }),
  z.object({ do: z.literal('reviewer'), name: z.string(), id: z.string(), email: z.string() }),
  z.object({ do: z.literal('four-eyes'), rules: fourEyesRules }),
  z.object({ do: z.literal('refresh') }),
  /** `waitMinutes`: how long to go on while the server does not answer. `exporting`: a pack is made at the same time. */
  z.object({
    do: z.literal('sync'),
    cancelAfterMs: z.number().nullable(),
    waitMinutes: z.number(),
    exporting: z.boolean(),
  }),
  z.object({ do: z.literal('export') }),
  z.object({
    do: z.literal('decide'),
    reviews: z.array(z.string()),
    decision: decisionKind,
    reason: z.string(),
  }),
  /** Decides one of the rows that were created for privileged events. */
  z.object({ do: z.literal('decide-created'), pick, decision: decisionKind, reason: z.string() }),
  z.object({ do: z.literal('undo'), review: z.string() }),
  /** Says, about one of the decisions that await a second person, whether it is right. */
  z.object({ do: z.literal('concur'), pick, agree: z.boolean() }),
  z.object({ do: z.literal('dispose'), anomaly: z.string(), disposition, note: z.string() }),
  z.object({ do: z.literal('publish'), isOn: z.boolean() }),
  z.object({ do: z.literal('create') }),
  z.object({ do: z.literal('close-conflict'), pick, note: z.string() }),
  z.object({ do: z.literal('backup') }),
  /** Puts one of the workspace's backups in the place of its ledger. */
  z.object({ do: z.literal('restore'), pick }),
  /** The state the process lives with, and the same folded anew from entry 1, each as a hash. */
  z.object({ do: z.literal('state') }),
  /** What a person sees: the queue, conflicts, anomalies, publishing; and whether the ledger holds. */
  z.object({ do: z.literal('look') }),
]);
export type Step = z.infer<typeof step>;

export const answer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('done'), value: z.unknown() }),
  z.object({ is: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type Answer = z.infer<typeof answer>;

/** What came of a step: an answer, or a death before there was one. */
export type Outcome = Answer | { readonly is: 'killed' };

export const passphrase = 'a passphrase for tests';
/** Everything in the harness's database happened before this moment. */
export const endOfEvents = '2026-11-16T00:00:00.000Z';

export const acknowledgedDecision = z.object({ id: z.string(), review: z.string(), hash: z.string() });
export type AcknowledgedDecision = z.infer<typeof acknowledgedDecision>;

export const acknowledgedExport = z.object({ file: z.string(), sha256: z.string() });
export type AcknowledgedExport = z.infer<typeof acknowledgedExport>;

export const acknowledgedBackup = z.object({ file: z.string(), entries: z.number(), headHash: z.string() });
export type AcknowledgedBackup = z.infer<typeof acknowledgedBackup>;

export const acknowledgedRestoration = z.object({
  entries: z.number(),
  discarded: z.number(),
  kept: z.string().nullable(),
});

/** An act that is known by its kind and by what it is about. */
export type AcknowledgedAct = { readonly type: string; readonly subject: string };

export const comparedState = z.object({ living: z.string(), rebuilt: z.string(), entries: z.number() });

const serverRow = z.object({ reviewer: z.string().nullable(), notes: z.string().nullable() });
export const seen = z.object({
  queue: z.array(
    z.object({
      id: z.string(),
      decision: decisionKind.nullable(),
      sync: z.string().nullable(),
      server: serverRow.nullable(),
    }),
  ),
  /** About a review or about an anomaly. */
  conflicts: z.array(
    z.object({ review: z.string().optional(), anomaly: z.string().optional(), standing: z.string() }),
  ),
  anomalies: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      sync: z.string().nullable(),
      publishedFinding: z.string().nullable(),
      server: z.object({ disposition: z.string().nullable(), reviewedBy: z.string().nullable() }).nullable(),
    }),
  ),
  publication: z.object({
    isOn: z.boolean(),
    waiting: z.number(),
    published: z.array(z.object({ finding: z.string(), anomaly: z.string(), outcome: z.string() })),
  }),
  verification: z.object({ ok: z.boolean(), summary: z.string() }),
  rebuild: z.object({ ok: z.boolean() }),
});
export type Seen = z.infer<typeof seen>;
