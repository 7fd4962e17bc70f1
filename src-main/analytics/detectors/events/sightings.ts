// Who was first seen with what and when: actions, networks, addresses and kinds of resources, kept while a history grows.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import { firstIndexAt, type Segment } from '../../history/segment.ts';
import { accountsOf, type Accounts } from './accounts.ts';
import { outcomeVerdict } from './outcome.ts';
import { actedBy, factsOfSeries, type SeriesFacts } from './series-facts.ts';
import { numbersOf, type FieldKind, type Numbered, type SightingTexts } from './sighting-values.ts';
import { Trail, type TrailMark } from './trail.ts';

/** From how many values on somebody is not followed; see {@link Trail}. */
export interface SightingLimits {
  readonly values: number;
  /** For the actions of a source account. */
  readonly accountActions: number;
}

const trailNames = ['action', 'network', 'address', 'resourceType', 'accountAction'] as const;
export type TrailName = (typeof trailNames)[number];
const fieldKinds = ['network', 'address', 'resourceType'] as const satisfies readonly FieldKind[];

/** Subjects are actor numbers; of `accountAction`, account numbers. */
export type Trails = Readonly<Record<TrailName, Trail>>;

export interface Sightings {
  readonly trails: Trails;
  readonly texts: SightingTexts;
}

interface State extends Sightings {
  readonly limits: SightingLimits;
  /** What was read, a segment each: its stamp, and how far things were after it. */
  readonly read: { readonly stamp: number; readonly day: number; readonly marks: readonly TrailMark[] }[];
  /** The day of the last event. */
  day: number;
  /** 1 for series, and for each kind the value by actor, of which nothing new can be said; −1 is none. */
  isSeriesKnown: Uint8Array;
  readonly lastValues: Record<FieldKind, Int32Array>;
}

const states = new WeakMap<Dictionary, State>();

/** Segments never change. By number and not by reference, so that one that was replaced does not stay in memory. */
const stamps = new WeakMap<Segment, number>();
let lastStamp = 0;

/**
 * A failed login is somebody's attempt in the actor's name, not the actor's act: it is no sighting. Empty and unknown values
 * are none either. Unattributed events are sightings of the actor ''.
 * A growing history keeps its numbers, and what was read of its first segments stays true as long as these are the same:
 * only what comes after them is read again.
 */
export function sightingsOf(history: History, limits: SightingLimits): Sightings {
  const known = states.get(history.actions);
  // Reading a segment may fail half way; then nothing is known any more.
  states.delete(history.actions);
  const state = stateFor(history, limits, known);
  const facts = factsOfSeries(history);
  const accounts = accountsOf(history);
  for (const segment of history.segments.slice(state.read.length))
    readSegment(state, segment, facts, accounts.numberOf);
  states.set(history.actions, state);
  return state;
}

function stateFor(history: History, limits: SightingLimits, known: State | undefined): State {
  const kept = known === undefined ? 0 : unchangedSegments(history, known);
  const isWide =
    known !== undefined &&
    limits.values <= known.limits.values &&
    limits.accountActions <= known.limits.accountActions;
  const state = known !== undefined && kept > 0 && isWide ? known : begin(history.actions, limits, known);
  if (kept < state.read.length) returnTo(state, kept);
  reserve(state, history.actors.length, history.series.length, accountsOf(history));
  return state;
}

function unchangedSegments({ segments }: History, { read }: State): number {
  let place = 0;
  while (
    place < read.length &&
    place < segments.length &&
    stamps.get(segments[place]!) === read[place]!.stamp
  )
    place += 1;
  return place;
}

function begin(action: Dictionary, limits: SightingLimits, known: State | undefined): State {
  const widest = {
    values: Math.max(limits.values, known?.limits.values ?? 0),
    accountActions: Math.max(limits.accountActions, known?.limits.accountActions ?? 0),
  };
  return {
    limits: widest,
    texts: known?.texts ?? {
      action,
      network: new Dictionary(),
      address: new Dictionary(),
      resourceType: new Dictionary(),
    },
    trails: {
      action: new Trail(widest.values),
      network: new Trail(widest.values),
      address: new Trail(widest.values),
      resourceType: new Trail(widest.values),
      accountAction: new Trail(widest.accountActions),
    },
    read: [],
    day: -Infinity,
    isSeriesKnown: new Uint8Array(0),
    lastValues: { network: new Int32Array(0), address: new Int32Array(0), resourceType: new Int32Array(0) },
  };
}

function returnTo(state: State, segments: number): void {
  const { day, marks } = state.read[segments - 1]!;
  for (const [place, name] of trailNames.entries()) state.trails[name].returnTo(marks[place]!);
  state.read.length = segments;
  state.day = day;
  state.isSeriesKnown.fill(0);
  for (const kind of fieldKinds) state.lastValues[kind].fill(-1);
}

