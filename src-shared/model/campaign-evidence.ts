// What is known about an item of a campaign besides the frozen line: use, peers, findings, privileged actions, earlier decisions.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { earlierDecisions, relatedFinding } from './decision-context.ts';
import { decisionKind } from './review.ts';

const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const count = z.number().int().min(0);

/** Something nobody knows here, with a sentence why; unknown is never shown as zero. */
const unknownPart = z.object({ isKnown: z.literal(false), because: z.string() });
export type UnknownPart = z.infer<typeof unknownPart>;

/** More days than this are not listed one by one: the latest are. */
export const mostEvidenceDays = 400;

/** Of the subject as an actor of the mirror; the frozen item says itself what its source told. */
export const evidenceUse = z.object({
  isKnown: z.literal(true),
  /** Their last event in the mirror, whenever that was; null where there is none. */
  lastEventAt: instant.nullable(),
  /** Events of the period, of all actions. */
  events: count,
  /** Of these, uses of this right; null where the entitlement is no action of the mirror, so that nobody can tell. */
  uses: count.nullable(),
  lastUseAt: instant.nullable(),
  /** The days of the period in the zone of the campaign, oldest first, from this date on. */
  firstDay: localDate,
  /** Null is a day of which nothing is mirrored: a gap and not a zero. At most {@link mostEvidenceDays}. */
  days: z.array(count.nullable()),
  /** The same days, uses of this right alone; null where `uses` is. */
  useDays: z.array(count.nullable()).nullable(),
});
export type EvidenceUse = z.infer<typeof evidenceUse>;

export const mostPeersNamed = 10;

/** Whoever is of the same type in the same frozen population. */
export const evidencePeers = z.object({
  isKnown: z.literal(true),
  subjectType: z.string().nullable(),
  /** Subjects of that type, and how many of them hold the entitlement somewhere; the item's own subject is one of both. */
  subjects: count,
  holders: count,
  /** Some of the others who hold it, in the order of their ids; at most {@link mostPeersNamed}. */
  others: z.array(z.object({ subject: z.string(), subjectName: z.string().nullable() })),
});
export type EvidencePeers = z.infer<typeof evidencePeers>;

export const mostEvidenceFindings = 20;

/** Findings about the subject that begin in the period, whatever became of them; the most severe first. */
export const evidenceFindings = z.object({
  isKnown: z.literal(true),
  total: count,
  open: count,
  findings: z.array(
    relatedFinding.pick({
      id: true,
      detector: true,
      severity: true,
      start: true,
      action: true,
      explanation: true,
      disposition: true,
    }),
  ),
});
export type EvidenceFindings = z.infer<typeof evidenceFindings>;

export const mostEvidenceActions = 10;

/** Events of the subject in the period with an action of the list of privileged ones. */
export const evidencePrivileged = z.object({
  isKnown: z.literal(true),
  total: count,
  /** The last of them, to the quarter hour where only counts are mirrored; null without any. */
  lastAt: instant.nullable(),
  /** Most often first. */
  actions: z.array(z.object({ action: z.string(), count })),
});
export type EvidencePrivileged = z.infer<typeof evidencePrivileged>;

/** A decision on the same right in an earlier campaign, or in a stage before in this one. */
const decidedBefore = z.object({
  decision: decisionKind,
  reviewerName: z.string(),
  decidedAt: instant,
  reason: z.string().nullable(),
});

export const evidenceEarlier = z.object({
  isKnown: z.literal(true),
  /** The newest first. */
  campaigns: z.array(decidedBefore.extend({ campaign: z.string(), name: z.string() })),
  /** Of review items about the subject: of the same action where the entitlement is one, else of any. */
  reviews: earlierDecisions,
});
export type EvidenceEarlier = z.infer<typeof evidenceEarlier>;

export const evidenceParts = ['use', 'peers', 'findings', 'privileged', 'earlier'] as const;
/** The names `opened` of a decision has for the parts that were looked at. */
export type EvidencePart = (typeof evidenceParts)[number];

export const campaignEvidence = z.object({
  /** here: looked up in this workspace · file: as it was stated by whoever handed the items out · none: nothing came with them. */
  from: z.enum(['here', 'file', 'none']),
  /** When it was looked up. */
  asOf: instant,
  zone: z.string(),
  /** Half-open: the days of the period in that zone. */
  period: z.object({ from: instant, to: instant }),
  use: z.discriminatedUnion('isKnown', [evidenceUse, unknownPart]),
  peers: z.discriminatedUnion('isKnown', [evidencePeers, unknownPart]),
  findings: z.discriminatedUnion('isKnown', [evidenceFindings, unknownPart]),
  privileged: z.discriminatedUnion('isKnown', [evidencePrivileged, unknownPart]),
  earlier: z.discriminatedUnion('isKnown', [evidenceEarlier, unknownPart]),
  /** What stands of the stages before the one the item is in, in their order. */
  stages: z.array(decidedBefore.extend({ stage: z.number().int().min(0).max(2), name: z.string() })),
});
export type CampaignEvidence = z.infer<typeof campaignEvidence>;
