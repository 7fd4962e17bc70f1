// Puts tokens in the place of values, wherever they stand in a JSON value: whole, within texts, and as names of members.
import type { Salts } from './salts.ts';

/** Shorter values are replaced only where they stand alone: they are part of too many words. */
const shortestWithin = 3;
const digest = /^[0-9a-f]{40,}$/;

export type Redactor = { readonly redact: (part: unknown) => unknown };

/** Finds the longest value that begins at a place of a text: a name may begin with another. Quick however many begin alike. */
function longestOf(values: ReadonlySet<string>): (text: string, at: number) => string | undefined {
  const lengths = new Map<string, Set<number>>();
  for (const value of values) {
    if (value.length < shortestWithin) continue;
    const beginning = value.slice(0, shortestWithin);
    lengths.set(beginning, (lengths.get(beginning) ?? new Set()).add(value.length));
  }
  const longestFirst = new Map(
    [...lengths].map(([beginning, some]) => [beginning, [...some].toSorted((a, b) => b - a)]),
  );
  return (text, at) => {
    for (const length of longestFirst.get(text.slice(at, at + shortestWithin)) ?? []) {
      const one = text.slice(at, at + length);
      if (values.has(one)) return one;
    }
    return undefined;
  };
}

/** @param open values that stay readable, also where another value is part of them */
export function redactorOf(
  values: ReadonlySet<string>,
  { tokenOf }: Pick<Salts, 'tokenOf'>,
  open: ReadonlySet<string> = new Set(),
): Redactor {
  const valueAt = longestOf(values);
  const readable = [...open].filter((one) => one !== '').toSorted((a, b) => b.length - a.length);

  const redactText = (text: string): string => {
    if (values.has(text)) return tokenOf(text);
    if (digest.test(text)) return text;
    let result = '';
    let done = 0;
    for (let at = 0; at + shortestWithin <= text.length; at += 1) {
      const value = valueAt(text, at);
      const kept = readable.find((one) => text.startsWith(one, at));
      if (kept !== undefined && kept.length >= (value?.length ?? 0)) {
        at += kept.length - 1;
        continue;
      }
      if (value === undefined) continue;
      result += text.slice(done, at) + tokenOf(value);
      done = at + value.length;
      at = done - 1;
    }
    return result + text.slice(done);
  };

  const redact = (part: unknown): unknown => {
    if (typeof part === 'string') return redactText(part);
    if (Array.isArray(part)) return part.map(redact);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [redactText(name), redact(value)]));
  };
  return { redact };
}

/** The value behind each token of a JSON value, where it is known. */
export function revealIn(part: unknown, valueOf: ReadonlyMap<string, string>): unknown {
  if (typeof part === 'string')
    return part.replaceAll(/sha256:[0-9a-f]{64}/g, (token) => valueOf.get(token) ?? token);
  if (Array.isArray(part)) return part.map((one: unknown) => revealIn(one, valueOf));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [revealIn(name, valueOf), revealIn(value, valueOf)]),
  );
}
