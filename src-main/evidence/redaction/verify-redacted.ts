// Verifies a redacted pack: the checks every bag gets, and what a ledger in parts can still prove. Pure: bytes and a time in, a judgement out.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import { sourceInMemory } from '../byte-source.ts';
import { bagChecks } from '../checks/bag-checks.ts';
import { failCheck, listNames, runCheck, type Check, type CheckResult } from '../checks/check.ts';
import { openPack, unopenedPack, type OpenedPack } from '../checks/opened-pack.ts';
import type { TrustOptions } from '../checks/signature-checks.ts';
import { verificationOf } from '../checks/verdict.ts';
import { archiveInMemory, type PackArchive } from '../pack-archive.ts';
import type { PackFiles } from '../pack-files.ts';
import { readPackZip } from '../pack-zip.ts';
import type { PackUnderTest, VerifyWatch } from '../verify.ts';
import { redactedChecks, type RedactedCounts } from './redacted-checks.ts';
import type { RevealFile } from './reveal.ts';

const isArchive = (files: PackArchive | PackFiles): files is PackArchive =>
  [...files.values()].every((file) => !(file instanceof Uint8Array));

async function filesOf(given: PackUnderTest): Promise<PackArchive> {
  if (given instanceof Uint8Array) return (await readPackZip(sourceInMemory(given))).files;
  if ('read' in given) return (await readPackZip(given)).files;
  return isArchive(given) ? given : archiveInMemory(given);
}

function summarise(verdict: Verdict, results: readonly CheckResult[]): string {
  const detailOf = (name: string) => results.find((result) => result.name === name)?.detail ?? '';
  const reason = results.find(({ fault }) => fault === verdict)?.detail ?? '';
  const sentences: Readonly<Record<Verdict, string>> = {
    trusted: `Redacted pack, trusted: unchanged since it was signed. ${detailOf('signer')} ${detailOf('provable')}`,
    tampered: `Do not rely on this redacted pack: it was changed or contradicts itself. ${reason}`,
    unpinned: `Redacted pack, intact, but not trusted. ${reason}`,
    malformed: `This cannot be verified as a redacted pack. ${reason}`,
  };
  return sentences[verdict];
}

export type RedactedVerification = {
  readonly verification: Verification;
  /** Null where the pack could not be read. */
  readonly counts: RedactedCounts | null;
};

/**
 * Judges a redacted pack. Whatever its bytes are, there is a verdict; it rejects only when `signal` aborts.
 * @param revealed values to hold against the tokens of the pack
 */
export async function verifyRedacted(
  given: PackUnderTest,
  options: TrustOptions,
  revealed: RevealFile | null = null,
  { signal }: VerifyWatch = {},
): Promise<RedactedVerification> {
  let bag = unopenedPack();
  const container: Check<PackUnderTest> = {
    name: 'container',
    needs: [],
    run: async () => {
      const opened = await openPack(await filesOf(given), async () => signal?.throwIfAborted());
      bag = opened.pack;
      if (opened.altered.length > 0)
        failCheck('tampered', `Changed in the file: ${listNames(opened.altered)}.`);
      return `${bag.archive.size} files.`;
    },
  };
  const signers: Verification['signers'] = [];
  const found: { counts: RedactedCounts | null } = { counts: null };
  const results = [await runCheck(container, given, [])];
  const checks: readonly Check<OpenedPack>[] = [
    ...bagChecks,
    ...redactedChecks(options, signers, revealed, (counts) => (found.counts = counts)),
  ];
  for (const check of checks) {
    signal?.throwIfAborted();
    results.push(await runCheck(check, bag, results));
  }
  signal?.throwIfAborted();
  return { verification: verificationOf(results, signers, summarise), counts: found.counts };
}
