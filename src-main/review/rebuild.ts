// Recreates the state from entry 1 and compares it with the one in use.
import type { LedgerRebuild } from '#shared/model/ledger.ts';
import { genesisHash } from '../evidence/entry-hash.ts';
import type { Ledger } from './ledger.ts';
import { applyEntry, emptyState } from './projection.ts';

export function rebuildLedger(ledger: Ledger): LedgerRebuild {
  const inUse = ledger.state();
  const rebuilt = emptyState(genesisHash);
  // Another process may append meanwhile.
  for (const stored of ledger.entries().slice(0, inUse.entries)) applyEntry(rebuilt, stored);
  const difference = firstDifference(inUse, rebuilt);
  return { ok: difference === null, entries: inUse.entries, difference };
}

const longestValue = 200;

/** The first place, in the order of names, where two values are not the same; null when there is none. */
export function firstDifference(inUse: unknown, rebuilt: unknown, path = ''): LedgerRebuild['difference'] {
  const left = partsOf(inUse);
  const right = partsOf(rebuilt);
  if (left === null || right === null) {
    const [shown, expected] = [show(inUse), show(rebuilt)];
    return shown === expected ? null : { path, inUse: cut(shown), rebuilt: cut(expected) };
  }
  const names = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  for (const name of names) {
    const place = path === '' ? name : `${path}.${name}`;
    const found = firstDifference(left.get(name), right.get(name), place);
    if (found !== null) return found;
  }
  return left.size === right.size && kindOf(inUse) === kindOf(rebuilt)
    ? null
    : { path, inUse: kindOf(inUse), rebuilt: kindOf(rebuilt) };
}

/** The parts of a value by name; null for one without parts. Maps and arrays keep their order: it means something. */
function partsOf(value: unknown): Map<string, unknown> | null {
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) return null;
  if (value instanceof Map)
    return new Map([
      ...[...value].map(([key, part]): [string, unknown] => [`[${show(key)}]`, part]),
      ['order', show([...value.keys()])],
    ]);
  if (value instanceof Set) return new Map([['members', show([...value])]]);
  return new Map(Object.entries(value).filter(([, part]) => part !== undefined));
}

function kindOf(value: unknown): string {
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  return Array.isArray(value) ? 'list' : 'object';
}

function show(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
}

const cut = (text: string): string =>
  text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
