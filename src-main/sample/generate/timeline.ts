// The stretches of time in which anything can happen: the whole period without the log gap, or only its nights.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';

export interface Span {
  from: number;
  to: number;
}

function without(span: Span, hole: Span | null): Span[] {
  if (hole === null || hole.to <= span.from || hole.from >= span.to) return [span];
  const parts = [
    { from: span.from, to: hole.from },
    { from: hole.to, to: span.to },
  ];
  return parts.filter((part) => part.to > part.from);
}

/** Times are microseconds since the epoch; every span includes its start and excludes its end. */
export class Timeline {
  readonly whole: Span;
  readonly gap: Span | null;
  readonly length: number;
  readonly #spans: Span[];

  constructor(whole: Span, gap: Span | null, spans: Span[] = [whole]) {
    this.whole = whole;
    this.gap = gap;
    this.#spans = spans.flatMap((span) => without(span, gap));
    this.length = this.#spans.reduce((sum, span) => sum + span.to - span.from, 0);
  }

  /** The time at an offset into these stretches, which must be within their length. */
  at(offset: number): number {
    let left = Math.floor(offset);
    for (const span of this.#spans) {
      if (left < span.to - span.from) return span.from + left;
      left -= span.to - span.from;
    }
    throw new RangeError('Beyond the end of the timeline.');
  }

  contains(time: number): boolean {
    return this.#spans.some((span) => time >= span.from && time < span.to);
  }

  /** Only these UTC hours of every day. */
  nightly(fromHour: number, toHour: number): Timeline {
    const nights: Span[] = [];
    for (let day = this.whole.from; day < this.whole.to; day += microsecondsPerDay) {
      nights.push({ from: day + fromHour * microsecondsPerHour, to: day + toHour * microsecondsPerHour });
    }
    return new Timeline(this.whole, this.gap, nights);
  }
}
