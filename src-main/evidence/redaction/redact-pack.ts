// Makes a redacted pack of a full one: what is not personal in full, the rest as salted hashes, signed anew.
import { z } from 'zod';
import type { CampaignItem } from '#shared/model/campaign.ts';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { bagitDeclaration, formatBagInfo, payloadOxum } from '../bag-info.ts';
import { hashEntry } from '../entry-hash.ts';
import { formatJsonLines, parseJsonLines } from '../json-lines.ts';
import { digestFiles, formatManifest, sha256Hex } from '../manifest.ts';
import type { PackArchive } from '../pack-archive.ts';
import type { PackFiles } from '../pack-files.ts';
import { campaignItemLine } from '../parts/campaign-lines.ts';
import { campaignItemsPart, campaignsPart } from '../parts/campaign-part.ts';
import { isReturned, returnedFolder } from '../parts/returned-files.ts';
import { checkpointFile } from '../payload-parts.ts';
import { fingerprintOf, shortFingerprint } from '../public-key.ts';
import { allowedSignersLine } from '../signer-identity.ts';
import { signWith, signatureNamespaces, type LateSigner, type Signer } from '../sshsig.ts';
import { statement as statementSchema, statementFile } from '../statement.ts';
import { writeZip } from '../zip.ts';
import { chooseValues, type PackRows } from './choose-values.ts';
import type { RedactionProfile } from '#shared/model/redaction.ts';
import { redactorOf } from './redact-value.ts';
import {
  readBytes,
  redactedCheckpointFile,
  redactedLedgerFile,
  redactionLimits,
  redactionStatement,
  redactionStatementFile,
  viewsFolder,
  type RedactedLine,
} from './redacted-contents.ts';
import { redactedVerifyText } from './redacted-verify-text.ts';
import { newNonce, saltsOf } from './salts.ts';
import { verifyRedacted } from './verify-redacted.ts';

export type RedactionRequest = {
  /** The files of a full pack that was verified. */
  readonly archive: PackArchive;
  readonly source: { readonly name: string; readonly sha256: string };
  readonly profile: RedactionProfile;
  /** Thirty-two bytes that stay at home; whoever has them can reveal every value. */
  readonly secret: Buffer;
  readonly signer: Signer | LateSigner;
  /** As in the list of allowed signers. */
  readonly signerIdentity: string;
  readonly generatedAt: string;
  readonly toolVersion: string;
};

export type RedactedPack = {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly counts: {
    readonly entries: number;
    readonly inFull: number;
    readonly withheld: number;
    readonly tokens: number;
  };
};

const ledgerFile = 'data/ledger.jsonl';
/** Made of rows that are here as views, or of hashes that are here anyway. */
const neverViewed = new Set([ledgerFile, 'data/proofs.jsonl', campaignsPart.name, campaignItemsPart.name]);
const isViewed = (name: string): boolean => /^data\/[a-z-]+\.jsonl?$/.test(name) && !neverViewed.has(name);

/** The rows of a full pack that a redaction goes through. */
export async function readRowsToRedact(archive: PackArchive): Promise<PackRows> {
  const lines = async <Schema extends z.ZodType>(name: string, schema: Schema) =>
    parseJsonLines(await readBytes(archive, name), name, schema);
  const ledger = await lines(ledgerFile, ledgerEntry);
  const views = new Map<string, readonly unknown[]>();
  for (const name of archive.keys()) if (isViewed(name)) views.set(name, await lines(name, z.unknown()));
  const items = archive.has(campaignItemsPart.name)
    ? await lines(campaignItemsPart.name, campaignItemLine)
    : [];
  return {
    ledger: ledger.map((entry) => ({ entry, hash: hashEntry(entry) })),
    views,
    named: items.flatMap(({ item }) => peopleOf(item)),
  };
}

/** Whoever holds a right, or answers for it. */
const peopleOf = ({ subject, subjectName, manager, owner }: CampaignItem): string[] =>
  [subject, subjectName, manager, owner].filter((one) => one !== null);

/** What came back from reviewers holds who has which right: all of it is left out, and named as one. */
const leftOutOf = (archive: PackArchive): string[] => {
  const names = [...archive.keys()].filter(
    (name) => name.startsWith('data/') && !isViewed(name) && name !== ledgerFile && name !== checkpointFile,
  );
  return [...new Set(names.map((name) => (isReturned(name) ? returnedFolder : name)))].toSorted();
};

