// Ranks severities, including the free text a source may use for its own.
import { severities } from '#shared/model/severity.ts';
import type { Severity } from '#shared/model/severity.ts';

/** The severity a source's word names; null when it names none of ours. */
export function knownSeverity(word: string | null): Severity | null {
  const lower = word?.toLowerCase() ?? '';
  return severities.find((severity) => severity === lower) ?? null;
}

/** Higher is more severe; unknown words rank below low. */
export function severityRank(word: string | null): number {
  const severity = knownSeverity(word);
  return severity === null ? -1 : severities.indexOf(severity);
}
