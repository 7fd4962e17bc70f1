// The formulas of nb again, hour by hour over plain objects, with nothing shared but the numbers.
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';

const hourUs = 3_600_000_000;
const [windowDays, kappa, floor, limit, granted] = [42, 4, 0.01, 2.58, 0.1];

interface Unit {
  readonly counts: ReadonlyMap<number, number>;
  readonly firstHour: number;
}

interface Cell {
  readonly hours: number[];
  lambda0: number;
  lambda: number;
  weights: Map<number, number>;
}

export interface NaiveTest {
  readonly mu: number;
  readonly lambda0: number;
  readonly alpha: number;
  readonly beta: number;
  readonly lambda: number;
  readonly ownDispersion: number;
  readonly size: number;
  readonly surprise: number;
}

/** Cell of an hour in UTC: 0–23 on weekdays, 24–47 at weekends. */
function cellOf(hour: number): number {
  const date = new Date(hour * 3_600_000);
  return date.getUTCHours() + (date.getUTCDay() % 6 === 0 ? 24 : 0);
}

function unitOf(events: readonly HistoryEvent[], actor: string, action: string | null): Unit {
  const own = events.filter((event) => event.actor === actor);
  const counts = new Map<number, number>();
  for (const event of own.filter((one) => action === null || one.action === action)) {
    const hour = Math.floor(event.createdAtMicroseconds / hourUs);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return { counts, firstHour: Math.floor(Math.min(...own.map((one) => one.createdAtMicroseconds)) / hourUs) };
}

function windowHours(day: number, firstHour: number): number[] {
  const end = (day - 1) * 24;
  return Array.from({ length: windowDays * 24 }, (_, at) => end - windowDays * 24 + at).filter(
    (hour) => hour >= firstHour,
  );
}

function fit(unit: Unit, day: number, profile: readonly number[], weighs: boolean) {
  const hours = windowHours(day, unit.firstHour);
  const countAt = (hour: number) => unit.counts.get(hour) ?? 0;
  const mu = hours.reduce((sum, hour) => sum + countAt(hour), 0) / hours.length;
  const cells = Array.from({ length: 48 }, (_, cell): Cell => {
    const own = hours.filter((hour) => cellOf(hour) === cell);
    const lambda0 = mu * profile[cell]! + floor;
    const plain =
      (kappa * lambda0 + own.reduce((sum, hour) => sum + countAt(hour), 0)) / (kappa + own.length);
    const weights = new Map(
      own.map((hour) => {
        const y = countAt(hour);
        const residual =
          (1.5 * (y ** (2 / 3) * plain ** (-1 / 6) - plain ** 0.5)) / Math.sqrt(1 + granted * plain);
        return [hour, weighs && residual > limit ? (limit / residual) ** 2 : 1];
      }),
    );
    const sum = own.reduce((total, hour) => total + weights.get(hour)! * countAt(hour), 0);
    const weight = own.reduce((total, hour) => total + weights.get(hour)!, 0);
    return { hours: own, lambda0, lambda: (kappa * lambda0 + sum) / (kappa + weight), weights };
  });
  let excess = 0;
  let scale = 0;
  for (const { hours: own, lambda, weights } of cells)
    for (const hour of own) {
      excess += weights.get(hour)! * ((countAt(hour) - lambda) ** 2 - lambda);
      scale += weights.get(hour)! * lambda ** 2;
    }
  return { mu, cells, countAt, dispersion: Math.min(Math.max(excess / scale, 0.02), 2) };
}

function tail(count: number, mean: number, size: number): number {
  let term = (size / (mean + size)) ** size;
  let below = 0;
  for (let j = 0; j < count; j += 1) {
    below += term;
    term *= ((j + size) / (j + 1)) * (mean / (mean + size));
  }
  if (below < 0.999) return 1 - below;
  let sum = 0;
  for (let j = count; term > sum * 1e-18; j += 1) {
    sum += term;
    term *= ((j + size) / (j + 1)) * (mean / (mean + size));
  }
  return sum;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

type PeersOf = (actor: string) => readonly string[];

/** How busy each cell is in relation to the mean hour, as the mean of an actor's peers. */
function profileOf(events: readonly HistoryEvent[], peers: readonly string[], day: number): number[] {
  const flat = Array.from({ length: 48 }, () => 1);
  const fits = peers.map((peer) => fit(unitOf(events, peer, null), day, flat, true));
  return flat.map((_, cell) => {
    const ratios = fits.flatMap(({ mu, cells, countAt }) => {
      const { hours } = cells[cell]!;
      return hours.length === 0
        ? []
        : [hours.reduce((sum, hour) => sum + countAt(hour), 0) / hours.length / mu];
    });
    return ratios.length === 0 ? 1 : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  });
}

/**
 * Judges an hour of an actor whose peers are known; `action` null is all of its actions. A peer's dispersion is what
 * its own peers make of it.
 */
export function judgeNaively(
  events: readonly HistoryEvent[],
  peersOf: PeersOf,
  actor: string,
  action: string | null,
  hour: number,
): NaiveTest {
  const day = Math.floor(hour / 24);
  const fitWhole = (one: string) =>
    fit(unitOf(events, one, null), day, profileOf(events, peersOf(one), day), true);
  const whole = fitWhole(actor);
  const peerDispersion = median(peersOf(actor).map((peer) => fitWhole(peer).dispersion));
  const rhythm = whole.cells.map(({ lambda }) => lambda / whole.mu);
  const unit = unitOf(events, actor, action);
  const used = action === null ? whole : fit(unit, day, rhythm, false);
  const { lambda0, lambda, weights, hours } = used.cells[cellOf(hour)]!;
  const alpha = kappa * lambda0 + hours.reduce((sum, one) => sum + weights.get(one)! * used.countAt(one), 0);
  const beta = kappa + hours.reduce((sum, one) => sum + weights.get(one)!, 0);
  const dispersion = action === null ? (used.dispersion + peerDispersion) / 2 : used.dispersion;
  const size = 1 / (dispersion + 1 / alpha);
  const known = new Set(
    events
      .filter((event) => event.actor === actor)
      .filter((event) =>
        windowHours(day, -Infinity).includes(Math.floor(event.createdAtMicroseconds / hourUs)),
      )
      .map((event) => event.action),
  );
  const looks = action === null ? 1 : known.size + (known.has(action) ? 0 : 1);
  const surprise = -Math.log10(tail(unit.counts.get(hour) ?? 0, lambda, size)) - Math.log10(looks);
  return { mu: used.mu, lambda0, alpha, beta, lambda, ownDispersion: used.dispersion, size, surprise };
}
