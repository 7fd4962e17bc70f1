// Checks the inclusion proofs: each leads from its decision's entry to the root over the whole ledger, and no decision lacks one.
import { wholeTree, type WholeTree } from '../merkle.ts';
import { keyColumn, numberColumn } from '../column.ts';
import { keyOf } from '../key-index.ts';
import { ledgerPart } from '../pack-contents.ts';
import { hashList } from '../parts/hash-list.ts';
import { pathTexts, proofsPart, type ProofLine } from '../parts/proofs-part.ts';
import { absentText } from './absent-part.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

const claimOf = ({ decision, review, hash }: Pick<ProofLine, 'decision' | 'review' | 'hash'>): Buffer =>
  keyOf(JSON.stringify([decision, review, hash]));

/** The tree takes 64 bytes an entry; that its root is the one of the checkpoint is another check. */
export function watchProofs(has: (name: string) => boolean): Watcher {
  const hashes = hashList();
  const claims = keyColumn();
  const decisions = numberColumn();
  let tree: WholeTree | null = null;
  let proofs = 0;
  const check = (line: ProofLine, number: number): void => {
    proofs = number;
    tree ??= wholeTree(hashes.bytes());
    const path = decisions.get(number - 1) === line.seq ? pathTexts(tree, line.seq) : null;
    const isRight =
      path !== null &&
      claims.equals(number - 1, claimOf(line)) &&
      path.length === line.path.length &&
      path.every((hash, place) => hash === line.path[place]);
    if (!isRight)
      failCheck('tampered', `proofs.jsonl, line ${number}, does not lead from this decision to the root.`);
  };
  return {
    name: 'proofs',
    takes: [
      take(ledgerPart, ({ entry, hash }) => {
        hashes.add(hash);
        if (entry.type !== 'decision') return;
        const row = decisions.length();
        decisions.set(row, entry.seq);
        claims.set(row, claimOf({ decision: entry.id, review: entry.subject ?? '', hash }));
      }),
      take(proofsPart, check),
    ],
    end: () => {
      if (!has(proofsPart.name)) return absentText(proofsPart.name);
      if (proofs < decisions.length())
        failCheck('tampered', 'proofs.jsonl leaves out decisions of the ledger.');
      return `${proofs} inclusion proofs (RFC 6962), one for each decision ever recorded, lead to the root of the checkpoint.`;
    },
  };
}
