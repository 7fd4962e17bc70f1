// Checks of the ledger: an unbroken chain from its first entry, and the checkpoint over it.
import { checkpointText, emptyCheckpointedLedger, faultInCheckpoint, withEntry } from '../checkpoint.ts';
import { genesisHash } from '../entry-hash.ts';
import { describeKeyChanges, emptyKeyChain, takeKeyEntry } from '../keys-chain.ts';
import { keyIndex } from '../key-index.ts';
import { ledgerPart } from '../pack-contents.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

export function watchChain(): Watcher {
  const ids = keyIndex();
  let entries = 0;
  let previous = genesisHash;
  return {
    name: 'ledger-chain',
    takes: [
      take(ledgerPart, ({ entry, hash }, seq) => {
        if (entry.seq !== seq) failCheck('tampered', `Ledger entry ${seq} is missing or out of order.`);
        if (entry.prev !== previous)
          failCheck('tampered', `Ledger entry ${seq} does not follow from the one before.`);
        if (ids.add(entry.id) < entries)
          failCheck('tampered', `Ledger entry ${seq} repeats the id of an earlier one.`);
        entries = seq;
        previous = hash;
      }),
    ],
    end: () => {
      if (entries === 0) failCheck('tampered', 'The ledger is empty; a workspace always has a first entry.');
      return `${entries} entries, each naming the hash of the one before; the last is ${previous}.`;
    },
  };
}

/** Every checkpoint that was recorded on the way fits the entries before it, and the last one fits them all. */
export function watchCheckpoints(checkpoint: () => Uint8Array): Watcher {
  const keys = emptyKeyChain();
  let before = emptyCheckpointedLedger;
  let held = 0;
  return {
    name: 'checkpoint',
    takes: [
      take(ledgerPart, ({ entry, hash }) => {
        if (entry.type === 'checkpoint') {
          const fault = faultInCheckpoint(entry, before, keys.usable);
          if (fault !== null) failCheck('tampered', `Ledger entry ${entry.seq} ${fault}.`);
          held += 1;
        }
        const broken = takeKeyEntry(keys, entry, before.firstHash);
        if (broken !== null) failCheck('tampered', `Ledger entry ${entry.seq} ${broken}.`);
        before = withEntry(before, hash);
      }),
    ],
    end: () => {
      if (!checkpointText(before).equals(checkpoint()))
        failCheck('tampered', 'The checkpoint does not fit the ledger.');
      const recorded =
        held === 0
          ? ''
          : ` ${held} recorded checkpoint${held === 1 ? '' : 's'} hold${held === 1 ? 's' : ''}.`;
      const changes = describeKeyChanges(keys);
      const changed = changes === null ? '' : ` ${changes}`;
      return `Merkle root over ${before.size} entries recomputed.${recorded}${changed}`;
    },
  };
}
