// Walks a ledger from its first entry and names the first that does not hold, whatever state the file is in.
import Database from 'better-sqlite3';
import type { LedgerFault, LedgerVerification, RecordedCheckpoint } from '#shared/model/ledger.ts';
import {
  checkpointPayload,
  emptyCheckpointedLedger,
  faultInCheckpoint,
  withEntry,
  type CheckpointClaim,
  type CheckpointedLedger,
} from '../../evidence/checkpoint.ts';
import { genesisHash } from '../../evidence/entry-hash.ts';
import { describeKeyChanges, emptyKeyChain, takeKeyEntry, type KeyChain } from '../../evidence/keys-chain.ts';
import { rootOf } from '../../evidence/merkle.ts';
import type { DatabaseHandle } from '../database.ts';
import { readEntry, type EntryRow, type StoredEntry } from './entries.ts';

/** A checkpoint kept outside the ledger, and what to call it in a sentence. */
export type OutsideCheckpoint = { readonly claim: CheckpointClaim; readonly name: string };

type Bad = NonNullable<LedgerVerification['firstBad']>;

type Walk = {
  ledger: CheckpointedLedger;
  headHash: string;
  readonly keys: KeyChain;
  checkpoints: number;
  newest: RecordedCheckpoint | null;
};

/** The rows of the ledger one by one; a page that cannot be read ends them. */
export function* ledgerRows(database: DatabaseHandle): Generator<EntryRow> {
  const statement = database.prepare<[], EntryRow>('SELECT seq, id, body, hash FROM entry ORDER BY seq');
  yield* statement.iterate();
}

/** Walks the rows and holds every checkpoint against them, those kept outside, too. */
export function verifyEntries(
  entries: Iterable<EntryRow>,
  outside: readonly OutsideCheckpoint[],
): LedgerVerification {
  const walk: Walk = {
    ledger: emptyCheckpointedLedger,
    headHash: genesisHash,
    keys: emptyKeyChain(),
    checkpoints: 0,
    newest: null,
  };
  const awaited = outside.toSorted((a, b) => a.claim.size - b.claim.size);
  const bad = walkEntries(walk, entries, awaited) ?? faultBehind(walk, awaited);
  return summarise(walk, bad);
}

function walkEntries(
  walk: Walk,
  entries: Iterable<EntryRow>,
  awaited: readonly OutsideCheckpoint[],
): Bad | null {
  try {
    for (const row of entries) {
      const bad = takeEntry(walk, row) ?? faultAgainst(walk, awaited);
      if (bad !== null) return bad;
    }
    return null;
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    // Whatever SQLite says about the page, the person needs to know which entry is the first without one.
    return fault(walk.ledger.size + 1, 'unreadable', 'lies in a part of the file that cannot be read');
  }
}

const fault = (seq: number, kind: LedgerFault, what: string): Bad => ({
  seq,
  fault: kind,
  detail: `Entry ${seq} ${what}.`,
});

function takeEntry(walk: Walk, row: EntryRow): Bad | null {
  const seq = walk.ledger.size + 1;
  if (row.seq !== seq) return fault(seq, 'gap', `is missing; the next there is ${row.seq}`);
  const read = readEntry(row);
  if ('fault' in read) return fault(seq, read.fault, read.detail);
  const { entry, hash } = read;
  if (entry.prev !== walk.headHash) return fault(seq, 'link', 'does not follow from the entry before it');
  if (entry.type === 'checkpoint') {
    const wrong = faultInCheckpoint(entry, walk.ledger, walk.keys.usable);
    if (wrong !== null) return fault(seq, 'checkpoint', `${wrong}${suspects(walk)}`);
    noteCheckpoint(walk, read);
  }
  const broken = takeKeyEntry(walk.keys, entry, walk.ledger.firstHash);
  if (broken !== null) return fault(seq, 'key', broken);
  walk.ledger = withEntry(walk.ledger, hash);
  walk.headHash = hash;
  return null;
}

function noteCheckpoint(walk: Walk, { entry }: StoredEntry): void {
  const { size, root, occasion, fingerprint } = checkpointPayload.parse(entry.payload);
  walk.checkpoints += 1;
  walk.newest = { seq: entry.seq, size, root, occasion, fingerprint, at: entry.wall_time };
}

/** Which entries may have been exchanged, when each of them holds for itself. */
function suspects({ newest, ledger }: Walk): string {
  return `: one of the entries ${(newest?.size ?? 0) + 1} to ${ledger.size} was exchanged, or the checkpoint was`;
}

function faultAgainst(walk: Walk, awaited: readonly OutsideCheckpoint[]): Bad | null {
  for (const { claim, name } of awaited) {
    if (claim.firstHash !== walk.ledger.firstHash) {
      const detail = `${name} is about another ledger than this one.`;
      return { seq: 1, fault: 'checkpoint', detail };
    }
    if (claim.size === walk.ledger.size && claim.root !== rootOf(walk.ledger.tree).toString('hex')) {
      const from = (walk.newest?.size ?? 0) + 1;
      const detail = `One of the entries ${from} to ${claim.size} is not the one that ${name} was taken of.`;
      return { seq: from, fault: 'checkpoint', detail };
    }
  }
  return null;
}

function faultBehind({ ledger }: Walk, awaited: readonly OutsideCheckpoint[]): Bad | null {
  const further = awaited.at(-1);
  if (!further || further.claim.size <= ledger.size) return null;
  const { claim, name } = further;
  const missing = claim.size - ledger.size;
  return {
    seq: ledger.size + 1,
    fault: 'missing',
    detail: `The newest ${missing === 1 ? 'entry is' : `${missing} entries are`} missing: there are ${ledger.size}, but ${name} was taken of ${claim.size}.`,
  };
}

function summarise({ ledger, keys, checkpoints, newest }: Walk, firstBad: Bad | null): LedgerVerification {
  const held =
    newest === null
      ? 'No checkpoint was recorded before.'
      : `The newest checkpoint that holds is entry ${newest.seq}, over ${newest.size} entries, of ${newest.at}${newest.fingerprint === null ? ', not signed' : ''}.`;
  const said =
    firstBad === null
      ? `All ${ledger.size} entries hold, each naming the hash of the one before.`
      : firstBad.detail;
  return {
    ok: firstBad === null,
    entries: ledger.size,
    firstBad,
    checkpoints,
    newestCheckpoint: newest,
    keyChanges: { endorsed: keys.endorsed, notEndorsed: keys.notEndorsed },
    summary: [said, held, describeKeyChanges(keys)].filter((sentence) => sentence !== null).join(' '),
  };
}
