// The pieces that sentences about ledger entries are made of.
import type { Saying } from '#shared/model/ledger.ts';

type Part = Saying[number];
type Payload = Readonly<Record<string, unknown>>;

export const words = (text: string): Part => ({ text, isValue: false });

/** Something a person entered or a database holds. */
export const value = (text: string | null): Part => ({ text: text ?? 'not named', isValue: text !== null });

/** A text of a payload; null where it holds none, whatever else it holds there. */
export function textOf(payload: Payload, name: string): string | null {
  const found = payload[name];
  return typeof found === 'string' && found !== '' ? found : null;
}

export function textsOf(payload: Payload, name: string): readonly string[] {
  const found = payload[name];
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

export function numberOf(payload: Payload, name: string): number | null {
  const found = payload[name];
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

/** ` Reason: …`, where one was given. */
export function because(payload: Payload, name: string, label: string): Saying {
  const reason = textOf(payload, name);
  return reason === null ? [] : [words(` ${label}: `), value(reason)];
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** `23 minutes`, `1.5 seconds`, `3 hours`; to whole units from two minutes on. */
export function spanWords(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000;
  if (seconds < 120) return plural(Number(seconds.toFixed(1)), 'second');
  if (seconds < 2 * 3600) return plural(Math.round(seconds / 60), 'minute');
  if (seconds < 2 * 86_400) return plural(Math.round(seconds / 3600), 'hour');
  return plural(Math.round(seconds / 86_400), 'day');
}