const viewName = (name: string): string => viewsFolder + name.slice('data/'.length);

async function payloadOf(request: RedactionRequest): Promise<PackFiles> {
  const { archive, profile, signerIdentity } = request;
  const rows = await readRowsToRedact(archive);
  const open = new Set([signerIdentity]);
  const { values, withheld } = chooseValues(rows, profile, open);
  const nonce = newNonce();
  const { redact } = redactorOf(values, saltsOf(request.secret, nonce), open);
  const ledger = rows.ledger.map(({ entry, hash }): RedactedLine =>
    withheld.has(entry.seq)
      ? { seq: entry.seq, hash, view: z.record(z.string(), z.unknown()).parse(redact(entry)) }
      : { seq: entry.seq, hash, entry },
  );
  const views = [...rows.views].map(([name, part]): [string, Buffer] => [
    viewName(name),
    formatJsonLines(part.map(redact)),
  ]);
  const original = statementSchema.parse(rows.views.get(statementFile)?.[0]).predicate;
  const statement = redactionStatement.parse({
    _type: 'urn:countersign:redacted-pack:v1',
    generatedAt: request.generatedAt,
    tool: { name: 'Countersign', version: request.toolVersion },
    preparer: { identity: signerIdentity, fingerprint: fingerprintOf(request.signer.publicKey) },
    source: { ...request.source, packId: original.packId, generatedAt: original.generatedAt },
    profile,
    nonce,
    counts: {
      entries: ledger.length,
      inFull: ledger.length - withheld.size,
      withheld: withheld.size,
      tokens: values.size,
      views: Object.fromEntries([...rows.views].map(([name, part]) => [viewName(name), part.length])),
    },
    leftOut: leftOutOf(archive),
    limits: [...redactionLimits],
  });
  // What names the source must not name a person: the file may be called after one.
  const safe = {
    ...statement,
    source: {
      ...statement.source,
      name: String(redact(statement.source.name)),
      packId: String(redact(statement.source.packId)),
    },
  };
  return new Map([
    ...views,
    [redactedLedgerFile, formatJsonLines(ledger)],
    [redactedCheckpointFile, await readBytes(archive, checkpointFile)],
    [redactionStatementFile, formatJsonLines([safe])],
  ]);
}

async function bagOf(request: RedactionRequest): Promise<PackFiles> {
  const payload = await payloadOf(request);
  const { signer, generatedAt, toolVersion } = request;
  const tags = new Map([
    ['bagit.txt', bagitDeclaration],
    [
      'bag-info.txt',
      formatBagInfo({
        baggingDate: generatedAt.slice(0, 10),
        softwareAgent: `Countersign ${toolVersion}`,
        externalIdentifier: `redacted-${sha256Hex(payload.get(redactionStatementFile)!).slice(0, 16)}`,
        payloadOxum: payloadOxum([...payload.values()].map(({ length }) => ({ bytes: length }))),
        previousPackSha256: null,
        retention: null,
      }),
    ],
    ['manifest-sha256.txt', formatManifest(digestFiles(payload))],
    ['VERIFY.txt', redactedVerifyText],
  ]);
  const tagManifest = formatManifest(digestFiles(tags));
  const signature = await signWith(signer, signatureNamespaces.redactedPack, tagManifest);
  return new Map([
    ...payload,
    ...tags,
    ['tagmanifest-sha256.txt', tagManifest],
    [`signatures/preparer-${shortFingerprint(signer.publicKey)}.sig`, Buffer.from(signature)],
  ]);
}

/**
 * Builds a redacted pack in memory and verifies it before it is handed out.
 * @throws Problem `store-damaged` when it contradicts itself, `file-unreadable`, or what the signer throws
 */
export async function redactPack(request: RedactionRequest): Promise<RedactedPack> {
  const bytes = writeZip(await bagOf(request));
  const signers = allowedSignersLine(request.signerIdentity, request.signer.publicKey);
  const { verification, counts } = await verifyRedacted(bytes, { signers, now: request.generatedAt });
  if (verification.verdict !== 'trusted' || counts === null)
    throw new Problem(
      'store-damaged',
      `The redacted pack contradicts itself, so nothing was written. ${verification.checks.find(({ ok }) => !ok)?.detail ?? ''}`,
      { next: 'The full pack was not changed. Verify it with “countersign verify”.' },
    );
  return { bytes, sha256: sha256Hex(bytes), counts };
}
