// Verifies an evidence pack: named checks in reading order, and one verdict. Pure: bytes and a time in, a judgement out.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import { bagChecks } from './checks/bag-checks.ts';
import { CheckFailure, listNames, runCheck, type Check, type CheckResult } from './checks/check.ts';
import { dataChecks } from './checks/data-checks.ts';
import { findingsCheck } from './checks/finding-checks.ts';
import { ledgerChecks } from './checks/ledger-checks.ts';
import { openPack, type OpenedPack } from './checks/opened-pack.ts';
import { signatureChecks, type TrustOptions } from './checks/signature-checks.ts';
import { contentsCheck, statementCheck } from './checks/statement-checks.ts';
import { viewChecks } from './checks/view-checks.ts';
import type { PackFiles } from './pack-files.ts';
import { readPackZip } from './pack-zip.ts';

type PackSigner = Verification['signers'][number];

/** The bytes of a pack file, or the files of an extracted pack. */
export type PackUnderTest = Uint8Array | PackFiles;

type Container = { readonly result: CheckResult; readonly files: PackFiles };

function openContainer(pack: PackUnderTest): Container {
  let files: PackFiles = new Map();
  const check: Check<PackUnderTest> = {
    name: 'container',
    needs: [],
    run: (given) => {
      if (!(given instanceof Uint8Array)) {
        files = given;
        return `${files.size} files in a folder.`;
      }
      const content = readPackZip(given);
      files = content.files;
      if (content.altered.length > 0) {
        throw new CheckFailure('tampered', `Changed in the pack file: ${listNames(content.altered)}.`);
      }
      return content.repacked
        ? `${files.size} files. Another program has packed this file again; it was judged by its contents.`
        : `${files.size} files; every byte of the pack file is accounted for.`;
    },
  };
  return { result: runCheck(check, pack, []), files };
}

/** Evidence of tampering or damage goes before the question who signed. */
function verdictOf(results: readonly CheckResult[]): Verdict {
  const failed = results.filter((result) => !result.ok);
  if (failed.length === 0) return 'trusted';
  const graver = failed.find(({ fault }) => fault === 'tampered' || fault === 'malformed');
  return graver?.fault ?? (failed.some(({ fault }) => fault === 'unpinned') ? 'unpinned' : 'malformed');
}

function summarise(verdict: Verdict, signer: PackSigner | null, results: readonly CheckResult[]): string {
  const reason = results.find((result) => result.fault === verdict)?.detail ?? '';
  const sentences: Readonly<Record<Verdict, string>> = {
    trusted: `Trusted: unchanged since it was signed by ${signer?.identity ?? 'a listed signer'}.`,
    tampered: `Do not rely on this pack: it was changed or contradicts itself. ${reason}`,
    unpinned: `Intact, but not trusted. ${reason}`,
    malformed: `This cannot be verified as an evidence pack. ${reason}`,
  };
  return sentences[verdict];
}

/**
 * Judges a pack. Never throws, whatever the bytes.
 *
 * `trusted` needs every check to pass, that is, an outside list must vouch for every key that signed.
 */
export function verifyPack(given: PackUnderTest, options: TrustOptions): Verification {
  const container = openContainer(given);
  const signers: PackSigner[] = [];
  const results: CheckResult[] = [container.result];
  const pack = openPack(container.files);
  const checks: readonly Check<OpenedPack>[] = [
    ...bagChecks,
    ...signatureChecks(options, signers),
    contentsCheck,
    statementCheck,
    ...ledgerChecks,
    ...dataChecks,
    findingsCheck,
    ...viewChecks,
  ];
  for (const check of checks) results.push(runCheck(check, pack, results));
  const verdict = verdictOf(results);
  const signer = signers[0] ?? null;
  return {
    verdict,
    signer,
    signers,
    checks: results.map(({ name, ok, detail }) => ({ name, ok, detail })),
    summary: summarise(verdict, signer, results),
  };
}
