// What the results of all checks come to.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import type { CheckResult } from './check.ts';

/** The first grave fault decides; a signer nobody vouches for counts only where there is no other. */
export function verdictOf(results: readonly CheckResult[]): Verdict {
  const failed = results.filter((result) => !result.ok);
  if (failed.length === 0) return 'trusted';
  const graver = failed.find(({ fault }) => fault === 'tampered' || fault === 'malformed');
  return graver?.fault ?? (failed.some(({ fault }) => fault === 'unpinned') ? 'unpinned' : 'malformed');
}

/** @param summarise the verdict in a sentence, in the words of what was verified */
export function verificationOf(
  results: readonly CheckResult[],
  signers: Verification['signers'],
  summarise: (verdict: Verdict, results: readonly CheckResult[]) => string,
): Verification {
  const verdict = verdictOf(results);
  return {
    verdict,
    signer: signers[0] ?? null,
    signers,
    checks: results.map(({ name, ok, detail }) => ({ name, ok, detail })),
    summary: summarise(verdict, results),
  };
}
