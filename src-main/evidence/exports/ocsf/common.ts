// What every exported OCSF event has: where it comes from, how severe it is, and when.
import { parseInstant } from '#shared/time/instant.ts';
import { ocsfVersion, type OcsfUser } from './model.ts';

/** What is the same in all events of one export. */
export type OcsfOrigin = {
  readonly toolVersion: string;
  /** Table of the audit events; null while nothing is connected. */
  readonly logName: string | null;
  /** Milliseconds since 1970: the time of an event about which no other time is known. */
  readonly exportedAtMs: number;
  /** Title and kind of a detector; null where it is not known any more. */
  readonly detector: (id: string) => { readonly title: string; readonly isRule: boolean } | null;
};

const microsecondsPerMillisecond = 1000;

export const milliseconds = (instant: string): number =>
  Math.floor(parseInstant(instant) / microsecondsPerMillisecond);

/** The numbers of `severity_id`, and their captions. */
const severities: Readonly<Record<string, readonly [id: 1 | 2 | 3 | 4 | 5 | 6, caption: string]>> = {
  informational: [1, 'Informational'],
  info: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  moderate: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
  fatal: [6, 'Fatal'],
};

/** A word of the source that is none of OCSF's stays as it is, under 99; no word is 0. */
export function severityOf(word: string | null) {
  if (word === null || word.trim() === '') return { severity_id: 0 as const, severity: 'Unknown' };
  const name = word.trim().toLowerCase();
  // Every object has members by names such as “constructor”.
  const known = Object.hasOwn(severities, name) ? severities[name] : undefined;
  if (known === undefined) return { severity_id: 99 as const, severity: word };
  return { severity_id: known[0], severity: known[1] };
}

export function metadataOf(origin: OcsfOrigin, uid: string, tenant: string | null) {
  return {
    version: ocsfVersion as typeof ocsfVersion,
    product: { name: 'Countersign', vendor_name: 'Countersign', version: origin.toolVersion },
    uid,
    ...(origin.logName ? { log_name: origin.logName } : {}),
    ...(tenant ? { tenant_uid: tenant } : {}),
  };
}

/** Null where nobody in particular is meant. */
export function userOf(uid: string | null, name: string | null): OcsfUser | null {
  if (uid === null || uid === '') return null;
  return { uid, ...(name ? { name } : {}) };
}

/** `type_id` of the attribute `uid` of a user, and of an IP address. */
export const userUidType = 31 as const;
export const addressType = 2 as const;
