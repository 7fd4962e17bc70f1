// The checks of work papers that a bag of its own kind needs: who signed, the auditor's ledger, and all that follows from it.
import type { Verification } from '#shared/model/evidence.ts';
import type { AuditSample } from '#shared/model/work-papers.ts';
import { auditSamples } from '../../review/work-papers/assess.ts';
import type { WorkPaperState } from '../../review/work-papers/state.ts';
import { faultInPlan } from '../../review/sampling/plan.ts';
import { failCheck, type Check } from '../checks/check.ts';
import { judgePreparer } from '../checks/judge-preparer.ts';
import { watchChain, watchCheckpoints } from '../checks/ledger-checks.ts';
import type { OpenedPack } from '../checks/opened-pack.ts';
import { readSignatures } from '../checks/read-signatures.ts';
import type { TrustOptions } from '../checks/signature-checks.ts';
import { newestOf } from '../checks/signing-time.ts';
import type { Watcher } from '../checks/watcher.ts';
import { digestFiles } from '../manifest.ts';
import type { LedgerLine } from '../pack-input.ts';
import { fingerprintOf } from '../public-key.ts';
import { signatureNamespaces } from '../sshsig.ts';
import {
  readAuditLedger,
  readBagFile,
  readSampleKeys,
  readWorkPapersStatement,
  replayWork,
} from './work-papers-contents.ts';
import { auditCheckpointFile, workPapersFiles } from './work-papers-files.ts';
import { workPapersStatementFile, type WorkPapersStatement } from './work-papers-statement.ts';

type Signers = Verification['signers'];
const signed = { namespace: signatureNamespaces.workPapers, what: 'work papers' };

function checkSignature({ files }: OpenedPack): string {
  const found = readSignatures(files, signed);
  for (const { fault } of found) if (fault !== null) failCheck(fault.kind, fault.detail);
  const [signature, ...more] = found;
  if (signature === undefined || signature.key === null || more.length > 0)
    failCheck('malformed', 'Work papers have exactly one signature, their auditor’s.');
  if (signature.role !== 'auditor')
    failCheck('malformed', 'Work papers are signed in the role of the auditor.');
  return `1 signature over tagmanifest-sha256.txt: ${fingerprintOf(signature.key)}.`;
}

async function checkSigner(
  { archive, files }: OpenedPack,
  options: TrustOptions,
  signers: Signers,
): Promise<string> {
  const { preparer, generatedAt: claimedAt, pack } = (await readWorkPapersStatement(archive)).predicate;
  const key = readSignatures(files, signed)[0]?.key;
  if (!key) return failCheck('malformed', 'The work papers have no signature at all.');
  const fingerprint = fingerprintOf(key);
  if (fingerprint !== preparer.fingerprint)
    failCheck('tampered', 'The work papers were signed with another key than they state.');
  if (pack.signers.includes(fingerprint))
    failCheck('tampered', 'The key that signed the pack has signed the work papers about it, too.');
  const newestAt = newestOf((await readAuditLedger(archive)).map(({ entry }) => entry.wall_time));
  return judgePreparer(
    { key, identity: preparer.identity, namespace: signed.namespace, claimedAt, newestAt },
    options,
    signers,
  );
}

async function runWatcher(watcher: Watcher, ledger: readonly LedgerLine[]): Promise<string> {
  for (const [index, line] of ledger.entries()) {
    for (const taking of watcher.takes) taking.run(line, index + 1);
  }
  return watcher.end();
}

async function checkLedger({ archive }: OpenedPack): Promise<string> {
  const ledger = await readAuditLedger(archive);
  const checkpoint = await readBagFile(archive, auditCheckpointFile);
  const chain = await runWatcher(watchChain(), ledger);
  return `${chain} ${await runWatcher(
    watchCheckpoints(() => checkpoint),
    ledger,
  )}`;
}

/** What the statement says must be what the ledger says. */
function checkAgainstLedger(statement: WorkPapersStatement, state: WorkPaperState, entries: number): void {
  const { predicate, subject } = statement;
  const { pack, papers, samples } = state;
  if (pack === null) return failCheck('tampered', 'The ledger does not say which pack was opened.');
  if (subject[0]?.digest.sha256 !== pack.sha256 || subject[0].name !== pack.name)
    failCheck('tampered', 'The statement names another pack than the ledger.');
  const stated = predicate.pack;
  const isSame =
    stated.name === pack.name &&
    stated.bytes === pack.bytes &&
    stated.verdict === pack.judgement.verdict &&
    stated.judgedAt === pack.judgedAt &&
    stated.signers.join(' ') === pack.judgement.signers.map(({ fingerprint }) => fingerprint).join(' ');
  if (!isSame) failCheck('tampered', 'The statement says otherwise about the pack than the ledger.');
  const open = [...papers.values()].filter(({ status }) => status === 'open').length;
  const { counts } = predicate;
  if (
    counts.papers !== papers.size ||
    counts.openPapers !== open ||
    counts.samples !== samples.size ||
    counts.ledgerEntries !== entries
  )
    failCheck('tampered', 'The statement counts otherwise than the ledger.');
}

