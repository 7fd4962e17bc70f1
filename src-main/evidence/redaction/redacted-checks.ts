// The checks that a redacted pack needs beyond those of every bag: who signed, the ledger in parts, its views, and what was revealed.
import { ledgerEntry, type Verification } from '#shared/model/evidence.ts';
import { instant } from '#shared/time/instant.ts';
import { emptyCheckpointedLedger, faultInCheckpoint, formatCheckpoint, withEntry } from '../checkpoint.ts';
import { failCheck, type Check } from '../checks/check.ts';
import { judgePreparer } from '../checks/judge-preparer.ts';
import type { OpenedPack } from '../checks/opened-pack.ts';
import { readSignatures } from '../checks/read-signatures.ts';
import type { TrustOptions } from '../checks/signature-checks.ts';
import { newestOf } from '../checks/signing-time.ts';
import { genesisHash, hashEntry } from '../entry-hash.ts';
import { fingerprintOf } from '../public-key.ts';
import { signatureNamespaces } from '../sshsig.ts';
import { revealIn } from './redact-value.ts';
import {
  readBytes,
  readRedactedLedger,
  readRedactionStatement,
  readRows,
  redactedCheckpointFile,
  redactedLedgerFile,
  redactionStatementFile,
  viewsFolder,
  type RedactedLine,
} from './redacted-contents.ts';
import type { RevealFile } from './reveal.ts';
import { tokenForm, tokenOf } from './tokens.ts';

type Signers = Verification['signers'];
export type RedactedCounts = {
  readonly entries: number;
  readonly inFull: number;
  readonly withheld: number;
  readonly tokens: number;
};
const signed = { namespace: signatureNamespaces.redactedPack, what: 'a redacted pack' };

function checkSignature({ files }: OpenedPack): string {
  const found = readSignatures(files, signed);
  for (const { fault } of found) if (fault !== null) failCheck(fault.kind, fault.detail);
  const [signature, ...more] = found;
  if (signature === undefined || signature.key === null || more.length > 0 || signature.role !== 'preparer')
    failCheck('malformed', 'A redacted pack has exactly one signature, its preparer’s.');
  return `1 signature over tagmanifest-sha256.txt: ${fingerprintOf(signature.key)}.`;
}

async function checkSigner(
  { archive, files }: OpenedPack,
  options: TrustOptions,
  signers: Signers,
): Promise<string> {
  const { preparer, source, generatedAt: claimedAt } = await readRedactionStatement(archive);
  const key = readSignatures(files, signed)[0]?.key;
  if (!key) return failCheck('malformed', 'The redacted pack has no signature at all.');
  const fingerprint = fingerprintOf(key);
  if (fingerprint !== preparer.fingerprint)
    failCheck('tampered', 'The redacted pack was signed with another key than it states.');
  const times = (await readRedactedLedger(archive)).map((line) =>
    instant.safeParse('entry' in line ? line.entry.wall_time : line.view['wall_time']),
  );
  const newestAt = newestOf([source.generatedAt, ...times.flatMap(({ data }) => data ?? [])]);
  return judgePreparer(
    { key, identity: preparer.identity, namespace: signed.namespace, claimedAt, newestAt },
    options,
    signers,
  );
}

/** Every hash in its place, every entry in full what it was, and every signed checkpoint over exactly these hashes. */
async function checkLedger({ archive }: OpenedPack): Promise<string> {
  const ledger = await readRedactedLedger(archive);
  let before = emptyCheckpointedLedger;
  let last = genesisHash;
  let signedUpTo = 0;
  for (const [index, line] of ledger.entries()) {
    const seen = 'entry' in line ? line.entry : line.view;
    if (line.seq !== index + 1 || seen['seq'] !== line.seq)
      failCheck('tampered', `Entry ${index + 1} of the ledger is not in its place.`);
    if (seen['prev'] !== last)
      failCheck('tampered', `Entry ${line.seq} does not follow from the one before.`);
    if ('entry' in line) {
      if (hashEntry(line.entry) !== line.hash)
        failCheck('tampered', `Entry ${line.seq} is not what was hashed.`);
      if (line.entry.type === 'checkpoint') {
        const claimed = line.entry.payload['fingerprint'];
        const keys = new Set(typeof claimed === 'string' ? [claimed] : []);
        const fault = faultInCheckpoint(line.entry, before, keys);
        if (fault !== null) failCheck('tampered', `Entry ${line.seq} ${fault}.`);
        if (keys.size > 0) signedUpTo = before.size;
      }
    }
    before = withEntry(before, line.hash);
    last = line.hash;
  }
  const root = formatCheckpoint(ledger.map(({ hash }) => hash));
  if (!root.equals(await readBytes(archive, redactedCheckpointFile)))
    failCheck('tampered', 'The checkpoint is not the one of these hashes.');
  return `${ledger.length} hashes give the checkpoint; signed checkpoints among the entries cover the first ${signedUpTo}.`;
}