function reserve(state: State, actors: number, series: number, { names }: Accounts): void {
  for (const name of trailNames) state.trails[name].reserve(name === 'accountAction' ? names.length : actors);
  // These only spare work: empty they are right too.
  if (series > state.isSeriesKnown.length) state.isSeriesKnown = new Uint8Array(2 * series);
  for (const kind of fieldKinds)
    if (actors > state.lastValues[kind].length) state.lastValues[kind] = new Int32Array(2 * actors).fill(-1);
}

/** Events [start, end) of one day; −1 is the actor of an event that is no sighting. */
interface Stretch {
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
  readonly actors: Int32Array;
}

function readSegment(state: State, segment: Segment, facts: SeriesFacts, accountOf: Int32Array): void {
  const numbered = fieldKinds.map((kind) => numbersOf(segment, kind, state.texts));
  const actors = actingActors(segment, facts);
  const { microseconds, length } = segment;
  for (let start = 0, end = 0; start < length; start = end) {
    const day = Math.floor(microseconds[start]! / microsecondsPerDay);
    const isWithin = microseconds[length - 1]! < (day + 1) * microsecondsPerDay;
    // At least one: a time may be so large that no day ends after it.
    end = isWithin ? length : Math.max(start + 1, firstIndexAt(segment, (day + 1) * microsecondsPerDay));
    if (day > state.day) for (const name of trailNames) state.trails[name].beginDay();
    state.day = day;
    const stretch = { segment, start, end, actors };
    readActions(state, stretch, facts, accountOf);
    for (const [place, kind] of fieldKinds.entries())
      if (numbered[place] !== null) readField(state, stretch, kind, numbered[place]!);
    for (const name of trailNames) state.trails[name].endStretch(day);
  }
  const stamp = stamps.get(segment) ?? (lastStamp += 1);
  stamps.set(segment, stamp);
  state.read.push({ stamp, day: state.day, marks: trailNames.map((name) => state.trails[name].mark()) });
}

/** The actor of every event that is a sighting, and −1. */
function actingActors(segment: Segment, { actors, acts }: SeriesFacts): Int32Array {
  const { series, length } = segment;
  const acting = new Int32Array(length);
  const outcomes = segment.column('outcome');
  const isFailed = outcomes?.values.map((text) => outcomeVerdict(text) === 'failure');
  for (let index = 0; index < length; index += 1) {
    const number = series[index]!;
    const by = acts[number]!;
    const isActed =
      by === actedBy.actor || (by === actedBy.unlessFailed && isFailed?.[outcomes!.codes[index]!] !== true);
    acting[index] = isActed ? actors[number]! : -1;
  }
  return acting;
}

/** A series is an actor and an action: its first event is the first time. */
function readActions(
  { trails, isSeriesKnown }: State,
  { segment, start, end, actors }: Stretch,
  { actions }: SeriesFacts,
  accountOf: Int32Array,
): void {
  const { action, accountAction } = trails;
  const { series, microseconds } = segment;
  const { marks } = action;
  for (let index = start; index < end; index += 1) {
    const actor = actors[index]!;
    if (actor < 0) continue;
    marks[actor] = 1;
    const number = series[index]!;
    if (isSeriesKnown[number] === 1) continue;
    isSeriesKnown[number] = 1;
    const account = accountOf[actor]!;
    if (action.isLost[actor] === 0) action.see(actor, actions[number]!, microseconds[index]!);
    if (accountAction.isLost[account] === 0)
      accountAction.see(account, actions[number]!, microseconds[index]!);
  }
  for (let actor = 0; actor < accountOf.length; actor += 1)
    if (marks[actor] === 1) accountAction.marks[accountOf[actor]!] = 1;
}

/** Somebody's first time in a network is their first time at one of its addresses: both are read alike. */
function readField(
  { trails, lastValues }: State,
  { segment, start, end, actors }: Stretch,
  kind: FieldKind,
  { codes, numbers }: Numbered,
): void {
  const trail = trails[kind];
  const { isLost, marks } = trail;
  const last = lastValues[kind];
  const { microseconds } = segment;
  for (let index = start; index < end; index += 1) {
    const actor = actors[index]!;
    if (actor < 0 || isLost[actor] === 1) continue;
    const value = numbers[codes[index]!]!;
    if (value < 0) continue;
    marks[actor] = 1;
    // Most people stay where they are.
    if (last[actor] === value) continue;
    last[actor] = value;
    trail.see(actor, value, microseconds[index]!);
  }
}