async function checkStatement({ archive, payloadDigests }: OpenedPack): Promise<string> {
  const statement = await readWorkPapersStatement(archive);
  const ledger = await readAuditLedger(archive);
  const { files, generatedAt } = statement.predicate;
  const listed = new Map(files.map(({ name, digest }) => [name, digest.sha256]));
  const present = [...payloadDigests].filter(([name]) => name !== workPapersStatementFile);
  if (
    listed.size !== files.length ||
    listed.size !== present.length ||
    present.some(([name, sha256]) => listed.get(name) !== sha256)
  )
    failCheck('tampered', 'The statement lists other files than there are.');
  checkAgainstLedger(statement, replayWork(ledger), ledger.length);
  const [subject] = statement.subject;
  return `Work papers of ${generatedAt} about the pack ${JSON.stringify(subject?.name)}, SHA-256 ${subject?.digest.sha256 ?? ''}, which was then judged ${statement.predicate.pack.verdict}.`;
}

function samplingWords(samples: readonly AuditSample[]): string {
  if (samples.length === 0) return 'There is no sample.';
  return samples
    .map(({ reference, conclusion }) => `${reference}: drawn again, the same. ${conclusion}`)
    .join(' ');
}

async function checkSamples({ archive }: OpenedPack): Promise<string> {
  const state = replayWork(await readAuditLedger(archive));
  const keys = await readSampleKeys(archive, state);
  const samples = auditSamples(state);
  for (const { reference, plan, items } of samples) {
    const fault = faultInPlan(plan, keys.get(reference) ?? []);
    if (fault !== null) failCheck('tampered', `Sample ${reference}: ${fault}`);
    const results = state.samples.get(samples.find((one) => one.reference === reference)?.id ?? '')?.results;
    const drawn = new Set(items.map(({ key }) => key));
    if ([...(results?.keys() ?? [])].some((key) => !drawn.has(key)))
      failCheck('tampered', `Sample ${reference}: an item was tested that was not drawn.`);
  }
  return samplingWords(samples);
}

/** Every other file follows from ledger, statement and keys, to the last byte. */
async function checkFiles({ archive, payloadDigests }: OpenedPack): Promise<string> {
  const { predicate, subject } = await readWorkPapersStatement(archive);
  const ledger = await readAuditLedger(archive);
  const state = replayWork(ledger);
  const { auditor, generatedAt, pack } = predicate;
  const expected = digestFiles(
    workPapersFiles({
      statement: { auditor, generatedAt, pack, packSha256: subject[0]?.digest.sha256 ?? '' },
      papers: [...state.papers.values()],
      samples: auditSamples(state),
      ledger,
      keys: await readSampleKeys(archive, state),
    }),
  );
  for (const [name, sha256] of payloadDigests) {
    if (name === workPapersStatementFile) continue;
    if (!expected.has(name)) failCheck('tampered', `${name} is no file of work papers.`);
    if (expected.get(name) !== sha256) failCheck('tampered', `${name} is not what the ledger adds up to.`);
  }
  const missing = [...expected.keys()].find((name) => !payloadDigests.has(name));
  if (missing !== undefined) failCheck('tampered', `${missing} is missing.`);
  return `${state.papers.size} notes and ${state.samples.size} samples, all as the ledger adds up to; the text for people says the same.`;
}

export const workPapersChecks = (options: TrustOptions, signers: Signers): readonly Check<OpenedPack>[] => [
  { name: 'signatures', needs: ['container', 'layout'], run: checkSignature },
  { name: 'signer', needs: ['signatures'], run: (bag) => checkSigner(bag, options, signers) },
  { name: 'ledger', needs: ['container', 'layout'], run: checkLedger },
  { name: 'statement', needs: ['ledger'], run: checkStatement },
  { name: 'samples', needs: ['ledger'], run: checkSamples },
  { name: 'contents', needs: ['ledger', 'statement', 'samples'], run: checkFiles },
];
