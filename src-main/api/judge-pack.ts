// Judges a pack by what a person gives besides what the workspace holds: lists of signers, and values revealed to them.
import type { Verification } from '#shared/model/evidence.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { verifyEvidence } from '../evidence/collection/verify-work-papers.ts';
import { parseRevealFile } from '../evidence/redaction/reveal.ts';
import type { PackUnderTest, VerifyWatch } from '../evidence/verify.ts';
import type { Workstation } from '../workstation.ts';
import { trustInForce } from './trust-in-force.ts';

/** @throws Problem `file-unreadable` where what should be revealed values is something else */
export async function judgePack(
  workstation: Workstation,
  pack: PackUnderTest,
  { reveal, ...trust }: GivenTrust & { readonly reveal?: string | undefined },
  watch: VerifyWatch,
): Promise<Verification> {
  const revealed = reveal === undefined ? null : parseRevealFile(reveal);
  return verifyEvidence(pack, trustInForce(workstation, trust), watch, revealed);
}
