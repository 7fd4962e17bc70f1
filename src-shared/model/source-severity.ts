// What a source's own word for severity comes to on our scale.
import { severities, severityRank, type Severity } from './severity.ts';

/** Words of syslog and of common audit logs. */
const words: ReadonlyMap<string, Severity> = new Map([
  ...severities.map((severity) => [severity, severity] as const),
  ['debug', 'low'],
  ['info', 'low'],
  ['informational', 'low'],
  ['notice', 'low'],
  ['warn', 'medium'],
  ['warning', 'medium'],
  ['error', 'high'],
  ['alert', 'critical'],
  ['emergency', 'critical'],
  ['fatal', 'critical'],
]);

/** Null where the word is not known: unknown stays unknown. */
export function severityOfWord(word: string | null): Severity | null {
  return words.get(word?.toLowerCase() ?? '') ?? null;
}

/** Higher is more severe; unknown words rank below low. */
export function rankOfWord(word: string | null): number {
  const severity = severityOfWord(word);
  return severity === null ? -1 : severityRank(severity);
}
