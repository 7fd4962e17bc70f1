// Which values a redacted pack replaces: what the profile names, and what would let a guess of it be confirmed.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { LedgerLine } from '../pack-input.ts';
import { canonicalJson } from '../entry-hash.ts';
import { findPersonal } from './personal-values.ts';
import type { RedactionProfile } from '#shared/model/redaction.ts';
import { redactorOf } from './redact-value.ts';

export type PackRows = {
  readonly ledger: readonly LedgerLine[];
  /** By the name of the file. */
  readonly views: ReadonlyMap<string, readonly unknown[]>;
  /** Whom rows name that are left out: what is said of them in words stands in others. */
  readonly named: readonly string[];
};

export type ChosenValues = {
  readonly values: ReadonlySet<string>;
  /** Numbers of the ledger entries that cannot be given in full. */
  readonly withheld: ReadonlySet<number>;
};

/** Whoever acted stays named by the id they acted under. */
function hiddenOf(
  named: readonly string[],
  entries: readonly LedgerEntry[],
  open: ReadonlySet<string>,
): string[] {
  const acted = new Set(entries.map(({ actor }) => actor));
  return [...new Set(named)].filter((one) => one.trim() !== '' && !acted.has(one) && !open.has(one));
}

const ulid = /\b[0-9A-HJKMNP-TV-Z]{26}\b/g;
/** Characters of a ULID that are its time; ids made within one millisecond follow from each other. */
const timeCharacters = 10;

/**
 * The hash of an entry is not salted, so an entry is hidden only by what nobody can guess: its id, eighty random bits. The ids of
 * withheld entries are replaced too, with all ids of the same milliseconds, and with them whatever entries name those.
 */
export function chooseValues(
  { ledger, views, named }: PackRows,
  profile: RedactionProfile,
  open: ReadonlySet<string>,
): ChosenValues {
  const values = new Set<string>();
  const entries = ledger.map(({ entry }) => entry);
  const everything = [...entries, ...[...views.values()].flat()];
  for (const part of everything) findPersonal(part, profile, open, values);
  if (profile.actors) for (const one of hiddenOf(named, entries, open)) values.add(one);
  for (;;) {
    const before = values.size;
    const { redact } = redactorOf(values, { tokenOf: () => 'token' }, open);
    const withheld = entries.filter((entry) => canonicalJson(redact(entry)) !== canonicalJson(entry));
    const times = new Set<string>();
    for (const { id } of withheld) {
      values.add(id);
      times.add(id.slice(0, timeCharacters));
    }
    for (const part of everything)
      for (const [id] of JSON.stringify(part).matchAll(ulid))
        if (times.has(id.slice(0, timeCharacters))) values.add(id);
    if (values.size === before) return { values, withheld: new Set(withheld.map(({ seq }) => seq)) };
  }
}
