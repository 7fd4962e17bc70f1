// The check of the link to the pack before: it is the one this pack names, and this pack's ledger goes on from its checkpoint.
import type { Verdict } from '#shared/model/evidence.ts';
import { emptyCheckpointedLedger, withEntry, type CheckpointClaim } from '../checkpoint.ts';
import { rootOf } from '../merkle.ts';
import { ledgerPart } from '../pack-contents.ts';
import type { PackPredicate } from '../statement.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

/** The pack before, as far as the next one can be held against it. */
export type PreviousPack = {
  /** SHA-256 of its file as it is, and as it was before others signed it off or added timestamps. */
  readonly sha256s: readonly string[];
  readonly checkpoint: CheckpointClaim;
  readonly verdict: Verdict;
};

function checkNamed({ previousPackSha256 }: PackPredicate, { sha256s, verdict }: PreviousPack): void {
  if (verdict === 'tampered' || verdict === 'malformed')
    failCheck('tampered', 'The previous pack itself does not hold, so nothing follows from it.');
  if (previousPackSha256 === null)
    failCheck('tampered', 'This pack names no previous pack, but one was given.');
  if (!sha256s.includes(previousPackSha256))
    failCheck('tampered', 'The file given as the previous pack is not the one that this pack names.');
}

/** Comparing the first entries with the checkpoint proves the extension: they are all here, and give its root. */
export function watchPrevious(predicate: PackPredicate, previous: PreviousPack | undefined): Watcher {
  let ledger = emptyCheckpointedLedger;
  let hasMatched = false;
  return {
    name: 'previous-pack',
    takes:
      previous === undefined
        ? []
        : [
            take(ledgerPart, ({ hash }) => {
              const { size, root, firstHash } = previous.checkpoint;
              if (ledger.size >= size) return;
              ledger = withEntry(ledger, hash);
              if (ledger.size === size)
                hasMatched = ledger.firstHash === firstHash && rootOf(ledger.tree).toString('hex') === root;
            }),
          ],
    end: () => {
      const { previousPackSha256 } = predicate;
      if (previous === undefined)
        return previousPackSha256 === null
          ? 'This is the first pack of its workspace.'
          : `It names the pack ${previousPackSha256} as the one before; that was not given, so it was not compared.`;
      checkNamed(predicate, previous);
      if (!hasMatched)
        failCheck('tampered', 'The ledger of this pack does not go on from the one of the previous pack.');
      return `The previous pack is the one named, and its ${previous.checkpoint.size} ledger entries are the first of this one.`;
    },
  };
}
