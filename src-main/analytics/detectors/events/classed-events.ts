// Which events of a segment a detector may ask for by class, found in one pass that all of them share.
import type { History } from '../../history/history.ts';
import type { Segment } from '../../history/segment.ts';
import { classesOfSeries } from './action-classes.ts';
import { actionClass } from './class-bits.ts';

/** Classes that are asked for together, and every time; others are many, and asked for only where something else was found. */
const listedClasses = [
  actionClass.signIn,
  actionClass.deletion | actionClass.export,
  actionClass.privilegeChange | actionClass.grant | actionClass.auditChange | actionClass.approval,
] as const;
const anyListed = listedClasses.reduce((all, classes) => all | classes, 0);

/** A list takes four bytes an entry: all lists together at most a byte and a half an event of the segment. */
const largestShare = 1 / 8;

interface Classed {
  /** Classes of any of its events. */
  readonly bits: number;
  /** Per place in `listedClasses` the indexes of the events in them, ascending; null when they are too many. */
  readonly lists: readonly (Uint32Array | null)[];
}

/** By series, too: that is what gives the numbers in a segment their meaning. */
const known = new WeakMap<History['series'], WeakMap<Segment, Classed>>();

/**
 * Where to look for events of some classes in a segment: at these indexes, ascending; null is everywhere. Not all that is
 * there need be of these classes.
 */
export function indexesToAsk(history: History, segment: Segment, wanted: number): Uint32Array | null {
  const { bits, lists } = classedEvents(history, segment);
  if ((bits & wanted) === 0) return nowhere;
  return lists[listedClasses.findIndex((classes) => (wanted & ~classes) === 0)] ?? null;
}

const nowhere = new Uint32Array(0);

function classedEvents(history: History, segment: Segment): Classed {
  let bySegment = known.get(history.series);
  if (bySegment === undefined) known.set(history.series, (bySegment = new WeakMap()));
  let classed = bySegment.get(segment);
  if (classed === undefined) bySegment.set(segment, (classed = classify(history, segment)));
  return classed;
}

function classify(history: History, { series, length }: Segment): Classed {
  const classesBySeries = classesOfSeries(history);
  const lists = listedClasses.map(() => new Uint32Array(Math.floor(length * largestShare)));
  const counts = listedClasses.map(() => 0);
  let bits = 0;
  for (let index = 0; index < length; index += 1) {
    const classes = classesBySeries[series[index]!]!;
    bits |= classes;
    if ((classes & anyListed) === 0) continue;
    // What does not fit any more is counted, and lost in an array.
    for (let place = 0; place < lists.length; place += 1)
      if ((classes & listedClasses[place]!) !== 0) lists[place]![counts[place]!++] = index;
  }
  return {
    bits,
    lists: lists.map((list, place) => (counts[place]! <= list.length ? list.slice(0, counts[place]) : null)),
  };
}
