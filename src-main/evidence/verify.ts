// Verifies an evidence pack: named checks in reading order, and one verdict. Pure: bytes and a time in, a judgement out.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import type { ByteSource } from './byte-source.ts';
import { sourceInMemory } from './byte-source.ts';
import { bagChecks } from './checks/bag-checks.ts';
import { verificationOf } from './checks/verdict.ts';
import { failCheck, listNames, runCheck, type Check, type CheckResult } from './checks/check.ts';
import { openPack, unopenedPack, type OpenedPack } from './checks/opened-pack.ts';
import { signatureChecks, type TrustOptions } from './checks/signature-checks.ts';
import { contentsCheck, statementCheck } from './checks/statement-checks.ts';
import { reportCheck } from './checks/view-checks.ts';
import { dataChecks, tableCheck } from './checks/walk-through.ts';
import { archiveInMemory, type PackArchive } from './pack-archive.ts';
import type { PackFiles } from './pack-files.ts';
import { readPackZip } from './pack-zip.ts';

type PackSigner = Verification['signers'][number];

/** A pack file, or the files of an extracted pack; to be read from wherever they are, or in memory. */
export type PackUnderTest = ByteSource | Uint8Array | PackArchive | PackFiles;

export type VerifyWatch = {
  /** Told how many bytes are done of how many. */
  readonly onProgress?: (step: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
};

type Opened = { readonly files: PackArchive; readonly repacked: boolean | null };

const isArchive = (files: PackArchive | PackFiles): files is PackArchive =>
  [...files.values()].every((file) => !(file instanceof Uint8Array));

async function openContainer(given: PackUnderTest): Promise<Opened> {
  if (given instanceof Uint8Array) return readPackZip(sourceInMemory(given));
  if ('read' in given) return readPackZip(given);
  const files = isArchive(given) ? given : archiveInMemory(given);
  return { files, repacked: null };
}

function describeContainer({ files, repacked }: Opened): string {
  if (repacked === null) return `${files.size} files in a folder.`;
  return repacked
    ? `${files.size} files. Another program has packed this file again; it was judged by its contents.`
    : `${files.size} files; every byte of the pack file is accounted for.`;
}

/** Counts the bytes gone through, tells about them, and gives up when asked to. Each file is read twice. */
function byteCounter({ onProgress, signal }: VerifyWatch) {
  let done = 0;
  let total = 0;
  return {
    expect: (files: PackArchive): void => {
      for (const { bytes } of files.values()) total += 2 * bytes;
    },
    breathe: (step: string) => async (bytes: number) => {
      signal?.throwIfAborted();
      done += bytes;
      onProgress?.(step, Math.min(done, total), total);
    },
  };
}

/**
 * The verdict in a sentence, with the reason.
 * @param reservations what a verdict of trusted does not cover
 */
export function summarise(
  verdict: Verdict,
  results: readonly CheckResult[],
  reservations: readonly string[] = [],
): string {
  const reason = results.find((result) => result.fault === verdict)?.detail ?? '';
  const sentences: Readonly<Record<Verdict, string>> = {
    trusted: [
      `${reservations.length === 0 ? 'Trusted' : 'Trusted with reservations'}: unchanged since it was signed.`,
      ...reservations,
      results.find(({ name }) => name === 'signer')?.detail ?? '',
    ].join(' '),
    tampered: `Do not rely on this pack: it was changed or contradicts itself. ${reason}`,
    unpinned: `Intact, but not trusted. ${reason}`,
    malformed: `This cannot be verified as an evidence pack. ${reason}`,
  };
  return sentences[verdict];
}

/**
 * Judges a pack, reading it piece by piece. Whatever its bytes are, there is a verdict; it rejects only when `signal` aborts.
 *
 * `trusted` needs every check to pass, that is, an outside list must vouch for every key that signed. Memory does not grow
 * with the pack but for some 250 bytes a decision, with which ledger, population and decisions are joined.
 */
export async function verifyPack(
  given: PackUnderTest,
  options: TrustOptions,
  watch: VerifyWatch = {},
): Promise<Verification> {
  const bytes = byteCounter(watch);
  let pack = unopenedPack();
  const container: Check<PackUnderTest> = {
    name: 'container',
    needs: [],
    run: async () => {
      const opened = await openContainer(given);
      bytes.expect(opened.files);
      const digested = await openPack(opened.files, bytes.breathe('Hashing'));
      pack = digested.pack;
      if (digested.altered.length > 0)
        failCheck('tampered', `Changed in the pack file: ${listNames(digested.altered)}.`);
      return describeContainer(opened);
    },
  };
  const signers: PackSigner[] = [];
  const results = [await runCheck(container, given, [])];
  const checks: readonly Check<OpenedPack>[] = [
    ...bagChecks,
    contentsCheck(bytes.breathe('Checking the data'), options),
    // The contents bound the time at which the keys are judged.
    ...signatureChecks(options, signers),
    statementCheck,
    ...dataChecks,
    reportCheck(options.isPrintOf),
    tableCheck,
  ];
  for (const check of checks) {
    watch.signal?.throwIfAborted();
    results.push(await runCheck(check, pack, results));
  }
  watch.signal?.throwIfAborted();
  return {
    ...verificationOf(results, signers, (verdict, all) => summarise(verdict, all, pack.reservations)),
    ...(pack.reservations.length > 0 && { reservations: [...pack.reservations] }),
    ...(pack.reportCompared !== null && { report: pack.reportCompared }),
  };
}
