// An auditor's work on somebody else's evidence pack: the pack in view, notes on it, samples of it, and what was signed.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { reportComparisons, signerDoubts, verdicts, type Verdict } from './evidence.ts';
import { sampleAssessment, samplingMethod, samplingPlan } from './sampling.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const longText = z.string().trim().min(1).max(20_000);

/** The lists of a pack that can be walked through. Changes are those entries of its ledger that changed how it was reviewed. */
export const packSections = [
  'population',
  'decisions',
  'findings',
  'conflicts',
  'changes',
  'ledger',
  'campaigns',
  'campaign-items',
] as const;
export const packSection = z.enum(packSections);
export type PackSection = (typeof packSections)[number];

/** A short name people cite: `WP-3`, `S-1`. It names files, too, so it is letters, digits, dashes and underscores. */
export const workPaperReference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'is made of letters, digits, - and _');

const reportedSigner = z.strictObject({
  identity: z.string().nullable(),
  fingerprint: z.string(),
  pinned: z.boolean(),
  comparable: z.string().optional(),
  /** Absent in entries older than it. */
  doubt: z.enum(signerDoubts).optional(),
});
/** A verification as the ledger keeps it: what was known about the pack then. */
export const packJudgement = z.strictObject({
  verdict: z.enum(verdicts),
  summary: z.string(),
  signers: z.array(reportedSigner),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  /** As in a verification; absent in entries older than these. */
  reservations: z.array(z.string()).optional(),
  report: z.enum(reportComparisons).optional(),
});
export type PackJudgement = z.infer<typeof packJudgement>;

/** The payload of an entry `pack-opened`. */
export const packOpening = z.strictObject({
  /** Of the pack file, whose bytes are kept as they came. */
  sha256,
  name: z.string(),
  bytes: z.number().int().min(0),
  judgement: packJudgement,
});
/** The payload of an entry `pack-verified`: the same pack, judged once more. */
export const packReverification = z.strictObject({ sha256, judgement: packJudgement });

export const subjectKinds = ['pack', 'item', 'number', 'sample'] as const;
/** What a note is about: the whole pack, a row of one of its lists, a number somebody names, or a sample. */
export const workPaperSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pack') }),
  z.strictObject({ kind: z.literal('item'), section: packSection, key: z.string().min(1).max(1000) }),
  /** A number of the pack in words: “undecided items in the statement: 14”. */
  z.strictObject({ kind: z.literal('number'), name: z.string().trim().min(1).max(500) }),
  z.strictObject({ kind: z.literal('sample'), reference: workPaperReference }),
]);
export type WorkPaperSubject = z.infer<typeof workPaperSubject>;

/** The payload of an entry `work-paper`. */
export const workPaperNote = z.strictObject({
  reference: workPaperReference,
  about: workPaperSubject,
  text: longText,
  authorName: z.string(),
});

export const workPaperStatuses = ['open', 'cleared'] as const;
/** The payload of an entry `work-paper-status`. A paper is cleared with a conclusion, and opened again with a reason. */
export const workPaperStatusChange = z.strictObject({
  paper: z.string(),
  status: z.enum(workPaperStatuses),
  conclusion: longText,
  authorName: z.string(),
});

const act = z.strictObject({ by: z.string(), byName: z.string(), at: instant });

export const workPaper = z.strictObject({
  /** Id of the ledger entry. */
  id: z.string(),
  reference: workPaperReference,
  about: workPaperSubject,
  text: z.string(),
  by: z.string(),
  byName: z.string(),
  at: instant,
  status: z.enum(workPaperStatuses),
  /** Every change of status, oldest first; the last holds. */
  changes: z.array(act.extend({ status: z.enum(workPaperStatuses), conclusion: z.string() })),
});
export type WorkPaper = z.infer<typeof workPaper>;

/** The payload of an entry `sample-drawn`. */
export const sampleDrawing = z.strictObject({
  reference: workPaperReference,
  section: packSection,
  /** What is tested, in the auditor’s words. */
  purpose: longText,
  plan: samplingPlan,
  authorName: z.string(),
});

export const testResults = ['pass', 'deviation', 'not-testable'] as const;
export type TestResult = (typeof testResults)[number];
/** The payload of an entry `sample-tested`; a later one about the same item takes the place of an earlier. */
export const sampleTesting = z.strictObject({
  sample: z.string(),
  key: z.string(),
  result: z.enum(testResults),
  note: z.string().trim().max(20_000),
  authorName: z.string(),
});

const testedItem = z.strictObject({
  key: z.string(),
  /** Every result, oldest first; the last counts. Empty while the item is not tested. */
  results: z.array(act.extend({ result: z.enum(testResults), note: z.string() })),
});

