// Puts work papers into a signed bag: BagIt 1.0 layout, SSH signature in a namespace of its own, canonical zip.
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import type { AuditSample, WorkPaper } from '#shared/model/work-papers.ts';
import type { OpenedPackRecord } from '../../review/work-papers/state.ts';
import { bagitDeclaration, formatBagInfo, payloadOxum } from '../bag-info.ts';
import { formatJsonLines } from '../json-lines.ts';
import { digestFiles, formatManifest, sha256Hex } from '../manifest.ts';
import { compareNames, type PackFiles } from '../pack-files.ts';
import type { LedgerLine } from '../pack-input.ts';
import { fingerprintOf, shortFingerprint, type PublicKey } from '../public-key.ts';
import { allowedSignersLine } from '../signer-identity.ts';
import { signatureNamespaces, signWith, type LateSigner, type Signer } from '../sshsig.ts';
import { writeZip } from '../zip.ts';
import { workPapersFiles } from './work-papers-files.ts';
import {
  limitsOfWorkPapers,
  workPapersStatement,
  workPapersStatementFile,
  type WorkPapersStatement,
} from './work-papers-statement.ts';
import { verifyWorkPapers } from './verify-work-papers.ts';
import { workPapersVerifyText } from './work-papers-verify-text.ts';

export type WorkPapersInput = {
  /** ULID. */
  readonly id: string;
  readonly generatedAt: string;
  readonly toolVersion: string;
  readonly auditor: Reviewer;
  /** As in the list of allowed signers. */
  readonly signerIdentity: string;
  readonly pack: OpenedPackRecord;
  readonly papers: readonly WorkPaper[];
  readonly samples: readonly AuditSample[];
  readonly ledger: readonly LedgerLine[];
  readonly keys: ReadonlyMap<string, readonly string[]>;
};

export type WorkPapersBag = { readonly name: string; readonly bytes: Buffer; readonly sha256: string };

/** `WORKPAPERS-<pack>-<yyyymmdd>-<id8>.zip` */
function bagName({ pack, generatedAt, id }: WorkPapersInput): string {
  const slug = pack.name
    .toLowerCase()
    .replace(/\.zip$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  const day = generatedAt.slice(0, 10).replaceAll('-', '');
  return `WORKPAPERS-${slug === '' ? 'pack' : slug}-${day}-${id.slice(-8).toLowerCase()}.zip`;
}

const describePack = ({ name, bytes, judgedAt, judgement }: OpenedPackRecord) => ({
  name,
  bytes,
  verdict: judgement.verdict,
  judgedAt,
  signers: judgement.signers.map(({ fingerprint }) => fingerprint),
});

function statementOf(input: WorkPapersInput, files: PackFiles, key: PublicKey): WorkPapersStatement {
  const { pack, papers, samples } = input;
  return workPapersStatement.parse({
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'urn:countersign:work-papers:v1',
    subject: [{ name: pack.name, digest: { sha256: pack.sha256 } }],
    predicate: {
      format: 1,
      id: input.id,
      generatedAt: input.generatedAt,
      tool: { name: 'Countersign', version: input.toolVersion },
      auditor: input.auditor,
      preparer: { identity: input.signerIdentity, fingerprint: fingerprintOf(key) },
      pack: describePack(pack),
      counts: {
        papers: papers.length,
        openPapers: papers.filter(({ status }) => status === 'open').length,
        samples: samples.length,
        ledgerEntries: input.ledger.length,
      },
      files: [...digestFiles(files)]
        .toSorted(([left], [right]) => compareNames(left, right))
        .map(([file, sha256]) => ({ name: file, digest: { sha256 } })),
      limits: [...limitsOfWorkPapers],
    },
  });
}

async function bagFiles(input: WorkPapersInput, signer: Signer | LateSigner): Promise<PackFiles> {
  const { auditor, pack, generatedAt } = input;
  const data = workPapersFiles({
    ...input,
    statement: { auditor, generatedAt, packSha256: pack.sha256, pack: describePack(pack) },
  });
  const statement = formatJsonLines([statementOf(input, data, signer.publicKey)]);
  const payload = new Map([...data, [workPapersStatementFile, statement]]);
  const tags = new Map([
    ['bagit.txt', bagitDeclaration],
    [
      'bag-info.txt',
      formatBagInfo({
        baggingDate: generatedAt.slice(0, 10),
        softwareAgent: `Countersign ${input.toolVersion}`,
        externalIdentifier: input.id,
        payloadOxum: payloadOxum([...payload.values()].map(({ length }) => ({ bytes: length }))),
        previousPackSha256: null,
      }),
    ],
    ['manifest-sha256.txt', formatManifest(digestFiles(payload))],
    ['VERIFY.txt', workPapersVerifyText],
  ]);
  const tagManifest = formatManifest(digestFiles(tags));
  const signature = await signWith(signer, signatureNamespaces.workPapers, tagManifest);
  return new Map([
    ...payload,
    ...tags,
    ['tagmanifest-sha256.txt', tagManifest],
    [`signatures/auditor-${shortFingerprint(signer.publicKey)}.sig`, Buffer.from(signature)],
  ]);
}

/**
 * Builds signed work papers in memory. The same input and key give the same bytes; they are verified before they are handed out.
 * @throws Problem `store-damaged` when they contradict themselves, or what the signer throws
 */
export async function buildWorkPapers(
  input: WorkPapersInput,
  signer: Signer | LateSigner,
): Promise<WorkPapersBag> {
  const bytes = writeZip(await bagFiles(input, signer));
  const signers = allowedSignersLine(input.signerIdentity, signer.publicKey);
  const { verdict, checks } = await verifyWorkPapers(bytes, { signers, now: input.generatedAt });
  if (verdict !== 'trusted')
    throw new Problem(
      'store-damaged',
      `The work papers contradict themselves, so nothing was signed. ${checks.find(({ ok }) => !ok)?.detail ?? ''}`,
      { next: 'Nothing in the workspace was changed. Keep a copy of its folder and report this message.' },
    );
  return { name: bagName(input), bytes, sha256: sha256Hex(bytes) };
}
