// Checks of the ledger: an unbroken chain from its first entry, and the checkpoint over it.
import {
  checkpointText,
  emptyCheckpointedLedger,
  faultInCheckpoint,
  recordedKey,
  withEntry,
} from '../checkpoint.ts';
import { genesisHash } from '../entry-hash.ts';
import { fileOf } from '../pack-contents.ts';
import { failCheck, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';

function checkChain(pack: OpenedPack): string {
  const { ledger } = pack.contents();
  if (ledger.length === 0)
    failCheck('tampered', 'The ledger is empty; a workspace always has a first entry.');
  const ids = new Set<string>();
  let previous = genesisHash;
  for (const [index, { entry, hash }] of ledger.entries()) {
    const seq = index + 1;
    if (entry.seq !== seq) failCheck('tampered', `Ledger entry ${seq} is missing or out of order.`);
    if (entry.prev !== previous)
      failCheck('tampered', `Ledger entry ${seq} does not follow from the one before.`);
    if (ids.has(entry.id)) failCheck('tampered', `Ledger entry ${seq} repeats the id of an earlier one.`);
    ids.add(entry.id);
    previous = hash;
  }
  return `${ledger.length} entries, each naming the hash of the one before; the last is ${previous}.`;
}

/** Every checkpoint that was recorded on the way fits the entries before it, and the last one fits them all. */
function checkCheckpoint(pack: OpenedPack): string {
  const { ledger } = pack.contents();
  const keys = new Set<string>();
  let before = emptyCheckpointedLedger;
  let held = 0;
  for (const { entry, hash } of ledger) {
    if (entry.type === 'checkpoint') {
      const fault = faultInCheckpoint(entry, before, keys);
      if (fault !== null) failCheck('tampered', `Ledger entry ${entry.seq} ${fault}.`);
      held += 1;
    }
    const key = recordedKey(entry);
    if (key !== null) keys.add(key);
    before = withEntry(before, hash);
  }
  if (!checkpointText(before).equals(fileOf(pack.files, 'data/checkpoint.txt'))) {
    failCheck('tampered', 'The checkpoint does not fit the ledger.');
  }
  const recorded =
    held === 0 ? '' : ` ${held} recorded checkpoint${held === 1 ? '' : 's'} hold${held === 1 ? 's' : ''}.`;
  return `Merkle root over ${ledger.length} entries recomputed.${recorded}`;
}

export const ledgerChecks: readonly Check<OpenedPack>[] = [
  { name: 'ledger-chain', needs: ['contents'], run: checkChain },
  { name: 'checkpoint', needs: ['contents'], run: checkCheckpoint },
];
