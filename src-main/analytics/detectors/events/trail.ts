// What each subject was first seen with and when, and on which days it was seen at all; the newest can be taken back.
import { ActiveDays } from './active-days.ts';
import { PairLog } from './pair-log.ts';

/** How far a trail had come. */
export interface TrailMark {
  readonly pairs: number;
  readonly settled: number;
  readonly days: number;
}

/**
 * A subject that had more than `limit` values before a day is not followed from that day on: nothing new is a surprise there,
 * and what somebody uses who uses everything is as much as the events themselves.
 */
export class Trail {
  readonly limit: number;
  /** Subject and value, by the first time. */
  readonly pairs = new PairLog();
  readonly active = new ActiveDays();
  /** 1 for subjects that are not followed any more; 1 for those seen since the last {@link endStretch}. */
  isLost = new Uint8Array(0);
  marks = new Uint8Array(0);
  /** Values by subject. */
  #counts = new Uint32Array(0);
  /** Entries of days before the one that is being read. */
  #settled = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Makes room for so many subjects. */
  reserve(subjects: number): void {
    if (subjects <= this.isLost.length) return;
    const { isLost, marks } = this;
    const counts = this.#counts;
    const capacity = Math.max(subjects, 2 * isLost.length);
    (this.isLost = new Uint8Array(capacity)).set(isLost);
    (this.marks = new Uint8Array(capacity)).set(marks);
    (this.#counts = new Uint32Array(capacity)).set(counts);
  }

  /** A subject that is not lost was seen with something, not before what was added last. */
  see(subject: number, value: number, microseconds: number): void {
    if (this.pairs.add(subject, value, microseconds)) this.#counts[subject]! += 1;
  }

  /** What was marked, was seen on this day. */
  endStretch(day: number): void {
    this.active.add(day, this.marks);
  }

  /** What comes next is of a later day. */
  beginDay(): void {
    const { subjects, length } = this.pairs;
    for (; this.#settled < length; this.#settled += 1) {
      const subject = subjects[this.#settled]!;
      if (this.#counts[subject]! > this.limit) this.isLost[subject] = 1;
    }
  }

  mark(): TrailMark {
    return { pairs: this.pairs.length, settled: this.#settled, days: this.active.length };
  }

  /** Takes back what came after a mark. */
  returnTo({ pairs, settled, days }: TrailMark): void {
    const { subjects, length } = this.pairs;
    // Whoever has entries from there on was followed there, and may have been lost since.
    for (let place = settled; place < length; place += 1) {
      this.#counts[subjects[place]!]! -= 1;
      this.isLost[subjects[place]!] = 0;
    }
    for (let place = settled; place < pairs; place += 1) this.#counts[subjects[place]!]! += 1;
    this.#settled = settled;
    this.pairs.truncate(pairs);
    this.active.truncate(days);
  }
}
