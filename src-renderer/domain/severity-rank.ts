// Ranks severities, including the words a source may use for its own.
import { severities } from '#shared/model/severity.ts';
import type { Severity } from '#shared/model/severity.ts';

/** Words of syslog and common audit logs, in our scale. */
const sourceWords: Record<string, Severity> = {
  debug: 'low',
  info: 'low',
  informational: 'low',
  notice: 'low',
  warn: 'medium',
  warning: 'medium',
  error: 'high',
  alert: 'critical',
  emergency: 'critical',
  fatal: 'critical',
};

/** The severity a source's word stands for; null when it is not known, which stays unknown. */
export function knownSeverity(word: string | null): Severity | null {
  const lower = word?.toLowerCase() ?? '';
  const own = severities.find((severity) => severity === lower);
  return own ?? (Object.hasOwn(sourceWords, lower) ? (sourceWords[lower] ?? null) : null);
}

/** Higher is more severe; unknown words rank below low. */
export function severityRank(word: string | null): number {
  const severity = knownSeverity(word);
  return severity === null ? -1 : severities.indexOf(severity);
}
