// The check of who stands for a pack: the preparer, and an approver who is somebody else and is not judged in it.
import type { IndependenceState } from '../../review/independence-state.ts';
import { isSamePerson } from '../../review/aliases.ts';
import { itemRows } from '../pack-contents.ts';
import { isDecided } from '../pack-counts.ts';
import type { SignOff } from '../sign-off.ts';
import type { PackPredicate } from '../statement.ts';
import { failCheck } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import type { ReadSignature } from './read-signatures.ts';
import type { Sums } from './sums.ts';
import { take, type Watcher } from './watcher.ts';

type Identities = IndependenceState['identities'];

/** Every name a person goes by here; those the ledger links to them come on top. */
const namesOf = ({ reviewer, identity }: Pick<SignOff, 'reviewer' | 'identity'>): string[] =>
  [reviewer.id, reviewer.email ?? '', identity].filter((name) => name !== '');

const isAnyOf = (identities: Identities, names: readonly string[], others: Iterable<string>): boolean =>
  [...others].some((other) => names.some((name) => isSamePerson(identities, name, other)));

type Involved = { readonly actors: ReadonlySet<string>; readonly reviewers: ReadonlySet<string> };

function judgeApprover(
  given: SignOff,
  predicate: PackPredicate,
  identities: Identities,
  involved: Involved,
): string {
  const names = namesOf(given);
  const preparer = namesOf({ reviewer: predicate.reviewer, identity: predicate.preparer.identity });
  if (isAnyOf(identities, names, preparer) || given.fingerprint === predicate.preparer.fingerprint)
    failCheck('tampered', 'The approver is the preparer; nobody can approve their own pack.');
  if (isAnyOf(identities, names, involved.actors))
    failCheck(
      'tampered',
      'The approver is the subject of an item that was decided; somebody else must approve it.',
    );
  return isAnyOf(identities, names, involved.reviewers) ? ' They made some of its decisions themselves.' : '';
}

const saying = ({ reviewer, identity, signedAt, note }: SignOff): string =>
  `${identity} (${reviewer.name}), ${signedAt} by their own clock${note === null ? '' : `: “${note}”`}`;

function judgeSignature(
  { name, role, signOff }: ReadSignature,
  predicate: PackPredicate,
  identities: Identities,
  involved: Involved,
): string[] {
  if (signOff === null)
    return role === 'preparer'
      ? []
      : [
          `${name} comes without a sign-off: that it is of the ${role} only its name says, and whose it is only the list.`,
        ];
  if (signOff.pack !== predicate.packId)
    failCheck('tampered', `The sign-off beside ${name} is about another pack.`);
  if (role === 'approver') {
    const remark = judgeApprover(signOff, predicate, identities, involved);
    return [`Approved by ${saying(signOff)}.${remark}`];
  }
  if (signOff.fingerprint !== predicate.preparer.fingerprint)
    failCheck('tampered', 'Somebody signed off as the preparer who did not prepare the pack.');
  return [`Signed off by the preparer, ${saying(signOff)}.`];
}

/** Keeps the names of those who decided and about whom was decided, as far as anybody signed off. */
export function watchSignOffs({ statement, signatures }: OpenedPack, sums: Sums): Watcher {
  const actors = new Set<string>();
  const reviewers = new Set<string>();
  return {
    name: 'sign-offs',
    takes: [
      take(itemRows, ({ item, line }) => {
        if (!isDecided(line)) return;
        if (item.actor !== null) actors.add(item.actor);
        reviewers.add(line.reviewer);
      }),
    ],
    end: () => {
      const { predicate } = statement();
      const { identities } = sums.projection().independence;
      const found = signatures().flatMap((signature) =>
        judgeSignature(signature, predicate, identities, { actors, reviewers }),
      );
      const isApproved = signatures().some(({ role }) => role === 'approver');
      const prepared = `Prepared by ${predicate.preparer.identity}.`;
      return [prepared, ...found, ...(isApproved ? [] : ['Nobody has approved it.'])].join(' ');
    },
  };
}
