// Whose events are counted together: a key a rule groups by, and what a finding says it is about.
import type { Entity } from '../detector.ts';
import { Dictionary } from '../history/dictionary.ts';
import type { History } from '../history/history.ts';
import type { Segment } from '../history/segment.ts';
import { seriesColumns, type Reader } from './reading.ts';

/** What a finding is about. */
export interface Subject {
  readonly sourceAccount: string;
  /** Empty when it is nobody's in particular. */
  readonly actor: string;
  readonly entity: Entity;
  /** “by dana”, “from 203.0.113.7”. */
  readonly phrase: string;
}

/** Puts events into groups; a key means the same in every segment of one run. */
export interface Grouping {
  /** Key of each event's group; −1 leaves the event out. */
  keyIn(segment: Segment): Reader;
  subjectOf(key: number): Subject;
}

/** Texts of one key are numbered from 0; the account's number is worth this much. */
const textsPerAccount = 2 ** 32;

/** By actor within its account. Unattributed events belong to nobody and are left out. */
export function byActor(history: History): Grouping {
  const { actors } = seriesColumns(history);
  const isNamed = namedActors(history);
  return {
    keyIn: ({ series }) => {
      return (index) => {
        const actor = actors[series[index]!]!;
        return isNamed[actor] === 1 ? actor : -1;
      };
    },
    subjectOf: (key) => {
      const { sourceAccount, actor, name } = history.actors[key]!;
      const phrase = `by ${name ?? actor}`;
      return { sourceAccount, actor, entity: { kind: 'actor', value: actor }, phrase };
    },
  };
}

const namedActorsOf = new WeakMap<History, Uint8Array>();

/** 1 for each actor, by number, that is not unattributed. */
function namedActors(history: History): Uint8Array {
  const known = namedActorsOf.get(history);
  if (known?.length === history.actors.length) return known;
  const made = Uint8Array.from(history.actors, ({ actor }) => (actor === '' ? 0 : 1));
  namedActorsOf.set(history, made);
  return made;
}

/** By source account. */
export function byAccount(history: History): Grouping {
  const { actors } = seriesColumns(history);
  const accounts = accountsOf(history);
  return {
    keyIn: ({ series }) => {
      return (index) => accounts.numberOf[actors[series[index]!]!]!;
    },
    subjectOf: (key) => {
      const sourceAccount = accounts.names[key]!;
      const entity: Entity = { kind: 'account', value: sourceAccount };
      return { sourceAccount, actor: '', entity, phrase: `in ${sourceAccount}` };
    },
  };
}

/**
 * By a text of the event within its source account.
 * @param read number of the text in `names`, −1 where there is none; null when the segment has no such field.
 */
export function byText(
  history: History,
  kind: Entity['kind'],
  names: Dictionary,
  read: (segment: Segment) => Reader | null,
): Grouping {
  const { actors } = seriesColumns(history);
  const accounts = accountsOf(history);
  return {
    keyIn: (segment) => {
      const reader = read(segment);
      return (index) => {
        const text = reader === null ? -1 : reader(index);
        if (text < 0) return -1;
        return accounts.numberOf[actors[segment.series[index]!]!]! * textsPerAccount + text;
      };
    },
    subjectOf: (key) => {
      const sourceAccount = accounts.names[Math.floor(key / textsPerAccount)]!;
      const value = names.valueOf(key % textsPerAccount);
      const phrase = kind === 'ip' ? `from ${value}` : `on ${value}`;
      return { sourceAccount, actor: '', entity: { kind, value }, phrase };
    },
  };
}

/** By a text of the event and its actor: the same session name of two people is two sessions. */
export function byActorAndText(
  history: History,
  kind: Entity['kind'],
  names: Dictionary,
  read: (segment: Segment) => Reader | null,
): Grouping {
  const own = byActor(history);
  return {
    keyIn: (segment) => {
      const reader = read(segment);
      const actorOf = own.keyIn(segment);
      return (index) => {
        const text = reader === null ? -1 : reader(index);
        const actor = actorOf(index);
        return text < 0 || actor < 0 ? -1 : actor * textsPerAccount + text;
      };
    },
    subjectOf: (key) => {
      const subject = own.subjectOf(Math.floor(key / textsPerAccount));
      // A finding is named by its entity: without the actor two people's sessions of one name would be one finding.
      const value = `${names.valueOf(key % textsPerAccount)} of ${subject.actor}`;
      return { ...subject, entity: { kind, value } };
    },
  };
}

export interface Accounts {
  readonly names: readonly string[];
  /** Account number by actor number. */
  readonly numberOf: Uint32Array;
  /** First event of each account that is known. */
  readonly firstMicroseconds: Float64Array;
}

const accountsOfHistory = new WeakMap<History, Accounts>();

/** The source accounts of a history. */
export function accountsOf(history: History): Accounts {
  const known = accountsOfHistory.get(history);
  if (known?.numberOf.length === history.actors.length) return known;
  const names = new Dictionary();
  const numberOf = Uint32Array.from(history.actors, ({ sourceAccount }) => names.codeOf(sourceAccount));
  const firstMicroseconds = new Float64Array(names.size).fill(Infinity);
  for (const [actor, { firstMicroseconds: first }] of history.actors.entries()) {
    const account = numberOf[actor]!;
    firstMicroseconds[account] = Math.min(firstMicroseconds[account]!, first);
  }
  const made = { names: names.values, numberOf, firstMicroseconds };
  accountsOfHistory.set(history, made);
  return made;
}