async function checkViews(bag: OpenedPack, tell: (counts: RedactedCounts) => void): Promise<string> {
  const { archive, payloadDigests } = bag;
  const { counts } = await readRedactionStatement(archive);
  const ledger = await readRedactedLedger(archive);
  const views = [...payloadDigests.keys()].filter((name) => name.startsWith(viewsFolder));
  const own = new Set([redactedLedgerFile, redactedCheckpointFile, redactionStatementFile, ...views]);
  const foreign = [...payloadDigests.keys()].find((name) => !own.has(name));
  if (foreign !== undefined) failCheck('tampered', `${foreign} is no file of a redacted pack.`);
  if (Object.keys(counts.views).toSorted().join(' ') !== views.toSorted().join(' '))
    failCheck('tampered', 'The statement names other views than there are.');
  let rows = 0;
  for (const name of views) {
    const found = (await readRows(archive, name)).length;
    if (found !== counts.views[name])
      failCheck('tampered', `${name} has another number of rows than stated.`);
    rows += found;
  }
  const inFull = ledger.filter((line) => 'entry' in line).length;
  if (
    counts.entries !== ledger.length ||
    counts.inFull !== inFull ||
    counts.withheld !== ledger.length - inFull
  )
    failCheck('tampered', 'The statement counts the entries otherwise than they are.');
  tell({ entries: ledger.length, inFull, withheld: ledger.length - inFull, tokens: counts.tokens });
  return `${rows} rows in ${views.length} views, as stated.`;
}

async function tokensIn({ archive, payloadDigests }: OpenedPack): Promise<Set<string>> {
  const tokens = new Set<string>();
  for (const name of payloadDigests.keys())
    for (const [token] of (await readBytes(archive, name)).toString('utf8').matchAll(tokenForm))
      tokens.add(token);
  return tokens;
}

/** Holds revealed values against the tokens, and the entries they complete against their hashes. */
async function checkRevealed(bag: OpenedPack, { values }: RevealFile): Promise<string> {
  const tokens = await tokensIn(bag);
  const valueOf = new Map<string, string>();
  for (const [index, { token, salt, value }] of values.entries()) {
    if (tokenOf(Buffer.from(salt, 'hex'), value) !== token)
      failCheck('tampered', `Revealed value ${index + 1} is not what its token stands for.`);
    if (!tokens.has(token))
      failCheck('tampered', `Revealed value ${index + 1} belongs to no token of this pack.`);
    valueOf.set(token, value);
  }
  const complete = (await readRedactedLedger(bag.archive)).filter((line) =>
    isCompleted(line, valueOf),
  ).length;
  return `${values.length} revealed ${values.length === 1 ? 'value is' : 'values are'} what the tokens stand for; ${complete} withheld entries are proven in full by them.`;
}

/** @throws CheckFailure when all values of the view are there and it is another entry all the same */
function isCompleted(line: RedactedLine, valueOf: ReadonlyMap<string, string>): boolean {
  if ('entry' in line) return false;
  const shown = revealIn(line.view, valueOf);
  if (JSON.stringify(shown).search(tokenForm) >= 0) return false;
  const entry = ledgerEntry.safeParse(shown);
  if (!entry.success || hashEntry(entry.data) !== line.hash)
    failCheck('tampered', `The view of entry ${line.seq} is not the entry that was hashed.`);
  return true;
}

async function sayProvable({ archive }: OpenedPack): Promise<string> {
  const { counts, source, profile } = await readRedactionStatement(archive);
  return `Made for “${profile.name}” of the pack with SHA-256 ${source.sha256}. Proven: nothing was left out of ${counts.entries} ledger entries, and ${counts.inFull} of them are as they were recorded. Of the other ${counts.withheld}, and of the rows in the views, the readable part is the word of the preparer.`;
}

export const redactedChecks = (
  options: TrustOptions,
  signers: Signers,
  revealed: RevealFile | null,
  tell: (counts: RedactedCounts) => void,
): readonly Check<OpenedPack>[] => [
  { name: 'signatures', needs: ['container', 'layout'], run: checkSignature },
  { name: 'signer', needs: ['signatures'], run: (bag) => checkSigner(bag, options, signers) },
  { name: 'ledger', needs: ['container', 'layout'], run: checkLedger },
  { name: 'views', needs: ['ledger'], run: (bag) => checkViews(bag, tell) },
  ...(revealed === null
    ? []
    : [{ name: 'revealed', needs: ['ledger'], run: (bag: OpenedPack) => checkRevealed(bag, revealed) }]),
  { name: 'provable', needs: ['views'], run: sayProvable },
];
