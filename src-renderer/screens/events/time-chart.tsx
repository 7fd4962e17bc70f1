// Events over time as bars: a stretch is chosen by dragging or with Shift and the arrows, a moment by a click or Enter.
import { useId, useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { rangeOfBuckets, timeHistogram, type TimeBucket } from '../../charts/time-histogram.ts';
import { useWidth } from '../../charts/use-width.ts';
import { useMediaQuery } from '../../components/use-media-query.ts';
import { useZone } from '../../domain/workspace-status.ts';
import { inZone } from '../../domain/zoned-time.ts';
import type { EventRange } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import styles from './time-chart.module.css';

const usualBarsHeight = 54;
const lowBarsHeight = 34;
/** Rows need the room of a low window more than bars do. */
const low = '(max-height: 820px)';
const axisHeight = 16;

type TimeChartProps = {
  buckets: readonly TimeBucket[];
  chosen: EventRange;
  /** About what the list shows. */
  inSight: { from: string; to: string } | null;
  onChoose: (range: EventRange) => void;
  onJump: (instant: string) => void;
  /** What is held or walked over. */
  hand: Hand | null;
  onHand: (next: (hand: Hand | null) => Hand | null) => void;
};

/** Buckets held or walked over, the one it began with first. */
export type Hand = { from: number; to: number };

export function TimeChart({ buckets, chosen, inSight, onChoose, onJump, hand, onHand }: TimeChartProps) {
  const zone = useZone();
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.max(100, useWidth(frame, 800));
  const hintId = useId();
  const barsHeight = useMediaQuery(low) ? lowBarsHeight : usualBarsHeight;
  const isOfDays = daysIn(buckets) > mostDaysByTime;
  const drawn = timeHistogram(
    buckets,
    { width, height: barsHeight },
    ({ start }) => !isOfDays || isMidnight(start, zone),
  );
  const most = Math.max(0, ...buckets.map(({ count }) => count));
  const held = hand === null ? null : rangeOfBuckets(buckets, hand.from, hand.to);
  const hint = text('events:chart.hint', { most: text('events:events', { count: most }) });
  const settle = ({ from, to }: Hand) => {
    const range = rangeOfBuckets(buckets, from, to);
    if (range === null) return;
    if (from === to) onJump(range.to);
    else onChoose(range);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keyStep(event.key, buckets.length);
    if (step !== null) {
      event.preventDefault();
      onHand((now) => movedHand(now, step, event.shiftKey, buckets.length));
    }
    if (event.key === 'Enter' && hand !== null) settle(hand);
    if (event.key === 'Escape') {
      onHand(() => null);
      onChoose({});
    }
  };
  return (
    <div ref={frame} className={styles.frame}>
      <button
        type="button"
        className={styles.chart}
        aria-label={text('events:chart.label')}
        aria-describedby={hintId}
        title={hint}
        onKeyDown={onKeyDown}
        {...usePointer(drawn.bucketAt, (next) => onHand(() => next), settle)}
      >
        <svg width={width} height={barsHeight + 2} aria-hidden="true">
          <Band
            className={styles.chosen}
            range={chosenOf(chosen)}
            xOf={drawn.xOf}
            box={{ width, height: barsHeight }}
          />
          {drawn.bars.map((bar, at) => (
            <rect
              // oxlint-disable-next-line react/no-array-index-key -- a bar is its place in time
              key={at}
              className={isWithin(buckets[at]!, chosen) ? styles.bar : styles.faint}
              x={bar.x}
              y={bar.y}
              width={Math.max(1, bar.width - (bar.width > 4 ? 1 : 0))}
              height={bar.height}
            />
          ))}
          {held !== null && (
            <Band className={styles.held} range={held} xOf={drawn.xOf} box={{ width, height: barsHeight }} />
          )}
          {inSight !== null && <Sight {...inSight} xOf={drawn.xOf} y={barsHeight} />}
          <line className={styles.axis} x1={0} x2={width} y1={barsHeight} y2={barsHeight} />
        </svg>
      </button>
      <svg className={styles.ticks} width={width} height={axisHeight} aria-hidden="true">
        {drawn.labelled.map((at) => (
          <g key={at} transform={`translate(${drawn.bars[at]!.x} 0)`}>
            <line className={styles.axis} y2={4} />
            <text className={styles.tick} x={3} y={12}>
              {bucketLabel(buckets[at]!.start, zone, isOfDays)}
            </text>
          </g>
        ))}
      </svg>
      <span id={hintId} hidden>
        {hint}
      </span>
    </div>
  );
}

/** So few days are told apart by their times. */
const mostDaysByTime = 4;
const dayMs = 86_400_000;

function daysIn(buckets: readonly TimeBucket[]): number {
  const [first, last] = [buckets[0], buckets.at(-1)];
  return first === undefined || last === undefined
    ? 0
    : (Date.parse(last.end) - Date.parse(first.start)) / dayMs;
}

const isMidnight = (start: string, zone: string): boolean => inZone(start, zone).endsWith('00:00');

const bucketLabel = (start: string, zone: string, isOfDays: boolean): string => {
  const local = inZone(start, zone);
  return isOfDays ? local.slice(0, 10) : local.slice(5);
};

/** What is held, in words; nothing for nothing. */
export function handWords(buckets: readonly TimeBucket[], hand: Hand | null, zone: string): string {
  const held = hand === null ? null : rangeOfBuckets(buckets, hand.from, hand.to);
  if (hand === null || held === null) return '';
  return text('events:chart.held', {
    from: inZone(held.from, zone),
    to: inZone(held.to, zone),
    events: text('events:events', { count: countIn(buckets, hand) }),
  });
}

function countIn(buckets: readonly TimeBucket[], { from, to }: Hand): number {
  return buckets.slice(Math.min(from, to), Math.max(from, to) + 1).reduce((sum, { count }) => sum + count, 0);
}

const chosenOf = ({ from, to }: EventRange) => (from === undefined && to === undefined ? null : { from, to });

type BandProps = {
  className: string | undefined;
  range: EventRange | null;
  xOf: (instant: string) => number;
  box: { width: number; height: number };
};

function Band({ className, range, xOf, box: { width, height } }: BandProps) {
  if (range === null) return null;
  const left = range.from === undefined ? 0 : xOf(range.from);
  const right = range.to === undefined ? width : xOf(range.to);
  return <rect className={className} x={left} y={0} width={Math.max(2, right - left)} height={height} />;
}

type SightProps = { from: string; to: string; xOf: (instant: string) => number; y: number };

/** The stretch of time in sight in the list, as a bar on the axis. */
function Sight({ from, to, xOf, y }: SightProps) {
  const [left, right] = [xOf(from), xOf(to)];
  return (
    <rect className={styles.sight} x={left - 1.5} y={y - 2} width={Math.max(3, right - left)} height={4} />
  );
}

/** Bars outside of what was chosen step back. */
function isWithin({ start, end }: TimeBucket, { from, to }: EventRange): boolean {
  return (from === undefined || end > from) && (to === undefined || start < to);
}

function keyStep(key: string, buckets: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -buckets, End: buckets };
  return steps[key] ?? null;
}

/** The first step starts at the newest; with Shift the other end stays where it is. */
function movedHand(hand: Hand | null, step: number, keepsStart: boolean, buckets: number): Hand {
  if (hand === null) return { from: buckets - 1, to: buckets - 1 };
  const to = Math.min(buckets - 1, Math.max(0, hand.to + step));
  return { from: keepsStart ? hand.from : to, to };
}

function usePointer(
  bucketAt: (x: number) => number,
  setHand: (hand: Hand | null) => void,
  settle: (hand: Hand) => void,
) {
  const start = useRef<number | null>(null);
  const at = (event: PointerEvent) =>
    bucketAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = at(event);
      setHand({ from: start.current, to: start.current });
    },
    onPointerMove: (event: PointerEvent) => {
      const to = at(event);
      setHand({ from: start.current ?? to, to });
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current;
      start.current = null;
      if (from !== null) settle({ from, to: at(event) });
    },
    onPointerLeave: () => {
      if (start.current === null) setHand(null);
    },
  };
}
