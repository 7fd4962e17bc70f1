// What a redacted pack holds, and what it says about itself.
import { z } from 'zod';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { instant } from '#shared/time/instant.ts';
import { parseJsonFile, parseJsonLines } from '../json-lines.ts';
import { readWhole, archivedFile, type PackArchive } from '../pack-archive.ts';
import { redactionProfile } from '#shared/model/redaction.ts';

export const redactedLedgerFile = 'data/redacted-ledger.jsonl';
export const redactedCheckpointFile = 'data/checkpoint.txt';
export const redactionStatementFile = 'data/redaction.json';
/** Below this folder, rows of the full pack as they read with tokens. */
export const viewsFolder = 'data/views/';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One entry of the ledger: in full, or as its hash with a view that nothing but the signature vouches for. */
export const redactedLine = z.union([
  z.strictObject({ seq: z.number().int().min(1), hash, entry: ledgerEntry }),
  z.strictObject({ seq: z.number().int().min(1), hash, view: z.record(z.string(), z.unknown()) }),
]);
export type RedactedLine = z.infer<typeof redactedLine>;

export const redactionStatement = z.strictObject({
  _type: z.literal('urn:countersign:redacted-pack:v1'),
  generatedAt: instant,
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  preparer: z.strictObject({ identity: z.string(), fingerprint: z.string() }),
  /** The full pack this was made of, by name and SHA-256 of its file. */
  source: z.strictObject({ name: z.string(), sha256: hash, packId: z.string(), generatedAt: instant }),
  profile: redactionProfile,
  /** Goes into every salt; another for every redacted pack. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  counts: z.strictObject({
    entries: z.number().int(),
    inFull: z.number().int(),
    withheld: z.number().int(),
    /** Different values that tokens stand for. */
    tokens: z.number().int(),
    /** Rows of each view. */
    views: z.record(z.string(), z.number().int()),
  }),
  /** Files of the full pack that are not here. */
  leftOut: z.array(z.string()),
  limits: z.array(z.string()),
});
export type RedactionStatement = z.infer<typeof redactionStatement>;

/** In the statement and in VERIFY.txt: what this proves, and what it does not. */
export const redactionLimits: readonly string[] = [
  'Proven: no entry of the ledger was left out, added or moved. The hash of every entry is here, and together they give the Merkle root of the checkpoints that were signed when the decisions were made.',
  'Proven: each entry given in full is the one that was recorded; it has the hash that stands in its place.',
  'Proven: the same token stands for the same value throughout, so that counting by token is counting by value.',
  'Proven when a value and its salt are revealed: that the token stands for that value; and for an entry all of whose values are revealed, that it is the one that was recorded.',
  'Not proven: that the view of a withheld entry, or a row below data/views, says what the full pack says. For these, the signature of the preparer vouches, and nothing else, until the full pack or the values are shown.',
  'Not proven: the numbers of the report, which is left out. They can be recomputed from the full pack, whose SHA-256 stands in this statement.',
  'Left out: the files this statement names under “leftOut”, such as the report, and the lines and populations of access review campaigns. What the ledger says of campaigns is here, as far as the profile lets it.',
  'Not hidden: times, actions, ids of events and review items, decisions, and who decided. Somebody who knows the events may still recognise a person by them.',
  'Not hidden: what the profile does not name, such as free text it leaves readable.',
];

const largestFile = 2 ** 28;

async function contentOf(archive: PackArchive, name: string): Promise<Buffer> {
  return readWhole(archivedFile(archive, name), name, largestFile);
}

/** @throws Problem `file-unreadable` */
export async function readRedactionStatement(archive: PackArchive): Promise<RedactionStatement> {
  return parseJsonFile(
    await contentOf(archive, redactionStatementFile),
    redactionStatementFile,
    redactionStatement,
  );
}

/** @throws Problem `file-unreadable` */
export async function readRedactedLedger(archive: PackArchive): Promise<RedactedLine[]> {
  return parseJsonLines(await contentOf(archive, redactedLedgerFile), redactedLedgerFile, redactedLine);
}

/** @throws Problem `file-unreadable` */
export async function readRows(archive: PackArchive, name: string): Promise<unknown[]> {
  return parseJsonLines(await contentOf(archive, name), name, z.unknown());
}

export const readBytes = contentOf;
