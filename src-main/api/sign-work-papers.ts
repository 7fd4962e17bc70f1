// Signs the work papers of this workspace and writes them where packs are.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkPapersReport } from '#shared/model/work-papers.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { writeFileAtomically } from '../evidence/atomic-file.ts';
import { buildWorkPapers } from '../evidence/collection/work-papers-bag.ts';
import { recordSignedCheckpoint } from '../review/checkpoints.ts';
import { openSigner, requireSigningKey } from '../review/open-signer.ts';
import { auditSamples } from '../review/work-papers/assess.ts';
import { requireSignable } from '../review/work-papers/open-pack.ts';
import type { Workstation } from '../workstation.ts';
import { keysOf } from './audit-samples.ts';

export type SigningRequest = {
  readonly passphrase: string | undefined;
  /** Where to write them; null chooses a name in the workspace's packs folder. */
  readonly file: string | null;
};

/** @throws Problem `refused`, `no-reviewer`, `locked`, `file-unreadable`; nothing is written then. */
export async function signWorkPapers(
  workstation: Workstation,
  { passphrase, file: wanted }: SigningRequest,
): Promise<WorkPapersReport> {
  const { ledger, packsDirectory, clock, version } = workstation;
  requireSignable(ledger.state());
  const key = requireSigningKey(workstation);
  const signer = await openSigner(workstation, passphrase);
  await recordSignedCheckpoint(ledger, 'export', signer);
  const keys = new Map<string, readonly string[]>();
  for (const { reference, section } of auditSamples(ledger.state().workPapers))
    keys.set(reference, await keysOf(workstation, section));
  // All that follows is of this moment: state and entries are read together.
  const state = ledger.state();
  const { pack, auditor } = requireSignable(state);
  const papers = [...state.workPapers.papers.values()];
  const samples = auditSamples(state.workPapers).filter(({ reference }) => keys.has(reference));
  const bag = await buildWorkPapers(
    {
      id: ledger.newId(),
      generatedAt: formatInstant(clock.nowMs() * 1000),
      toolVersion: version,
      auditor,
      signerIdentity: key.identity,
      pack,
      papers,
      samples,
      ledger: ledger.entries(),
      keys,
    },
    signer,
  );
  const file = wanted ?? join(packsDirectory, bag.name);
  if (wanted === null) mkdirSync(packsDirectory, { recursive: true, mode: 0o700 });
  await writeFileAtomically(file, bag.bytes);
  const { name, sha256 } = bag;
  ledger.append(() => [
    {
      type: 'work-papers-signed',
      subject: sha256,
      actor: auditor.id,
      payload: { name, sha256, fingerprint: key.fingerprint, pack: pack.sha256 },
    },
  ]);
  const { fingerprint, identity } = key;
  return {
    file,
    name,
    sha256,
    papers: papers.length,
    samples: samples.length,
    signer: { fingerprint, identity },
  };
}
