// The rules that look at every item of a population before it is frozen; each says what it looked at. Unknown stays unknown.
import type { ItemFlag, TriState } from '#shared/model/campaign.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { isMachineType } from '../../analytics/detectors/events/machines.ts';
import type { PopulationRow } from '../../source/population-rows.ts';

/** What the rules know besides the item itself. */
export type FlagScene = {
  readonly frozenAtMicroseconds: number;
  readonly dormantDays: number;
  /** Events are uses of a right; that there are several of them is no duplicate. */
  readonly rowsAre: 'rights' | 'events';
  /** When the mirror last saw the subject do anything, in microseconds; null where it holds nothing of it. */
  readonly lastEventOf: (subject: string) => number | null;
  /** Findings about the subject in the period; null where nobody looked for any. */
  readonly findingsOf: (subject: string) => number | null;
  /** Whether the previous campaign held the item; null where there is none. */
  readonly inPrevious: boolean | null;
};

/** A right is rare where so few of the subject’s peers hold it, of at least so many. */
const rareShare = 0.05;
const leastPeers = 10;

/**
 * The flags of an item, in the order of their names in the model. Only what a rule came to yes or unknown for is listed; a rule
 * that is not there looked at the item and came to no.
 * @param lastUsed microseconds, or null where the source names no time, or none that can be read
 */
export function flagsOf(row: PopulationRow, lastUsed: number | null, scene: FlagScene): ItemFlag[] {
  const flags: ItemFlag[] = [];
  const add = (flag: ItemFlag['flag'], found: Found) => {
    if (found.is !== 'no') flags.push({ flag, ...found });
  };
  add('duplicate', duplicate(row, scene));
  add('orphaned', orphaned(row));
  add('dormant', dormant(row, lastUsed, scene));
  add('shared', byType(row, isSharedType, sharedNames, 'shared'));
  add('service', byType(row, isMachineType, serviceNames, 'a service'));
  add('privileged', privileged(row.privileged));
  add('new', isNew(scene.inPrevious));
  add('peer-outlier', peerOutlier(row));
  add('has-findings', hasFindings(scene.findingsOf(row.subject)));
  return flags;
}

type Found = { readonly is: TriState; readonly because: string };

const not: Found = { is: 'no', because: '' };
const unknown = (because: string): Found => ({ is: 'unknown', because });
const unknownActive = unknown('the source does not say whether the account is in use');
const unknownPrivilege = unknown('the source does not say whether it is privileged');
const unknownPrevious = unknown('there is no earlier campaign to compare with');
const unknownFindings = unknown('nothing was looked for in this workspace');
const notInPrevious: Found = { is: 'yes', because: 'not in the previous campaign' };
const saidPrivileged: Found = {
  is: 'yes',
  because: 'the source, or the list of privileged actions, says so',
};
const saidEnded: Found = { is: 'yes', because: 'the source says that the account is not in use any more' };
const namesNobody: Found = { is: 'yes', because: 'the row names nobody' };

function duplicate({ rows }: PopulationRow, { rowsAre }: FlagScene): Found {
  return rowsAre === 'events' || rows === 1
    ? not
    : { is: 'yes', because: `${rows} rows of the source say the same` };
}

function orphaned({ subject, active }: PopulationRow): Found {
  if (subject === '') return namesNobody;
  if (active === 'unknown') return unknownActive;
  return active === 'no' ? saidEnded : not;
}

function dormant({ subject }: PopulationRow, lastUsed: number | null, scene: FlagScene): Found {
  if (lastUsed !== null) return unusedSince(lastUsed, 'last used', scene);
  const lastEvent = scene.lastEventOf(subject);
  if (lastEvent === null)
    return unknown('no last use is known, and the mirror holds no event of the subject');
  return unusedSince(lastEvent, 'no last use in the source; last event of the subject in the mirror', scene);
}

function unusedSince(microseconds: number, what: string, scene: FlagScene): Found {
  const days = Math.floor((scene.frozenAtMicroseconds - microseconds) / microsecondsPerDay);
  if (days < scene.dormantDays) return not;
  const day = formatInstant(microseconds).slice(0, 10);
  return {
    is: 'yes',
    because: `${what} ${day}, ${days} days before the freeze; dormant from ${scene.dormantDays} days on`,
  };
}

const sharedTypes = new Set(['shared', 'group', 'generic', 'functional', 'shared account', 'shared_account']);
const isSharedType = (type: string | null): boolean => sharedTypes.has(type?.trim().toLowerCase() ?? '');
const sharedNames = /^(?:admin|administrator|root|guest|shared|operator|support|info|office|test)(?:@|$)/i;
const serviceNames = /^(?:svc|service|srv|bot)[-_.]/i;

function byType(
  { subject, subjectType }: PopulationRow,
  isSuch: (type: string | null) => boolean,
  names: RegExp,
  word: string,
): Found {
  if (subjectType !== null)
    return isSuch(subjectType) ? { is: 'yes', because: `the source calls it “${subjectType}”` } : not;
  if (names.test(subject))
    return { is: 'yes', because: `the source names no type; the id reads like ${word} one` };
  return unknownType;
}
const unknownType = unknown('the source names no type of account');

function privileged(value: TriState): Found {
  if (value === 'unknown') return unknownPrivilege;
  return value === 'yes' ? saidPrivileged : not;
}

function isNew(inPrevious: boolean | null): Found {
  if (inPrevious === null) return unknownPrevious;
  return inPrevious ? not : notInPrevious;
}

function peerOutlier({ subjectType, holders, peers }: PopulationRow): Found {
  const kind = subjectType === null ? 'subjects without a type' : `subjects of type “${subjectType}”`;
  if (peers < leastPeers) return unknown(`only ${peers} ${kind} to compare with`);
  if (holders > peers * rareShare) return not;
  return { is: 'yes', because: `held by ${holders} of ${peers} ${kind}; rare up to ${rareShare * 100} %` };
}

function hasFindings(findings: number | null): Found {
  if (findings === null) return unknownFindings;
  return findings === 0
    ? not
    : {
        is: 'yes',
        because: `${findings} ${findings === 1 ? 'finding' : 'findings'} about the subject in the period`,
      };
}
