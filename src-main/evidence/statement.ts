// The statement a signer makes about a pack: an in-toto Statement v1 over the payload files.
import { z } from 'zod';
import { campaignsSaid, type CampaignsSaid } from '#shared/model/pack-campaigns.ts';
import { reviewer } from '#shared/model/reviewer.ts';
import { instant } from '#shared/time/instant.ts';
import { sha256Hex } from './digest.ts';
import { canonicalJson } from './entry-hash.ts';
import { formatJsonLines, parseJsonFile } from './json-lines.ts';
import type { Digests } from './manifest.ts';
import { statementCounts, type StatementCounts } from './pack-counts.ts';
import { fileOf } from './pack-contents.ts';
import { compareNames, type PackFiles } from './pack-files.ts';
import { packInput, packSource, type PackInput } from './pack-input.ts';
import { fingerprintOf, type PublicKey } from './public-key.ts';
import { currentEdition } from './report/edition.ts';
import { reportFiles } from './report/report-files.ts';

export const statementFile = 'data/statement.json';

/** Rises when a reader of the old format would misread the new one. */
export const packFormat = 1;

/** What the evidence cannot show, in plain words; printed in the statement and in the report. */
export const limitsOfEvidence: readonly string[] = [
  'The signature shows that nothing in this pack changed after it was signed. It does not show that the audit database told the truth.',
  'Whoever holds the signing key and the computer could have written a different history before signing. A copy of an earlier pack, or the times the audit database itself recorded, narrow that down.',
  'Times of decisions are the clock of the reviewer’s computer and therefore claims. Times marked as of the audit database are the clock of that server.',
  'The audit events themselves are not in this pack. Their number, time span and SHA-256 are; findings list the ids of their events.',
  'Whether a decision reached the audit database is shown as the workstation last knew it.',
  'The two counts of the population are independent of each other, not of the database: a database that hides rows from the role it was read with hides them from both.',
  'What an item was before, in population-after.jsonl, is as this workstation first mirrored it; what happened before that, or between two readings, nobody saw. Where the source keeps no review items there is no such file.',
  'An inclusion proof shows that a decision is in the ledger, not that no later entry corrects or withdraws it; decisions.jsonl shows which one is in force.',
  'A sign-off says who stands for the pack and when by their own clock. That the approver is somebody else than the preparer, and is not judged in the pack, was compared by the ids, addresses and aliases in the pack, and by nothing beyond.',
  'The controls named are a claim of the preparer.',
  'Unusual activity is a matter of counts per hour and action. A finding is a reason to look, not a proof of wrongdoing, and no finding is no proof of its absence.',
];

/** SHA-256 of the canonical JSON of these limits, and of those that earlier versions stated. */
const knownLimits: ReadonlySet<string> = new Set([
  sha256Hex(canonicalJson(limitsOfEvidence)),
  'a6e971633c9b75cf14fe9b1a02a02065fc9b5d4a0ebb2e73bc86455457876bdb',
]);

/** Whether a pack states the limits that its version of the program stated, all of them and in these words. */
export const areKnownLimits = (limits: readonly string[]): boolean =>
  knownLimits.has(sha256Hex(canonicalJson(limits)));

const subject = z.strictObject({
  name: z.string(),
  digest: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
});

const predicate = z.strictObject({
  format: z.literal(packFormat),
  packId: packInput.shape.packId,
  generatedAt: instant,
  tool: z.strictObject({ name: z.literal('Countersign'), version: packInput.shape.toolVersion }),
  period: packInput.shape.period,
  zone: z.string(),
  asOf: instant.nullable(),
  reviewer: reviewer.strict(),
  /** Who claims to have prepared and signed this pack. Only a list of allowed signers from elsewhere can confirm it. */
  preparer: z.strictObject({ identity: packInput.shape.signerIdentity, fingerprint: z.string() }),
  source: packSource.nullable(),
  previousPackSha256: packInput.shape.previousPackSha256,
  /** Absent where nobody said how long to keep it. */
  retention: packInput.shape.retention,
  /** Which access reviews are in it; absent where the workspace opened none. */
  campaigns: campaignsSaid.optional(),
  counts: statementCounts,
  limits: z.array(z.string()),
  /** Files made from the data for people to read; absent in packs older than the printed report. */
  views: z.array(z.string()).optional(),
  /** Number of the form in which report.html and report.pdf are drawn from the data; absent in packs older than the number. */
  reportFormat: z.number().int().min(1).optional(),
});

export const statement = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  predicateType: z.literal('urn:countersign:review-pack:v1'),
  subject: z.array(subject),
  predicate,
});
export type Statement = z.infer<typeof statement>;
export type PackPredicate = Statement['predicate'];

export function predicateOf(
  input: Omit<
    PackInput,
    'population' | 'decisions' | 'ledger' | 'findings' | 'conflicts' | 'anomalies' | 'firstSights'
  >,
  counts: StatementCounts,
  key: PublicKey,
  campaigns?: CampaignsSaid,
): PackPredicate {
  const { packId, generatedAt, period, zone, asOf, reviewer, source, previousPackSha256 } = input;
  return {
    format: packFormat,
    packId,
    generatedAt,
    period,
    zone,
    asOf,
    reviewer,
    source,
    previousPackSha256,
    counts,
    tool: { name: 'Countersign', version: input.toolVersion },
    preparer: { identity: input.signerIdentity, fingerprint: fingerprintOf(key) },
    limits: [...limitsOfEvidence],
    views: [...reportFiles],
    reportFormat: currentEdition,
    ...(input.retention !== undefined && { retention: input.retention }),
    ...(campaigns !== undefined && { campaigns }),
  };
}

/** The digests of all payload files but the statement itself, sorted by name. */
export function subjectsOf(payload: Digests): Statement['subject'] {
  return [...payload]
    .filter(([name]) => name !== statementFile)
    .toSorted(([left], [right]) => compareNames(left, right))
    .map(([name, sha256]) => ({ name, digest: { sha256 } }));
}

export function formatStatement(predicate: PackPredicate, payload: Digests): Buffer {
  const value: Statement = {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'urn:countersign:review-pack:v1',
    subject: subjectsOf(payload),
    predicate,
  };
  return formatJsonLines([value]);
}

/**
 * Reads the statement of a pack.
 * @throws Problem `file-unreadable`
 */
export function parseStatement(files: PackFiles): Statement {
  return parseJsonFile(fileOf(files, statementFile), statementFile, statement);
}
