// Finds stretches of failed logins of one person or one address, and the login that ends one.
import { firstAtOrAfter } from './episodes.ts';

export interface LoginRule {
  /** So many failed logins within the short window are a burst, within the long one slow guessing. */
  readonly failures: number;
  readonly burstWindowMicroseconds: number;
  /** Null: slow guessing is not looked for. */
  readonly slowWindowMicroseconds: number | null;
  /** So many failures in a row within the success window, and then a success. */
  readonly failuresBeforeSuccess: number;
  readonly successWindowMicroseconds: number;
  readonly quietMicroseconds: number;
}

/** Attempts of one entity, ascending in time. */
export interface LoginTimeline {
  readonly microseconds: Float64Array;
  readonly isSuccess: Uint8Array;
  /** A number per address; −1 is unknown. */
  readonly addresses: Int32Array;
}

export type LoginTrigger = 'burst' | 'slow' | 'success';

/** Places in the timeline. */
export interface LoginEpisode {
  readonly trigger: LoginTrigger;
  /** Failed logins, the first of them being the first of the window that was full first. */
  readonly failures: Int32Array;
  /** The first success after enough failures in a row, and how many those were. */
  readonly success: { readonly at: number; readonly failuresBefore: number } | null;
}

/**
 * Episodes of one day. As in {@link import('./episodes.ts').episodesOf}, an episode belongs to the day on which it was triggered,
 * ends with it at the latest, and looks back to the day before only for windows that no earlier finding used.
 *
 * A success counts when it follows failures *in a row*: another success in between starts the count again. A success from another
 * address than the only one that failed is somebody else's, most likely the person's own, and neither counts nor
 * interrupts; where failures came from several addresses, or addresses are unknown, any success counts.
 */
export function loginEpisodesOf(timeline: LoginTimeline, rule: LoginRule, dayStart: number): LoginEpisode[] {
  const search = new Search(timeline, rule, dayStart);
  for (let at = 0; at < timeline.microseconds.length; at += 1) {
    if (timeline.isSuccess[at] === 1) search.succeed(at);
    else search.fail(at);
  }
  return search.finish();
}

class Search {
  readonly #timeline: LoginTimeline;
  readonly #rule: LoginRule;
  readonly #firstToday: number;
  readonly #found: LoginEpisode[] = [];
  /** Places of the failures since the last quiet; the next three are places in this list. */
  #failures: number[] = [];
  /** Where the failures in a row begin, and where those of them that are recent enough do. */
  #rowStart = 0;
  #recentStart = 0;
  #start = -1;
  #rowAddress: number | 'several' | null = null;
  #trigger: LoginTrigger = 'burst';
  #success: LoginEpisode['success'] = null;
  #wasFound = false;

  constructor(timeline: LoginTimeline, rule: LoginRule, dayStart: number) {
    this.#timeline = timeline;
    this.#rule = rule;
    this.#firstToday = firstAtOrAfter(timeline.microseconds, dayStart);
  }

  fail(at: number): void {
    const { microseconds: times, addresses } = this.#timeline;
    const before = this.#failures.at(-1);
    if (before !== undefined && times[at]! - times[before]! >= this.#rule.quietMicroseconds) this.#end();
    this.#failures.push(at);
    this.#rowAddress =
      this.#rowAddress === null || this.#rowAddress === addresses[at]! ? addresses[at]! : 'several';
    const trigger = this.#fullWindow(at);
    if (trigger === null) return;
    if (at < this.#firstToday) this.#wasFound = true;
    else this.#open(this.#failures.length - this.#rule.failures, trigger);
  }

  succeed(at: number): void {
    const { microseconds: times, addresses } = this.#timeline;
    const only = this.#rowAddress;
    const isForeign = typeof only === 'number' && only >= 0 && addresses[at]! >= 0 && addresses[at] !== only;
    if (isForeign) return;
    const earliest = times[at]! - this.#rule.successWindowMicroseconds;
    let first = Math.max(this.#rowStart, this.#recentStart);
    while (first < this.#failures.length && times[this.#failures[first]!]! < earliest) first += 1;
    this.#recentStart = first;
    this.#rowStart = this.#failures.length;
    this.#rowAddress = null;
    const failuresBefore = this.#failures.length - first;
    if (failuresBefore < this.#rule.failuresBeforeSuccess) return;
    if (at < this.#firstToday) {
      this.#wasFound = true;
      return;
    }
    this.#open(first, 'success');
    this.#success ??= { at, failuresBefore };
  }

  finish(): LoginEpisode[] {
    this.#end();
    return this.#found;
  }

  #fullWindow(at: number): LoginTrigger | null {
    const { failures, burstWindowMicroseconds, slowWindowMicroseconds } = this.#rule;
    const first = this.#failures[this.#failures.length - failures];
    if (first === undefined) return null;
    if (at >= this.#firstToday && this.#wasFound && first < this.#firstToday) return null;
    const span = this.#timeline.microseconds[at]! - this.#timeline.microseconds[first]!;
    if (span <= burstWindowMicroseconds) return 'burst';
    return slowWindowMicroseconds !== null && span <= slowWindowMicroseconds ? 'slow' : null;
  }

  #open(start: number, trigger: LoginTrigger): void {
    if (this.#start >= 0) return;
    this.#start = start;
    this.#trigger = trigger;
  }

  #end(): void {
    if (this.#start >= 0)
      this.#found.push({
        trigger: this.#trigger,
        failures: Int32Array.from(this.#failures.slice(this.#start)),
        success: this.#success,
      });
    this.#failures = [];
    this.#rowStart = 0;
    this.#recentStart = 0;
    this.#rowAddress = null;
    this.#start = -1;
    this.#success = null;
    this.#wasFound = false;
  }
}
