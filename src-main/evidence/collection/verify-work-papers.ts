// Verifies signed work papers: the checks every bag gets, and those that work papers need. Pure: bytes and a time in, a judgement out.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import { sourceInMemory, type ByteSource } from '../byte-source.ts';
import { bagChecks } from '../checks/bag-checks.ts';
import { failCheck, listNames, runCheck, type Check, type CheckResult } from '../checks/check.ts';
import { openPack, unopenedPack, type OpenedPack } from '../checks/opened-pack.ts';
import type { TrustOptions } from '../checks/signature-checks.ts';
import { archiveInMemory, type PackArchive } from '../pack-archive.ts';
import type { PackFiles } from '../pack-files.ts';
import { readPackZip } from '../pack-zip.ts';
import { verificationOf } from '../checks/verdict.ts';
import { verifyPack, type PackUnderTest, type VerifyWatch } from '../verify.ts';
import { redactionStatementFile } from '../redaction/redacted-contents.ts';
import type { RevealFile } from '../redaction/reveal.ts';
import { verifyRedacted } from '../redaction/verify-redacted.ts';
import { workPapersChecks } from './work-papers-checks.ts';
import { papersFile } from './work-papers-files.ts';

const isArchive = (files: PackArchive | PackFiles): files is PackArchive =>
  [...files.values()].every((file) => !(file instanceof Uint8Array));

const isSource = (given: PackUnderTest): given is ByteSource => 'read' in given;

async function filesOf(given: PackUnderTest): Promise<PackArchive> {
  if (given instanceof Uint8Array) return (await readPackZip(sourceInMemory(given))).files;
  if (isSource(given)) return (await readPackZip(given)).files;
  return isArchive(given) ? given : archiveInMemory(given);
}

/** Whether this is of the kind that has this file. What cannot be read is of none: the verifier of packs says what is wrong with it. */
async function holds(given: PackUnderTest, name: string): Promise<boolean> {
  try {
    return (await filesOf(given)).has(name);
  } catch {
    // Whatever it is, the caller judges it again and reports this very failure.
    return false;
  }
}

/**
 * Judges a pack, a redacted pack or work papers, whichever it is.
 * @param revealed values to hold against the tokens of a redacted pack; nothing else can be judged with them
 */
export async function verifyEvidence(
  given: PackUnderTest,
  options: TrustOptions,
  watch: VerifyWatch = {},
  revealed: RevealFile | null = null,
): Promise<Verification> {
  if (revealed !== null || (await holds(given, redactionStatementFile)))
    return (await verifyRedacted(given, options, revealed, watch)).verification;
  return (await holds(given, papersFile))
    ? verifyWorkPapers(given, options, watch)
    : verifyPack(given, options, watch);
}

function summarise(verdict: Verdict, results: readonly CheckResult[]): string {
  const detailOf = (name: string) => results.find((result) => result.name === name)?.detail ?? '';
  const reason = results.find(({ fault }) => fault === verdict)?.detail ?? '';
  const sentences: Readonly<Record<Verdict, string>> = {
    trusted: `Work papers, trusted: unchanged since they were signed. ${detailOf('signer')} ${detailOf('statement')}`,
    tampered: `Do not rely on these work papers: they were changed or contradict themselves. ${reason}`,
    unpinned: `Work papers, intact, but not trusted. ${reason}`,
    malformed: `These cannot be verified as work papers. ${reason}`,
  };
  return sentences[verdict];
}

/** Judges work papers. Whatever the bytes are, there is a verdict; it rejects only when `signal` aborts. */
export async function verifyWorkPapers(
  given: PackUnderTest,
  options: TrustOptions,
  { signal }: VerifyWatch = {},
): Promise<Verification> {
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
  const results = [await runCheck(container, given, [])];
  const checks: readonly Check<OpenedPack>[] = [...bagChecks, ...workPapersChecks(options, signers)];
  for (const check of checks) {
    signal?.throwIfAborted();
    results.push(await runCheck(check, bag, results));
  }
  signal?.throwIfAborted();
  return verificationOf(results, signers, summarise);
}
