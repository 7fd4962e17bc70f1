// Folds findings into cases: one story to read instead of forty alerts.
import { createHash } from 'node:crypto';
import { severityRank, type Severity } from '#shared/model/severity.ts';
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { CaseMember } from './case-member.ts';

export interface Case {
  /** Names the story by its earliest member, so it stays while the story goes on. */
  readonly id: string;
  readonly sourceAccount: string;
  /** Everybody who acts in it, in order of appearance; empty when nobody in particular does. */
  readonly actors: readonly string[];
  /** Earliest first. */
  readonly members: readonly CaseMember[];
  /** That of its most severe member. */
  readonly severity: Severity;
  /** “Many failed sign-ins, new network and 2 more by dana”. */
  readonly title: string;
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
}

/** Findings of one actor belong together when no more than this lies between the end of one and the start of the next. */
export const caseGapMicroseconds = microsecondsPerHour;

type Draft = {
  readonly place: number;
  readonly members: CaseMember[];
  endMicroseconds: number;
};

/**
 * Folds members into cases, in order of their beginnings (then identity, so that the order of the list says nothing). Each joins
 * the earliest case, within its account, that
 * - is of the same actor, or of the same address, session or other entity where nobody in particular acted, and ended
 *   no more than {@link caseGapMicroseconds} before it begins; or
 * - cites one of the same events, where one of the two is about an address or a session;
 * otherwise it begins a case. Where a member goes depends only on members that begin before it: whatever begins later
 * changes neither the id of a case nor who is in it, and two cases are never merged afterwards.
 */
export function foldCases(members: Iterable<CaseMember>): Case[] {
  const latest = new Map<string, Draft>();
  const citing = new Map<string, Draft>();
  const drafts: Draft[] = [];
  for (const member of [...members].toSorted(byBeginning)) {
    const keys = keysOf(member);
    const near = keys
      .map((key) => latest.get(key))
      .filter((draft) => draft !== undefined && isNear(draft, member));
    const sharing = eventKeys(member, searched(member)).map((key) => citing.get(key));
    const draft = earliest([...near, ...sharing]) ?? begin(drafts);
    draft.members.push(member);
    draft.endMicroseconds = Math.max(draft.endMicroseconds, member.toMicroseconds);
    for (const key of keys) latest.set(key, draft);
    for (const key of eventKeys(member, offered(member))) if (!citing.has(key)) citing.set(key, draft);
  }
  return drafts.map(toCase);
}

function begin(drafts: Draft[]): Draft {
  const draft: Draft = { place: drafts.length, members: [], endMicroseconds: -Infinity };
  drafts.push(draft);
  return draft;
}

function byBeginning(one: CaseMember, other: CaseMember): number {
  return (
    one.fromMicroseconds - other.fromMicroseconds ||
    (one.identity < other.identity ? -1 : one.identity > other.identity ? 1 : 0)
  );
}

function isNear(draft: Draft, member: CaseMember): boolean {
  return member.fromMicroseconds - draft.endMicroseconds <= caseGapMicroseconds;
}

function earliest(drafts: readonly (Draft | undefined)[]): Draft | undefined {
  return drafts.reduce(
    (first, draft) => (draft && (!first || draft.place < first.place) ? draft : first),
    undefined,
  );
}

function keysOf({ sourceAccount, actor, entity }: CaseMember): string[] {
  const about = actor === '' ? [entity.kind, entity.value] : ['actor', actor];
  return [JSON.stringify([sourceAccount, ...about])];
}

/** An address and a session tie people together; an account or a route that many share does not. */
const linkingKinds: readonly string[] = ['ip', 'session'];

type Side = 'person' | 'link';

function sideOf({ actor, entity }: CaseMember): Side | null {
  if (linkingKinds.includes(entity.kind)) return 'link';
  return actor === '' ? null : 'person';
}

/** A link looks for people and links, a person for links only. */
function searched(member: CaseMember): readonly Side[] {
  const side = sideOf(member);
  return side === 'link' ? ['person', 'link'] : side === 'person' ? ['link'] : [];
}

function offered(member: CaseMember): readonly Side[] {
  const side = sideOf(member);
  return side === null ? [] : [side];
}

function eventKeys({ sourceAccount, eventIds }: CaseMember, sides: readonly Side[]): string[] {
  return sides.flatMap((side) => eventIds.map((id) => JSON.stringify([sourceAccount, side, id])));
}

function toCase({ members, endMicroseconds }: Draft): Case {
  const first = members[0]!;
  const ranked = members.toSorted((one, other) => severityRank(other.severity) - severityRank(one.severity));
  const actors = [...new Set(members.map(({ actor }) => actor).filter((actor) => actor !== ''))];
  return {
    id: `case-${createHash('sha256').update(first.identity, 'utf8').digest('hex').slice(0, 20)}`,
    sourceAccount: first.sourceAccount,
    actors,
    members,
    severity: ranked[0]!.severity,
    title: titleOf(ranked.toSorted(tellingFirst), actors),
    startMicroseconds: first.fromMicroseconds,
    endMicroseconds,
  };
}

const titlesShown = 2;

/** Detectors that say how many or when, but not what happened. */
const untold: ReadonlySet<string> = new Set(['nb', 'z3', 'rare_time', 'series', 'drift', 'peer']);

function tellingFirst(one: CaseMember, other: CaseMember): number {
  return Number(untold.has(one.detector)) - Number(untold.has(other.detector));
}

/** What tells most first, then the most severe, each once: “Mass deletion, unusual hour and 2 more by dana and 3 others”. */
function titleOf(ranked: readonly CaseMember[], actors: readonly string[]): string {
  const titles = [...new Set(ranked.map(({ title }) => title))];
  const shown = titles.slice(0, titlesShown).map((title, place) => (place === 0 ? title : inSentence(title)));
  const rest = titles.length - shown.length;
  const what = rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(' and ');
  return `${what} ${whoOf(ranked[0]!, actors)}`;
}

function whoOf({ entity, sourceAccount }: CaseMember, actors: readonly string[]): string {
  const [first, ...others] = actors;
  if (first !== undefined && others.length === 0) return `by ${first}`;
  if (first !== undefined)
    return `by ${first} and ${others.length} ${others.length === 1 ? 'other' : 'others'}`;
  if (entity.kind === 'ip') return `from ${entity.value}`;
  return `in ${entity.value === '' ? sourceAccount : entity.value}`;
}

/** “New network” becomes “new network”; an abbreviation such as “MFA” stays. */
function inSentence(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