export const auditSample = z.strictObject({
  /** Id of the ledger entry. */
  id: z.string(),
  reference: workPaperReference,
  section: packSection,
  purpose: z.string(),
  plan: samplingPlan,
  /** Why so many, in words. */
  derivation: z.string(),
  by: z.string(),
  byName: z.string(),
  at: instant,
  /** In the order they were drawn. */
  items: z.array(testedItem),
  counts: z.strictObject({
    pass: z.number().int(),
    deviation: z.number().int(),
    notTestable: z.number().int(),
    untested: z.number().int(),
  }),
  /**
   * What the sample says about the population; null for a judgemental one, and until every item has a result. An item
   * that cannot be tested counts as a deviation.
   */
  assessment: sampleAssessment.nullable(),
  /** The same as a sentence, or what is missing. */
  conclusion: z.string(),
});
export type AuditSample = z.infer<typeof auditSample>;

/** The payload of an entry `work-papers-signed`. */
export const workPapersSigning = z.strictObject({
  name: z.string(),
  sha256,
  fingerprint: z.string(),
  /** The pack they are about. */
  pack: sha256,
});
export const signedWorkPapers = workPapersSigning.extend({ at: instant });
export type SignedWorkPapers = z.infer<typeof signedWorkPapers>;

export const openedPackStatus = z.object({
  sha256,
  name: z.string(),
  bytes: z.number().int(),
  openedAt: instant,
  judgement: packJudgement,
  /** When it was judged last. */
  judgedAt: instant,
  /** Set for a pack that may be looked at and nothing more. */
  lookOnly: z.boolean(),
});
export type OpenedPackStatus = z.infer<typeof openedPackStatus>;

/** Nothing is worked out from a pack that is not what was signed. */
export const isLookOnly = (verdict: Verdict): boolean => verdict === 'tampered' || verdict === 'malformed';

export const auditOverview = z.object({
  /** Null in a workspace without a pack. */
  pack: openedPackStatus.nullable(),
  openPapers: z.number().int(),
  clearedPapers: z.number().int(),
  samples: z.number().int(),
  signed: z.array(signedWorkPapers),
});
export type AuditOverview = z.infer<typeof auditOverview>;

export const packRow = z.object({
  /** Id of what the row is about; a sample is drawn from these. */
  key: z.string(),
  cells: z.array(z.string().nullable()),
  facet: z.string(),
  /** All the pack says about it. */
  value: z.record(z.string(), z.unknown()),
});
export type PackRow = z.infer<typeof packRow>;

export const packRowQuery = z.object({
  section: packSection,
  /** Anything the row says; letter case does not matter. */
  text: z.string().max(200).optional(),
  facet: z.string().max(200).optional(),
  key: z.string().max(1000).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type PackRowQuery = z.infer<typeof packRowQuery>;

export const packRows = z.object({
  columns: z.array(z.string()),
  /** In the whole list, and of these how many match. */
  total: z.number().int(),
  matching: z.number().int(),
  /** The values of what the list is narrowed by, the most frequent first. */
  facets: z.array(z.object({ value: z.string(), count: z.number().int() })),
  facetName: z.string(),
  rows: z.array(packRow),
});
export type PackRows = z.infer<typeof packRows>;

export const packFacts = z.object({
  statement: z.record(z.string(), z.unknown()),
  /** Information produced by the entity: how the population was obtained and why it is believed complete. */
  ipe: z.record(z.string(), z.unknown()),
});
export type PackFacts = z.infer<typeof packFacts>;

export const sampleRequest = z.object({
  section: packSection,
  method: samplingMethod,
  /** Null takes the hash of the population, which nobody can choose. */
  seed: z
    .string()
    .regex(/^[\x20-\x7e]{1,256}$/)
    .nullable()
    .default(null),
  /** Null takes the size that follows from the method. */
  size: z.number().int().min(1).max(5000).nullable().default(null),
});
export const samplePreview = z.object({
  populationSize: z.number().int(),
  populationSha256: sha256,
  size: z.number().int(),
  derivation: z.string(),
});
export type SamplePreview = z.infer<typeof samplePreview>;

export const workPapersReport = z.object({
  file: z.string(),
  name: z.string(),
  sha256,
  papers: z.number().int(),
  samples: z.number().int(),
  signer: z.object({ fingerprint: z.string(), identity: z.string() }),
});
export type WorkPapersReport = z.infer<typeof workPapersReport>;

export const workPapersComparison = z.object({
  isSamePack: z.boolean(),
  /** The pack that the work papers name, and the one that was given. */
  named: sha256,
  sha256,
  /** Empty where it is another pack. */
  samples: z.array(
    z.object({ reference: workPaperReference, section: packSection, isSamePopulation: z.boolean() }),
  ),
});
export type WorkPapersComparison = z.infer<typeof workPapersComparison>;
