// Opening somebody's pack in a workspace of its own, and judging it again.
import type { Verification } from '#shared/model/evidence.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { packJudgement, type PackJudgement } from '#shared/model/work-papers.ts';
import type { ByteSource } from '../evidence/byte-source.ts';
import { forgetPack, keepPack, withKeptPack } from '../evidence/collection/kept-pack.ts';
import { verifyPack, type VerifyWatch } from '../evidence/verify.ts';
import { assertMayOpen, recordOpening, requirePack } from '../review/work-papers/open-pack.ts';
import type { Workstation } from '../workstation.ts';
import { trustInForce } from './trust-in-force.ts';

const judgementOf = ({ signer: _first, ...judged }: Verification): PackJudgement =>
  packJudgement.parse(judged);

export type PackToOpen = {
  readonly pack: ByteSource;
  /** As the file is called. */
  readonly name: string;
  readonly trust: GivenTrust;
};

/**
 * Keeps a copy of the pack, verifies that copy, and makes it the pack of this workspace. What the verdict is, is on record.
 * @throws Problem `refused` in a workspace with a source or another pack, `file-unreadable`
 */
export async function openPackHere(
  workstation: Workstation,
  { pack, name, trust }: PackToOpen,
  watch: VerifyWatch = {},
): Promise<void> {
  const { ledger, directory } = workstation;
  assertMayOpen(ledger.state(), null);
  const options = trustInForce(workstation, trust);
  const { sha256, bytes } = await keepPack(directory, pack, watch);
  try {
    assertMayOpen(ledger.state(), sha256);
    const found = await withKeptPack(directory, sha256, (kept) => verifyPack(kept, options, watch), watch);
    recordOpening(ledger, { sha256, name, bytes, judgement: judgementOf(found) });
  } catch (error) {
    if (ledger.state().workPapers.pack?.sha256 !== sha256) await forgetPack(directory, sha256);
    throw error;
  }
}

/** Judges the pack once more, by what is believed now. */
export async function judgeAgain(
  workstation: Workstation,
  trust: GivenTrust,
  watch: VerifyWatch = {},
): Promise<void> {
  const { ledger, directory } = workstation;
  const { sha256, name, bytes } = requirePack(ledger.state());
  const options = trustInForce(workstation, trust);
  const found = await withKeptPack(directory, sha256, (kept) => verifyPack(kept, options, watch), watch);
  recordOpening(ledger, { sha256, name, bytes, judgement: judgementOf(found) });
}
