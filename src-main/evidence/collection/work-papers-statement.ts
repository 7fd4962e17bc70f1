// The statement an auditor signs: which pack was looked at, how it was judged, and what the work papers hold.
import { z } from 'zod';
import { verdicts } from '#shared/model/evidence.ts';
import { reviewer } from '#shared/model/reviewer.ts';
import { instant } from '#shared/time/instant.ts';

export const workPapersStatementFile = 'data/statement.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const subject = z.strictObject({ name: z.string(), digest: z.strictObject({ sha256 }) });

const predicate = z.strictObject({
  format: z.literal(1),
  /** ULID. */
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  generatedAt: instant,
  tool: z.strictObject({ name: z.literal('Countersign'), version: z.string() }),
  auditor: reviewer.strict(),
  /** Who claims to have signed. Only a list of allowed signers from elsewhere can confirm it. */
  preparer: z.strictObject({ identity: z.string(), fingerprint: z.string() }),
  /** The pack as it was judged last, and whose keys had signed it. */
  pack: z.strictObject({
    name: z.string(),
    bytes: z.number().int(),
    verdict: z.enum(verdicts),
    judgedAt: instant,
    signers: z.array(z.string()),
  }),
  counts: z.strictObject({
    papers: z.number().int(),
    openPapers: z.number().int(),
    samples: z.number().int(),
    ledgerEntries: z.number().int(),
  }),
  /** Digests of the files of these work papers, by name. */
  files: z.array(subject),
  limits: z.array(z.string()),
});

/** In-toto: the predicate is about the pack, so the pack is the subject. */
export const workPapersStatement = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  predicateType: z.literal('urn:countersign:work-papers:v1'),
  subject: z.array(subject).length(1),
  predicate,
});
export type WorkPapersStatement = z.infer<typeof workPapersStatement>;
export type WorkPapersPredicate = WorkPapersStatement['predicate'];

export const limitsOfWorkPapers: readonly string[] = [
  'These work papers are about the pack named by its SHA-256 and about no other file of the same name.',
  'The signature shows that nothing in these work papers changed after it was signed. It does not show that the tests were made as they are described.',
  'Times are the clock of the auditor’s computer and therefore claims.',
  'Whoever holds the signing key and the computer could have written a different history before signing.',
  'A judgemental sample says nothing about a rate in the population. An attribute sample says what it says about the items of the population in the pack, not about what is missing from it.',
];
