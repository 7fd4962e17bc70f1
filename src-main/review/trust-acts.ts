// Puts on record whom this workspace believes from now on.
import { Problem } from '#shared/model/problem.ts';
import type { HeldList, TrustChange } from '#shared/model/trust.ts';
import { assertNewer, rootAfter } from '../evidence/organisation-list-signed.ts';
import type { OrganisationList } from '../evidence/organisation-list.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey, type PublicKey } from '../evidence/public-key.ts';
import type { Act, Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';
import { presentActor } from './shown-reviewer.ts';

/** Verifying takes no reviewer; where there is one, it was they. */
function change(state: LedgerState, subject: string, payload: TrustChange): Act {
  return { type: 'trust-changed', subject, actor: presentActor(state), payload };
}

const asRoot = (key: PublicKey) => ({ publicKey: formatPublicKey(key), fingerprint: fingerprintOf(key) });

const firstPinReason = 'first root key of this workspace';

/**
 * Pins the root key that signs the organisation's lists.
 * @param replacement why another root key that the pinned one did not hand over to is pinned instead of it.
 * @throws Problem `refused` for another root without such a reason
 */
export function pinRoot(ledger: Ledger, key: PublicKey, replacement: string | undefined): void {
  const after = asRoot(key);
  ledger.append((state) => {
    const before = state.trust.root;
    if (before?.fingerprint === after.fingerprint) return [];
    const reason = replacement?.toWellFormed().trim() ?? '';
    if (before !== null && reason === '') {
      throw new Problem(
        'refused',
        'Another root key is pinned here. It was kept: a new one comes with a list that the old one signed.',
        {
          next: 'Take that list with trust update. Only if the old root key is lost, pin the new one with --replace and a reason.',
        },
      );
    }
    const payload: TrustChange = {
      change: 'root-pinned',
      before,
      after,
      reason: before === null && reason === '' ? firstPinReason : reason,
    };
    return [change(state, after.fingerprint, payload)];
  });
}

/** @throws Problem `refused` while no root key is pinned. */
export function requireRoot({ trust }: LedgerState): PublicKey {
  if (trust.root !== null) return parsePublicKey(trust.root.publicKey);
  throw new Problem('refused', 'No root key is pinned here, so no list can be taken.', {
    next: 'Pin the organisation’s root key first: countersign trust pin-root FILE.pub',
  });
}

export type TakenList = {
  readonly list: OrganisationList;
  readonly held: HeldList;
  /** The root key that its signature was checked against. */
  readonly root: PublicKey;
};

/** The same list once more is no change; it may be given again to bring its files back. */
export function isSameList({ trust }: LedgerState, held: HeldList): boolean {
  return trust.list?.sha256 === held.sha256;
}

/**
 * Records a list as the one in force, and the new root key when it names one.
 * @throws Problem `refused` for a version that is not newer, or when the root key changed meanwhile
 */
export function recordList(ledger: Ledger, { list, held, root }: TakenList): void {
  ledger.append((state) => {
    if (isSameList(state, held)) return [];
    if (state.trust.root?.fingerprint !== fingerprintOf(root)) {
      throw new Problem(
        'conflict',
        'The root key was changed while the list was read. Nothing was changed.',
        {
          next: 'Take the list again.',
        },
      );
    }
    assertNewer(list, state.trust.list?.version ?? null);
    const next = rootAfter(list, root);
    const payload: TrustChange = {
      change: 'list-updated',
      before: state.trust.list,
      after: held,
      nextRoot: next === root ? null : asRoot(next),
    };
    return [change(state, `version ${held.version}`, payload)];
  });
}

/**
 * Records that somebody compared a key by another way than the pack.
 * @throws Problem `refused` when another key of the same identity was compared before
 */
export function pinFirstUse(ledger: Ledger, identity: string, fingerprint: string): void {
  ledger.append((state) => {
    const known = state.trust.firstUse.get(identity);
    if (known?.fingerprint === fingerprint) return [];
    if (known) {
      throw new Problem('refused', 'Another key of this signer was compared here before. It was kept.', {
        next: 'If the signer told you by another way that the key changed, forget the old one with a reason (trust forget), then compare the new one.',
      });
    }
    return [change(state, identity, { change: 'first-use-pinned', identity, fingerprint })];
  });
}

/** @throws Problem `not-found`, or `invalid-input` without a reason */
export function removeFirstUse(ledger: Ledger, identity: string, why: string): void {
  const reason = why.toWellFormed().trim();
  if (reason === '') {
    throw new Problem('invalid-input', 'This change needs a reason. Nothing was recorded.', {
      next: 'Say in a sentence why.',
    });
  }
  ledger.append((state) => {
    const known = state.trust.firstUse.get(identity);
    if (!known) throw new Problem('not-found', 'No key of this signer was compared here.');
    const { fingerprint } = known;
    return [change(state, identity, { change: 'first-use-removed', identity, fingerprint, reason })];
  });
}

/** Null switches timestamps off. */
export function setTimestampService(
  ledger: Ledger,
  after: { readonly url: string; readonly authoritySha256: string | null } | null,
): void {
  ledger.append((state) => {
    const before = state.trust.timestamps;
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [change(state, 'timestamp-service', { change: 'timestamp-service-set', before, after })];
  });
}
